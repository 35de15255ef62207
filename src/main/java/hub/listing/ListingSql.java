package hub.listing;

/**
 * The statements about listings. Each works on a whole batch.
 *
 * <p>Rows are looked up by product, and market and account are compared as expressions: of a table that is filled just
 * now Postgres takes the market for as selective as the product, and reads all listings of the market for each one.
 */
final class ListingSql {

    /**
     * Takes changes of each supplier in turn, so that a sold-out product of one does not wait until a million new ones
     * of another were looked at. No more than 100 suppliers are found, by one look at the index each; one change in
     * eight, and what the turns leave, is taken as it comes, so that no change depends on its supplier being seen. Rows
     * of this table are never updated, so their place names them; joined, Postgres reads all of them.
     */
    static final String TAKE_CHANGES = """
            with recursive suppliers (supplier, hop) as (
              (select supplier, 1 from product_change order by supplier limit 1)
              union all
              select (select c.supplier from product_change c where c.supplier > s.supplier order by c.supplier limit 1),
                     s.hop + 1
              from suppliers s where s.supplier is not null and s.hop < 100),
            mine as materialized (
              select c.ctid
              from (select supplier, count(*) over () as suppliers from suppliers where supplier is not null) s, lateral (
                select ctid from product_change
                where supplier = s.supplier
                order by sku
                limit ceil(:atMost * 7 / 8.0 / s.suppliers)
                for update skip locked) c
              limit ceil(:atMost * 7 / 8.0)),
            rest as materialized (
              select ctid from product_change
              where ctid not in (select ctid from mine)
              limit :atMost - (select count(*) from mine)
              for update skip locked),
            taken as (
              delete from product_change
              where ctid = any (array(select ctid from mine union all select ctid from rest)) returning supplier, sku),
            stocks as (
              select supplier, sku, jsonb_agg(jsonb_build_object('key', option_key, 'costWon', cost_won, 'stock', stock,
                     'stale', checked_at < now() - :stale * interval '1 millisecond')) as stocks
              from taken join product_stock using (supplier, sku) group by supplier, sku)
            select supplier, sku, coalesce(p.state, 'ended') as state, coalesce(p.complete, false) as complete,
                   coalesce(p.content, '{}') as content, md5((coalesce(p.content, '{}') - 'state')::text) as hash,
                   coalesce(s.stocks, '[]') as stocks,
                   not exists (select 1 from unbought_supplier u where u.supplier = taken.supplier) as bought,
                   (select true from product_waiting w
                    where w.supplier = taken.supplier and w.sku = taken.sku limit 1) is true as waits,
                   array(select market from unlisted_market) as unlisted
            from taken left join product p using (supplier, sku) left join stocks s using (supplier, sku)
            order by supplier, sku
            """;

    static final String OF_PRODUCTS = """
            select l.* from jsonb_to_recordset(:products::jsonb) as g(supplier text, sku text)
            join listing l on l.supplier = g.supplier and l.sku = g.sku
            order by l.market, l.account, l.supplier, l.sku for update of l
            """;

    static final String OF_JOBS = """
            select l.* from jsonb_to_recordset(:listings::jsonb) as g(market text, account text, supplier text, sku text)
            join listing l on l.supplier = g.supplier and l.sku = g.sku
              and l.market || '' = g.market and l.account || '' = g.account
            order by l.market, l.account, l.supplier, l.sku for update of l
            """;

    static final String SAVE = """
            insert into listing (market, account, supplier, sku, key, state, desired, held, proof, opened_at)
            select market, account, supplier, sku, key, state, desired, held, proof, case when opened then now() end
            from jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text, key text,
                 state text, desired jsonb, held boolean, proof text, opened boolean)
            order by market, account, supplier, sku
            on conflict (market, account, supplier, sku) do update set
              opened_at = coalesce(listing.opened_at, excluded.opened_at),
              state = excluded.state, desired = excluded.desired, desired_version = listing.desired_version + 1,
              held = excluded.held, proof = coalesce(nullif(excluded.proof, ''), listing.proof),
              reason = coalesce(excluded.desired ->> 'why',
                case when excluded.state = listing.state and listing.desired ->> 'why' is null then listing.reason end)
            """;

    static final String HOLD = """
            update listing l set held = r.held
            from jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text, held boolean)
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
            """;

    static final String SAVE_OPTIONS = """
            insert into listing_option (market, account, item_key, supplier, sku, option_key)
            select market, account, key, supplier, sku, option_key
            from jsonb_to_recordset(:items::jsonb) as i(market text, account text, key text, supplier text, sku text,
                 option_key text)
            order by 1, 2, 3
            on conflict (market, account, item_key) do nothing
            """;

    /** Listings that never reached the market, nor may have. */
    static final String FORGET = """
            delete from listing l
            using jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text)
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
              and l.state = 'planned' and l.create_sent_at is null and l.market_ids is null
            """;

    static final String WAITING = """
            select exists (select 1 from listing
                           where market = :market and account = :account and state = 'planned' and opened_at is null)
            """;

    /** How many more listings the day, the account and the queue have room for. */
    static final String ROOM = """
            select greatest(0, least(:maxNew - used.today, :maxListings - used.ever,
              :ahead - (select count(*) from job where partner = :market and kind = 'create-listing'))) as free
            from (select count(*) as ever, count(*) filter (where opened_at > now() - interval '24 hours') as today
                  from listing where market = :market and account = :account and opened_at is not null) used
            """;

