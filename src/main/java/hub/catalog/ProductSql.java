package hub.catalog;

/** The statements of {@link ProductStore}. A batch is one statement; only what differs is written. */
final class ProductSql {

    private static final String INCOMING = """
            with incoming as (
              select ?::text as supplier, t.* from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::int8[])
                as t (sku, state, name, category, content, content_hash, hash, price_won))
            """;

    /**
     * Whole products: new ones are inserted, others updated when their content or lowest cost differs. Answers sku and
     * whether new.
     */
    static final String PRODUCTS = INCOMING + """
            insert into product as p (supplier, sku, state, name, category, content, content_hash, price_won)
            select supplier, sku, state, name, category, content::jsonb, content_hash, price_won from incoming order by sku
            on conflict (supplier, sku) do update set
              state = case when p.state = 'held' then 'held' else excluded.state end,
              name = excluded.name, category = excluded.category, content = excluded.content,
              content_hash = excluded.content_hash, price_won = excluded.price_won, complete = true, detail_due = false, missing_since = null,
              changed_at = now()
            where p.content_hash is distinct from excluded.content_hash or p.price_won is distinct from excluded.price_won
               or p.detail_due or not p.complete or p.missing_since is not null or p.state = 'ended' and excluded.state <> 'ended'
            returning sku, xmax = 0
            """;

    /** Lines of a list: they never overwrite details, they ask for them to be read again. */
    static final String SUMMARIES = INCOMING + """
            insert into product as p
              (supplier, sku, state, name, category, content, content_hash, complete, detail_due, summary_hash)
            select supplier, sku, state, name, category, content::jsonb, content_hash, false, true, hash from incoming order by sku
            on conflict (supplier, sku) do update set
              state = case when p.complete and p.state <> 'ended' then p.state else excluded.state end,
              name = case when p.complete then p.name else excluded.name end,
              content = case when p.complete then p.content else excluded.content end,
              detail_due = true, summary_hash = excluded.summary_hash, missing_since = null, changed_at = now()
            where p.summary_hash is distinct from excluded.summary_hash or p.missing_since is not null
            returning sku, xmax = 0
            """;

    /**
     * Costs and stocks that differ are written, and what they were goes to the history; options that are gone are
     * removed. Answers the skus that differed. Every part sees the table as it was before the statement.
     */
    static final String STOCKS = """
            with incoming as (
              select ?::text as supplier, t.* from unnest(?::text[], ?::text[], ?::int8[], ?::int4[]) as t (sku, option_key, cost_won, stock)),
            differing as (
              select s.supplier, s.sku, s.option_key, s.cost_won as was_won, i.cost_won, s.stock as was, i.stock
              from incoming i join product_stock s using (supplier, sku, option_key)
              where (s.cost_won, s.stock) is distinct from (i.cost_won, i.stock)),
            prices as (
              insert into price_history (supplier, sku, option_key, was_won, cost_won)
              select supplier, sku, option_key, was_won, cost_won from differing where was_won <> cost_won),
            stocks as (
              insert into stock_history (supplier, sku, option_key, was, stock)
              select supplier, sku, option_key, was, stock from differing where was is distinct from stock),
            gone as (
              delete from product_stock s where s.supplier = (select supplier from incoming limit 1) and s.sku = any (?)
                and not exists (select 1 from incoming i where i.sku = s.sku and i.option_key = s.option_key)
              returning sku),
            written as (
              insert into product_stock as s (supplier, sku, option_key, cost_won, stock)
              select supplier, sku, option_key, cost_won, stock from incoming order by sku, option_key
              on conflict (supplier, sku, option_key) do update set
                cost_won = excluded.cost_won, stock = excluded.stock, checked_at = now()
              where (s.cost_won, s.stock) is distinct from (excluded.cost_won, excluded.stock)
              returning sku)
            select sku from gone union select sku from written
            """;

    static final String DETAILS_DUE =
            "select sku from product where supplier = ? and detail_due order by changed_at limit ?";

    static final String NEXT_ROUND = """
            select sku from product where supplier = ? and sku > ? and not detail_due and state <> 'ended'
            order by sku limit ?
            """;

    private ProductSql() {}
}
