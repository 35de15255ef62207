-- One index finds the listings of a product and keeps each from being there twice: writing a listing costs one entry less.
alter table listing drop constraint listing_pkey;
alter table listing add primary key (supplier, sku, market, account);
drop index listing_product;