    /**
     * Opens waiting listings as far as the day, the account and the queue have room, in turn from every supplier that
     * has some. The suppliers are found by hops over the index, whatever the number of listings.
     */
    static final String OPEN = """
            with recursive room as (""" + ROOM + """
            ),
            suppliers as (
              (select supplier from listing
               where market = :market and account = :account and state = 'planned' and opened_at is null
               order by supplier limit 1)
              union all
              select (select l.supplier from listing l
                      where l.market = :market and l.account = :account and l.state = 'planned'
                        and l.opened_at is null and l.supplier > s.supplier order by l.supplier limit 1)
              from suppliers s where s.supplier is not null),
            opened as (
              select l.* from suppliers s, lateral (
                select market, account, supplier, sku from listing
                where market = :market and account = :account and state = 'planned' and opened_at is null
                  and supplier = s.supplier
                order by sku
                limit (select ceil(free / (select greatest(1, count(supplier)) from suppliers)::numeric) from room)) l
              order by random() limit (select free from room))
            update listing l set opened_at = now() from opened o
            where l.supplier = o.supplier and l.sku = o.sku and l.market || '' = o.market and l.account || '' = o.account
            returning l.supplier, l.sku, l.key
            """;

    static final String COUNTS = "select market, state, count(*) as n from listing group by market, state";

    /** Marks what it picks, so that the next call goes on with others. */
    /** Also those last read before Postgres was set back: what the market shows may have changed by us since then. */
    static final String REASSERT = """
            with due as (
              select market, account, supplier, sku from listing
              where state in ('live', 'suspended') and market_ids is not null
                and checked_at < greatest(now() - :every * interval '1 millisecond', :restoredAt::timestamptz)
              order by checked_at limit :atMost for update skip locked)
            update listing l set checked_at = now() from due d
            where l.supplier = d.supplier and l.sku = d.sku and l.market || '' = d.market and l.account || '' = d.account
            returning l.market, l.account, l.supplier, l.sku, l.key
            """;

    /** Those that nothing was created of, because the market or the hub refused their content. */
    static final String AGAIN = """
            update listing l set state = 'planned', reason = null
            from (select distinct * from jsonb_to_recordset(:rows::jsonb)
                    as r(market text, account text, supplier text, sku text)) r
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
              and l.state = 'failed' and l.market_ids is null and l.create_sent_at is null
              and (l.desired ->> 'onSale')::boolean
            returning l.market, l.account, l.supplier, l.sku, l.key
            """;

    static final String RELEASE_HELD = """
            insert into product_change (supplier, sku)
            select distinct l.supplier, l.sku from listing l join product_stock s using (supplier, sku)
            where l.held and s.stock is null and s.checked_at < now() - :stale * interval '1 millisecond'
            order by 1, 2 limit :atMost
            on conflict do nothing
            """;

    static final String CONTENT = """
            select p.supplier, p.sku, p.content
            from (select distinct supplier, sku
                  from jsonb_to_recordset(:listings::jsonb) as g(supplier text, sku text)) g
            join product p using (supplier, sku)
            """;

    static final String MARKET_OPTIONS = """
            select distinct o.market, o.account, o.item_key, o.market_option_id
            from jsonb_to_recordset(:items::jsonb) as g(market text, account text, key text)
            join listing_option o on o.market = g.market and o.account = g.account and o.item_key = g.key
            where o.market_option_id is not null
            """;

    static final String FACTS = """
            select partner, name, value from partner_fact
            where partner in (select market from jsonb_to_recordset(:listings::jsonb) as g(market text))
            """;

    /** Before the call: what may have been sent from now on, so that a killed process creates nothing twice. */
    static final String MARK_CREATES = """
            update listing l set create_sent_at = clock_timestamp(),
                                 sent = l.desired || jsonb_build_object('version', l.desired_version)
            from jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text)
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
            """;

    /** Nobody here knows whether these were created before Postgres was set back: it is found out first, once. */
    static final String LOOK_UP_FIRST = """
            update listing l set create_sent_at = :restoredAt, looked_up_at = clock_timestamp(),
                                 sent = l.desired || jsonb_build_object('version', l.desired_version)
            from jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text)
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
              and l.state = 'planned' and l.market_ids is null and l.create_sent_at is null
              and (l.looked_up_at is null or l.looked_up_at < :restoredAt)
            """;

    static final String EDIT = """
            update listing l set state = r.state, sent = case when r.sent_changed then r.sent else l.sent end,
              sent_version = r.sent_version, proven_version = r.proven_version, market_ids = r.market_ids,
              reason = case when r.reason_kept then l.reason
                            else nullif(concat_ws('; ', l.desired ->> 'why', r.reason), '') end,
              failures = r.failures,
              create_sent_at = case when r.creating then l.create_sent_at end,
              sent_at = case when r.sent_now then now() else l.sent_at end,
              checked_at = case when r.checked_now then now() else l.checked_at end,
              proven_at = case when r.proven_now then now() else l.proven_at end
            from jsonb_to_recordset(:rows::jsonb) as r(market text, account text, supplier text, sku text, state text,
                 sent_changed boolean, sent jsonb, sent_version int, proven_version int, market_ids jsonb, reason text,
                 reason_kept boolean, failures int, creating boolean, sent_now boolean, checked_now boolean,
                 proven_now boolean)
            where l.supplier = r.supplier and l.sku = r.sku and l.market || '' = r.market and l.account || '' = r.account
            """;

    static final String SET_MARKET_OPTIONS = """
            update listing_option o set market_option_id = i.id
            from jsonb_to_recordset(:items::jsonb) as i(market text, account text, key text, id text)
            where o.market = i.market and o.account = i.account and o.item_key = i.key and i.id is not null
            """;

    private ListingSql() {}
}
