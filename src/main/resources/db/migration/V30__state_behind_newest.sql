-- One index less to keep up at each write: how many products are in which state is counted through the index by which
-- a supplier's newest are found.
drop index product_state;
drop index product_supplier_newest;
create index product_supplier_newest on product (supplier, created_at, state);
