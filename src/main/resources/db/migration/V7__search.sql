-- The lowest cost of a product's options, kept here so that one index answers a price range; null while no cost is known.
alter table product add column price_won bigint;
update product p set price_won = s.won
  from (select supplier, sku, min(cost_won) as won from product_stock group by supplier, sku) s
  where s.supplier = p.supplier and s.sku = p.sku;

-- Newest first reads them backwards; a page goes on behind the last row of the one before, so each ends in the key.
create index product_newest          on product (created_at, supplier, sku);
create index product_category_newest on product (category, state, created_at, supplier, sku);
create index product_supplier_newest on product (supplier, category, state, created_at, sku);
create index product_price           on product (price_won, supplier, sku);

-- Text in names. PostgreSQL ships pg_trgm and an owner of a database may switch it on; without it a search reads every name.
do $$
begin
  create extension if not exists pg_trgm;
  create index product_name on product using gin (name gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported then
  raise warning 'pg_trgm is not to be had: searching names will be slow';
end $$;

-- One row a change, with what was there before: a product that is new writes nothing. Kept as long as hub.history.keep says.
create table price_history (
  supplier   text        not null,
  sku        text        not null,
  option_key text        not null,
  was_won    bigint      not null,
  cost_won   bigint      not null,
  changed_at timestamptz not null default now()
) partition by range (changed_at);
create index price_history_product on price_history (supplier, sku, changed_at);
create table price_history_default partition of price_history default;

-- A stock that is not known is null.
create table stock_history (
  supplier   text        not null,
  sku        text        not null,
  option_key text        not null,
  was        int,
  stock      int,
  changed_at timestamptz not null default now()
) partition by range (changed_at);
create index stock_history_product on stock_history (supplier, sku, changed_at);
create table stock_history_default partition of stock_history default;

-- Makes the months from this one to three ahead; rows that wait in the default partition move over.
create function make_history_partitions(history text) returns void language plpgsql as $$
declare
  first date;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('history_partitions'));
  for ahead in 0..3 loop
    first := (date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month')::date;
    part := history || '_' || to_char(first, 'YYYY_MM');
    continue when to_regclass(part) is not null;
    execute format('create table %I (like %I including defaults including constraints)', part, history);
    execute format(
      'with moved as (delete from %4$I where changed_at >= %1$L and changed_at < %2$L returning *)
       insert into %3$I select * from moved',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part, history || '_default');
    execute format('alter table %4$I attach partition %3$I for values from (%1$L) to (%2$L)',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part, history);
  end loop;
end $$;

-- Detaches months that ended longer ago than keep; one more month to copy them away, then they are dropped.
create function retire_history_partitions(history text, keep interval) returns void language plpgsql as $$
declare
  part record;
  over timestamptz;
begin
  perform pg_advisory_xact_lock(hashtext('history_partitions'));
  for part in
    select c.relname as name, c.relispartition as attached from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ ('^' || history || '_\d{4}_\d{2}$')
  loop
    over := (to_date(right(part.name, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC';
    if part.attached and over < now() - keep then
      execute format('alter table %I detach partition %I', history, part.name);
    elsif not part.attached and over < now() - keep - interval '1 month' then
      execute format('drop table %I', part.name);
    end if;
  end loop;
end $$;

select make_history_partitions('price_history'), make_history_partitions('stock_history');
