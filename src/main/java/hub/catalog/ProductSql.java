package hub.catalog;

/** The statements of {@link ProductStore}. A batch is one statement; only what differs is written. */
final class ProductSql {

    private static final String INCOMING = """
            with incoming as (
              select ?::text as supplier, convert_from(sku, 'UTF8') as sku,
                convert_from(state, 'UTF8') as state, convert_from(name, 'UTF8') as name,
                convert_from(category, 'UTF8') as category, convert_from(content, 'UTF8')::jsonb as content, content_hash, hash
              from unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
                as t (sku, state, name, category, content, content_hash, hash))
            """;

    /** Searches hear of the names behind the write; see {@link hub.catalog.search.ProductNames}. */
    private static final String WRITTEN = """
            returning p.supplier, p.sku, p.xmax = 0 as is_new),
            names as (
              insert into product_name_due (supplier, skus) select supplier, array_agg(sku) from written group by supplier)
            select sku, is_new from written
            """;

    /**
     * Whole products: new ones are inserted, others updated when they differ. What does not differ is left out first,
     * for a row that an upsert declines is locked, and so written, all the same; row by row, for a join would be
     * planned for the table as it was when it was empty. Another product under an old number is declined, too;
     * {@link hub.catalog.guard.ItemGuards} then finds it. Answers sku and whether new.
     */
    static final String PRODUCTS = INCOMING + """
            , written as (
            insert into product as p (supplier, sku, state, name, category, content, content_hash)
            select supplier, sku, state, name, category, content, content_hash from incoming i
            where (
              select k.content_hash = i.content_hash and k.complete and not k.detail_due and k.missing_since is null
                and (k.state <> 'ended' or i.state = 'ended')
              from product k where k.supplier = i.supplier and k.sku = i.sku) is not true
            order by sku
            on conflict (supplier, sku) do update set
              state = case when p.state = 'held' then 'held' else excluded.state end,
              name = excluded.name, category = excluded.category, content = excluded.content,
              content_hash = excluded.content_hash, complete = true, detail_due = false, due_at = null, missing_since = null,
              changed_at = now()
            where (p.content_hash is distinct from excluded.content_hash or p.detail_due or not p.complete
               or p.missing_since is not null or p.state = 'ended' and excluded.state <> 'ended')
              and not (p.complete and is_other_product(p.content, excluded.content))
            """ + WRITTEN;

    /** Lines of a list: they never overwrite details, they ask for them to be read again. */
    static final String SUMMARIES = INCOMING + """
            , written as (
            insert into product as p
              (supplier, sku, state, name, category, content, content_hash, complete, detail_due, due_at, summary_hash)
            select supplier, sku, state, name, category, content, content_hash, false, true, now(), hash from incoming i
            where (
              select k.summary_hash = i.hash and k.missing_since is null
              from product k where k.supplier = i.supplier and k.sku = i.sku) is not true
            order by sku
            on conflict (supplier, sku) do update set
              state = case when p.complete and p.state <> 'ended' then p.state else excluded.state end,
              name = case when p.complete then p.name else excluded.name end,
              content = case when p.complete then p.content else excluded.content end,
              detail_due = true, due_at = now(), summary_hash = excluded.summary_hash, missing_since = null, changed_at = now()
            where p.summary_hash is distinct from excluded.summary_hash or p.missing_since is not null
            """ + WRITTEN;

    private static final String INCOMING_STOCKS = """
            with incoming as (
              select ?::text as supplier, convert_from(sku, 'UTF8') as sku,
                convert_from(option_key, 'UTF8') as option_key, cost_won, stock
              from unnest(?::bytea[], ?::bytea[], ?::int8[], ?::int4[]) as t (sku, option_key, cost_won, stock))
            """;

    private static final String WRITE_STOCKS = """
            on conflict (supplier, sku, option_key) do update set
              cost_won = excluded.cost_won, stock = excluded.stock, checked_at = now()
            where (s.cost_won, s.stock) is distinct from (excluded.cost_won, excluded.stock)
            """;

    /** Costs and stocks of products that are new: there is nothing to compare them with. */
    static final String NEW_STOCKS = INCOMING_STOCKS + """
            insert into product_stock as s (supplier, sku, option_key, cost_won, stock)
            select supplier, sku, option_key, cost_won, stock from incoming order by sku, option_key
            """ + WRITE_STOCKS;

    /**
     * Costs and stocks that differ are written, and what they were goes to the history; options that are gone are
     * removed. Answers the skus that differed. The history follows what was written: of two writers with the same news
     * the second writes neither.
     */
    static final String STOCKS = INCOMING_STOCKS + """
            , differing as (
              select i.*, s.sku is not null as known, s.cost_won as was_won, s.stock as was
              from incoming i left join lateral (
                select * from product_stock s
                where s.supplier = i.supplier and s.sku = i.sku and s.option_key = i.option_key limit 1) s on true
              where s.sku is null or (s.cost_won, s.stock) is distinct from (i.cost_won, i.stock)),
            gone as (
              delete from product_stock s where s.ctid = any (array(
                select k.ctid from (
                  select ?::text as supplier, convert_from(sku, 'UTF8') as sku
                  from unnest(?::bytea[]) as t (sku)) i
                cross join lateral (
                  select k.ctid, k.option_key from product_stock k
                  where k.supplier = i.supplier and k.sku = i.sku offset 0) k
                where not exists (select from incoming j where j.sku = i.sku and j.option_key = k.option_key)))
              returning sku),
            written as (
              insert into product_stock as s (supplier, sku, option_key, cost_won, stock)
              select supplier, sku, option_key, cost_won, stock from differing order by sku, option_key
            """ + WRITE_STOCKS + """
              returning sku, option_key),
            known as (select d.* from differing d join written using (sku, option_key) where d.known),
            prices as (
              insert into price_history (supplier, sku, option_key, was_won, cost_won)
              select supplier, sku, option_key, was_won, cost_won from known where was_won <> cost_won),
            stocks as (
              insert into stock_history (supplier, sku, option_key, was, stock)
              select supplier, sku, option_key, was, stock from known where was is distinct from stock)
            select sku from gone union select sku from written
            """;

    /** Products of a supplier that are stored with a stock, and whose item cannot be mapped now. */
    static final String UNMAPPABLE = """
            select distinct p.sku from product_reject r
            join product p on p.supplier = r.supplier and p.sku = r.sku and p.state <> 'ended'
            join product_stock s on s.supplier = p.supplier and s.sku = p.sku and s.stock is not null
            where r.supplier = ? order by 1
            """;

    /** The stock of products is not known from now on. */
    static final String FORGET_STOCKS = """
            with known as (
              select supplier, sku, option_key, stock as was from product_stock
              where supplier = ? and sku = any (?) and stock is not null order by sku, option_key for update),
            forgotten as (
              update product_stock s set stock = null, checked_at = now() from known k
              where s.supplier = k.supplier and s.sku = k.sku and s.option_key = k.option_key returning k.*),
            history as (
              insert into stock_history (supplier, sku, option_key, was, stock)
              select supplier, sku, option_key, was, null from forgotten)
            insert into product_change (supplier, sku) select distinct supplier, sku from forgotten order by 1, 2
            on conflict do nothing
            """;

    static final String DETAILS_DUE =
            "select sku from product where supplier = ? and detail_due order by due_at limit ?";

    static final String NEXT_ROUND = """
            select sku from product where supplier = ? and sku > ? and not detail_due and state <> 'ended'
            order by sku limit ?
            """;

    private ProductSql() {}
}
