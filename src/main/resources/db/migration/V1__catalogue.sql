-- What suppliers offer. Money is whole won; a stock that is not known is null, never 0.
create table product (
  supplier      text        not null,
  sku           text        not null,
  state         text        not null check (state in ('active', 'soldout', 'held', 'ended')),
  name          text        not null,
  category      text        not null default '',
  content       jsonb       not null,              -- everything but cost and stock, as the mapping gives it
  content_hash  bytea       not null,
  complete      boolean     not null default true, -- false: only a line of a list is known yet, not listed anywhere
  detail_due    boolean     not null default false,
  summary_hash  bytea,
  held_reason   text,
  missing_since timestamptz,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  primary key (supplier, sku)
);
-- Read by the details pull: the oldest due first.
create index product_detail_due on product (supplier, changed_at) where detail_due;

-- Cost and stock change all day long: a narrow table without other indexes keeps every update in its page (HOT).
create table product_stock (
  supplier   text        not null,
  sku        text        not null,
  option_key text        not null,
  cost_won   bigint      not null check (cost_won > 0),
  stock      int         check (stock >= 0),
  checked_at timestamptz not null default now(),
  primary key (supplier, sku, option_key)
) with (fillfactor = 80);

-- Products whose listings have to be looked at again; written in the transaction of the change, emptied by the planner.
create table product_change (
  supplier text not null,
  sku      text not null,
  primary key (supplier, sku)
);

-- What could not be mapped; one row an item until it maps again.
create table product_reject (
  supplier text        not null,
  sku      text        not null,
  path     text        not null,
  reason   text        not null,
  value    text        not null,
  remedy   text        not null,
  times    int         not null default 1,
  first_at timestamptz not null default now(),
  last_at  timestamptz not null default now(),
  primary key (supplier, sku)
);

-- Where a pull stands, and what the last whole one held.
create table cursor (
  partner    text        not null,
  name       text        not null,
  state      jsonb       not null,
  changed_at timestamptz not null default now(),
  primary key (partner, name)
);

-- Facts of an account that a partner told us, such as the return address of a market.
create table partner_fact (
  partner text        not null,
  name    text        not null,
  value   jsonb       not null,
  read_at timestamptz not null default now(),
  primary key (partner, name)
);
