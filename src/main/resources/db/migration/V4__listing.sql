-- What each market should show of a product, what it was sent, and what was read back. Money is whole won.
create table listing (
  market          text        not null,
  account         text        not null,
  supplier        text        not null,
  sku             text        not null,
  key             text        not null,              -- seller code: the same for the same product for ever
  state           text        not null check (state in ('planned', 'pending', 'live', 'denied', 'suspended', 'failed')),
  desired         jsonb       not null,              -- title, category, content, onSale, items of price and stock
  desired_version int         not null default 1,
  sent            jsonb,                             -- what the market accepted last (or may have, while it is created), in the shape of desired
  sent_version    int         not null default 0,
  proven_version  int         not null default 0,    -- the version that a read-back has shown
  opened_at       timestamptz,                       -- when its creation was allowed by the daily cap; null waits for it
  create_sent_at  timestamptz,                       -- a creation is under way or its answer is unknown: find it before creating again
  sent_at         timestamptz,
  checked_at      timestamptz,
  proven_at       timestamptz,
  market_ids      jsonb,                             -- null: the market does not know it
  held            boolean     not null default false,-- shows the last stock of something whose stock is unknown now
  proof           text,                              -- how the lowest price came about
  reason          text,                              -- why it is denied, suspended or failed
  failures        int         not null default 0,
  created_at      timestamptz not null default now(),
  primary key (market, account, supplier, sku),
  unique (market, account, key)
) with (fillfactor = 80);
-- Read by the planner for the products that changed.
create index listing_product on listing (supplier, sku);
-- Read by the daily cap: who waits, and how many were opened.
create index listing_waiting on listing (market, account, supplier, sku) where state = 'planned' and opened_at is null;
create index listing_opened on listing (market, account, opened_at);
-- Read by the re-assertion.
create index listing_checked on listing (checked_at) where state in ('live', 'suspended');
create index listing_held on listing (supplier, sku) where held;

-- Finds the product of an order line.
create table listing_option (
  market           text not null,
  account          text not null,
  market_option_id text,
  item_key         text not null,
  supplier         text not null,
  sku              text not null,
  option_key       text not null,
  primary key (market, account, item_key)
);
create index listing_option_market_id on listing_option (market, market_option_id);
