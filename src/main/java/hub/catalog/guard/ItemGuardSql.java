package hub.catalog.guard;

/** The statements of {@link ItemGuards}. Only the first is run where nothing is in doubt. */
final class ItemGuardSql {

    /**
     * What is in doubt of products that are known, and what was. A product whose stored content is not the one that
     * came is another one: the upsert before declined it. Row by row, for a join would be planned for empty tables.
     */
    static final String JUDGE = """
            with bounds as (select ?::text as supplier, ?::int8 as dearest, ?::int8 as cheapest),
            costs as (
              select o.sku, min(o.cost_won) as least, count(s.cost_won) as known,
                bool_or(o.cost_won * 1000 > s.cost_won * dearest) as rose,
                bool_or(o.cost_won * 1000 < s.cost_won * cheapest) as fell
              from bounds cross join unnest(?::text[], ?::text[], ?::int8[]) as o (sku, option_key, cost_won)
              left join lateral (
                select s.cost_won from product_stock s
                where s.supplier = bounds.supplier and s.sku = o.sku and s.option_key = o.option_key limit 1) s on true
              group by o.sku),
            judged as (
              select c.sku, h.sku is not null as held, p.content_hash <> i.content_hash as other,
                case when c.known > 0 then c.rose else c.least * 1000 > s.least * dearest end as rose,
                case when c.known > 0 then c.fell else c.least * 1000 < s.least * cheapest end as fell
              from bounds cross join unnest(?::text[], ?::bytea[]) as i (sku, content_hash)
              join costs c on c.sku = i.sku
              cross join lateral (
                select content_hash from product p where p.supplier = bounds.supplier and p.sku = i.sku limit 1) p
              left join lateral (
                select min(s.cost_won) as least from product_stock s
                where c.known = 0 and s.supplier = bounds.supplier and s.sku = i.sku) s on true
              left join lateral (
                select h.sku from item_hold h where h.supplier = bounds.supplier and h.sku = i.sku limit 1) h on true)
            select sku, coalesce(other, false), coalesce(rose, false), coalesce(fell, false) from judged
            where held or other or rose or fell
            """;

    /** Keeps what came. A decision that was taken about the same stays. */
    static final String HOLD = """
            with came as (
              select * from jsonb_to_recordset(?::jsonb) as c (supplier text, sku text, guard text, off_sale boolean, hash text, offered jsonb)),
            held as (
              insert into item_hold as h (supplier, sku, guard, off_sale, hash, offered, was)
              select c.supplier, c.sku, c.guard, c.off_sale, decode(c.hash, 'hex'), c.offered, jsonb_build_object(
                'name', p.name, 'category', p.category, 'image', p.content -> 'images' ->> 0, 'stocks', (
                  select jsonb_agg(jsonb_build_object('key', option_key, 'costWon', cost_won) order by option_key)
                  from product_stock s where s.supplier = c.supplier and s.sku = c.sku))
              from came c join product p on p.supplier = c.supplier and p.sku = c.sku
              order by c.sku
              on conflict (supplier, sku) do update set
                guard = excluded.guard, off_sale = excluded.off_sale, hash = excluded.hash, offered = excluded.offered, was = excluded.was,
                state = case when h.hash = excluded.hash then h.state else 'waiting' end,
                since = case when h.hash = excluded.hash then h.since else now() end
              where h.hash <> excluded.hash or h.offered <> excluded.offered or h.off_sale <> excluded.off_sale
              returning supplier, sku, guard, hash, since, was, offered)
            insert into guard_decision (actor, decision, supplier, sku, guard, hash, facts)
            select 'hub', 'held', supplier, sku, guard, hash,
              jsonb_build_object('was', was, 'offered', offered - 'content') from held where since = now()
            """;

    /**
     * A no to a product that may be sold on as it was lets it be sold. Its details were read, and it is not missing,
     * though the upsert declined it.
     */
    static final String QUARANTINE = """
            update product p set
              state = case when h.state = 'waiting' or h.off_sale then 'held' else p.state end,
              held_reason = case when h.state = 'waiting' or h.off_sale then h.guard else p.held_reason end,
              detail_due = false, due_at = null, missing_since = null, changed_at = now()
            from item_hold h
            where p.supplier = ? and p.sku = any (?) and h.supplier = p.supplier and h.sku = p.sku
              and (p.detail_due or p.missing_since is not null
                or (h.state = 'waiting' or h.off_sale) and (p.state <> 'held' or p.held_reason is distinct from h.guard))
            """;

    /** The cost stays as it was. Stock is as the supplier says, or none where the product must not be sold so. */
    static final String STOCKS = """
            with came as (select * from unnest(?::text[], ?::text[], ?::int4[]) as c (sku, option_key, stock)),
            lines as (
              select s.supplier, s.sku, s.option_key, s.stock as was,
                case when h.off_sale or c.sku is null then 0 else c.stock end as stock
              from product_stock s join item_hold h on h.supplier = s.supplier and h.sku = s.sku
              left join came c on c.sku = s.sku and c.option_key = s.option_key
              where s.supplier = ? and s.sku = any (?)),
            written as (
              update product_stock s set stock = l.stock, checked_at = now() from lines l
              where s.supplier = l.supplier and s.sku = l.sku and s.option_key = l.option_key
                and s.stock is distinct from l.stock
              returning s.supplier, s.sku, s.option_key)
            insert into stock_history (supplier, sku, option_key, was, stock)
            select l.supplier, l.sku, l.option_key, l.was, l.stock from lines l join written using (supplier, sku, option_key)
            """;

    /** The supplier says again what is believed. */
    static final String WITHDRAW = """
            with back as (
              delete from item_hold where supplier = ? and sku = any (?) returning supplier, sku, guard, hash, state),
            noted as (
              insert into guard_decision (actor, decision, supplier, sku, guard, hash, facts)
              select 'hub', 'withdrawn', supplier, sku, guard, hash, jsonb_build_object('state', state) from back)
            update product p set state = p.content ->> 'state', held_reason = null, changed_at = now() from back b
            where p.supplier = b.supplier and p.sku = b.sku and p.state = 'held'
            """;

    private ItemGuardSql() {}
}
