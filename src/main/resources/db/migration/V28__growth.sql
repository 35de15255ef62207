-- New products of a supplier whose catalogue was read whole before: not listed anywhere until the pull that brought them
-- has ended and is believed. A feed that grows beyond belief leaves them here until a person says yes.
create table product_waiting (
  supplier text collate "C" not null,
  sku      text collate "C" not null,
  primary key (supplier, sku)
);

-- Since when a supplier's new products count as growth, at most a day: its first whole pull and what a person said yes to do not.
create table product_settled (
  supplier text        collate "C" primary key,
  at       timestamptz not null default now()
);
