-- What the bench compares, over the hub's own tables.
create or replace view bench_listings as
select upper(market) as market, upper(supplier) as supplier, sku, (market_ids ->> 'sellerProductId')::bigint as market_product_id,
  'REGISTERED' as status, sent_at as registered_at
from listing where state = 'live' and market_ids is not null;
