-- Loads what the bench registers as the hub's catalogue has it. The hub lists nothing that is sold out, the bench does:
-- what has no stock (53 products) gets one piece.
begin;
truncate product, product_stock, product_change, listing, listing_option, job, dead_letter;
create temporary table loaded (supplier text, sku text, name text, price numeric, stock int, category text, attrs jsonb,
  content_hash bytea) on commit drop;
copy loaded from :'copy';
insert into product (supplier, sku, state, name, category, content, content_hash)
select lower(supplier), sku, 'active', name, category,
  jsonb_build_object('sku', sku, 'name', name, 'state', 'active', 'category', category, 'options',
    '[{"key": "", "values": []}]'::jsonb, 'images', attrs -> 'images', 'attrs', attrs), content_hash
from loaded;
insert into product_stock (supplier, sku, option_key, cost_won, stock)
select lower(supplier), sku, '', price::bigint, greatest(stock, 1) from loaded;
commit;
analyze product, product_stock;
