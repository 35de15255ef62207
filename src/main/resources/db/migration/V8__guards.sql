-- What a supplier says and the hub does not believe, until a person says yes or no, or the supplier takes it back.
-- An item: nothing of what came is in product or product_stock but the stock, which is 0 where it must not be sold.
create table item_hold (
  supplier text        not null,
  sku      text        not null,
  guard    text        not null check (guard in ('price-jump', 'identity')),
  off_sale boolean     not null,                     -- its cost rose, it is another product, or cannot be bought: never at the old price
  state    text        not null default 'waiting' check (state in ('waiting', 'refused')),
  hash     bytea       not null,                     -- of what is in doubt: a yes is for this and nothing else
  was      jsonb       not null,                     -- name, category, image and costs that are known
  offered  jsonb       not null,                     -- the product that came, whole
  since    timestamptz not null default now(),
  primary key (supplier, sku)
);
create index item_hold_waiting on item_hold (since) where state = 'waiting';

-- A whole feed. Numbers are what the guard measured and what it needs at least (or at most, for unmappable and repeated).
create table feed_hold (
  supplier text        not null,
  guard    text        not null,
  state    text        not null default 'waiting' check (state in ('waiting', 'refused', 'accepted')),
  hash     bytea       not null,
  measured bigint      not null,
  expected bigint      not null,
  reason   text        not null,
  times    int         not null default 1,
  since    timestamptz not null default now(),
  last_at  timestamptz not null default now(),
  primary key (supplier, guard)
);
-- The products that a feed held for its shrinking did not have; a yes ends these and no others.
create table feed_hold_sku (
  supplier text not null,
  sku      text not null,
  primary key (supplier, sku)
);

-- Who held, accepted, refused or took back what, and when. Rows are added, never changed.
create table guard_decision (
  id       bigint      generated always as identity primary key,
  at       timestamptz not null default clock_timestamp(),
  actor    text        not null,                     -- a login, or hub
  decision text        not null check (decision in ('held', 'yes', 'no', 'withdrawn')),
  supplier text        not null,
  sku      text        not null default '',          -- empty: the feed
  guard    text        not null,
  hash     bytea       not null,
  facts    jsonb       not null                      -- what was shown
);
create index guard_decision_of on guard_decision (supplier, sku, id);
create trigger guard_decision_append_only before update or delete or truncate on guard_decision
  for each statement execute function refuse_change();

-- Whether two contents of one sku are different products: another name, another category or first image, and none of
-- these the same. What one of them does not have says nothing.
create function is_other_product(was jsonb, came jsonb) returns boolean language sql immutable parallel safe as $$
  select coalesce(lower(was ->> 'name') <> lower(came ->> 'name')
    and (nullif(was ->> 'category', '') = nullif(came ->> 'category', '')) is not true
    and (nullif(was -> 'images' ->> 0, '') = nullif(came -> 'images' ->> 0, '')) is not true
    and (nullif(was ->> 'category', '') <> nullif(came ->> 'category', '')
      or nullif(was -> 'images' ->> 0, '') <> nullif(came -> 'images' ->> 0, '')), false)
$$;
