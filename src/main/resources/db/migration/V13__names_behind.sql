-- Text in names is indexed behind the write, by a route: with that index an insert into product took twice as long. What was
-- written leaves its skus, an array a batch; a name is searchable some seconds later.
drop index product_name;

create table product_name (
  supplier text not null,
  sku      text not null,
  name     text not null,
  primary key (supplier, sku)
);
insert into product_name (supplier, sku, name) select supplier, sku, name from product;
create index product_name_text on product_name using gin (string_to_array(lower(name) collate "C", null))
  with (gin_pending_list_limit = 16384);
analyze product_name;

create table product_name_due (
  id       bigint generated always as identity primary key,
  supplier text        not null,
  skus     text[]      not null,
  at       timestamptz not null default now()
);
