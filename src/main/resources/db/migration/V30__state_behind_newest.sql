-- One index less to keep up at each write: how many products are in which state is counted through the index by which
-- a supplier's newest are found. Neither need be there: the report of unused indexes may have said to drop it.
drop index if exists product_state;
drop index if exists product_supplier_newest;
create index product_supplier_newest on product (supplier, created_at, state);
