-- What the bench compares, over the hub's own tables.
create or replace view bench_products as
select upper(p.supplier) as supplier, p.sku, p.name, s.cost_won::numeric as price, s.stock, p.category,
  p.content -> 'attrs' as attrs, p.content_hash, greatest(p.changed_at, s.checked_at) as updated_at
from product p join product_stock s on s.supplier = p.supplier and s.sku = p.sku;
