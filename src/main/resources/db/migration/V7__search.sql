-- Text, images and stock change without touching an indexed column, so those updates stay in their page (HOT). An index
-- on changed_at, which every update sets, made each of them write every index: what is due has a time of its own.
alter table product add column due_at timestamptz;
update product set due_at = changed_at where detail_due;
drop index product_detail_due;
create index product_detail_due on product (supplier, due_at) where detail_due;
alter table product set (fillfactor = 90);

-- Newest first reads these backwards. A batch shares one time, so few rows are to be sorted, and one entry holds them all:
-- with the key at its end an index is three times as large, and no page comes sooner. The state is left out: it changes.
create index product_newest          on product (created_at);
create index product_category_newest on product (category, created_at);
create index product_supplier_newest on product (supplier, created_at);

-- A price range, and products by price. Stocks change far more often than costs, and still stay in their page.
create index product_stock_cost on product_stock (cost_won);

-- Text in names, by its characters. Trigrams (pg_trgm) take a Korean syllable for no letter where LC_CTYPE is C, and find no
-- word of two syllables anywhere; this finds every part of a name, whatever the locale, and needs no extension.
create index product_name on product using gin (string_to_array(lower(name), null));

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
create function make_history_partitions(history text) returns void language plpgsql set lock_timeout = '5s' as $$
declare
  first date;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('history_partitions'));
  for ahead in 0..3 loop
    first := (date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month')::date;
    part := history || '_' || to_char(first, 'YYYY_MM');
    continue when to_regclass(part) is not null;
    execute format('lock table %I in access exclusive mode', history || '_default');
    execute format('create table %I (like %I including defaults including constraints)', part, history);
    execute format(
      'with moved as (delete from %4$I where changed_at >= %1$L and changed_at < %2$L returning *)
       insert into %3$I select * from moved',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part, history || '_default');
    execute format('alter table %4$I attach partition %3$I for values from (%1$L) to (%2$L)',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part, history);
  end loop;
end $$;

-- Detaches the months that ended longer ago than keep: they stay as tables of their own, to be copied away or dropped.
create function retire_history_partitions(history text, keep interval) returns setof text
language plpgsql set lock_timeout = '5s' as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('history_partitions'));
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = history::regclass and c.relname ~ ('^' || history || '_\d{4}_\d{2}$')
      and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' < now() - keep
    order by c.relname
  loop
    execute format('alter table %I detach partition %I', history, part);
    return next part;
  end loop;
end $$;

select make_history_partitions('price_history'), make_history_partitions('stock_history');
