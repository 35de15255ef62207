-- Suppliers whose purchase orders no route takes: nothing of theirs is listed anew, and what is listed is sold out.
create table unbought_supplier (
  supplier text        primary key,
  since    timestamptz not null default now()
);
