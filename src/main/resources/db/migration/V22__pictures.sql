-- What lay at the address of a picture when it was looked at last. Safe to lose: it is fetched again then.
create table image_source (
  url_hash      bytea       primary key,             -- SHA-256 of the address, which may be longer than an index takes
  content_hash  text        not null,                -- SHA-256 of the bytes, hexadecimal
  format        text        not null,                -- what its header says
  width         int         not null,                -- pixels, as stored
  height        int         not null,
  orientation   int         not null,                -- of EXIF, 1 to 8; 1 is upright
  bytes         int         not null,
  etag          text,
  last_modified text,
  checked_at    timestamptz not null default now()
);
create index image_source_checked on image_source (checked_at);

-- Where a market keeps what we uploaded, by account; lost, every picture of the account is uploaded again.
create table image_hosted (
  market       text collate "C" not null,
  account      text collate "C" not null,
  content_hash text collate "C" not null,
  rule         text collate "C" not null,            -- fingerprint of the rule it was made by
  url          text        not null,
  used_at      timestamptz not null default now(),
  primary key (market, account, content_hash, rule)
);
create index image_hosted_used on image_hosted (used_at);

-- Pictures of a listing that were left out at the last try, until they are taken or the listing is tried again.
create table image_refused (
  market   text collate "C" not null,
  account  text collate "C" not null,
  supplier text collate "C" not null,
  sku      text collate "C" not null,
  place    int         not null,                     -- among the product's pictures, from 0
  url      text        not null,
  problem  text        not null,
  reason   text        not null,                     -- what, and what to do
  at       timestamptz not null default now(),
  looked_at timestamptz not null default now(),      -- whether it can be used by now
  primary key (market, account, supplier, sku, place)
);
create index image_refused_newest on image_refused (at desc);
create index image_refused_looked on image_refused (looked_at);

-- What became of pictures, a row a day of Seoul.
create table image_day (
  day         date   primary key,
  converted   bigint not null default 0,
  kept        bigint not null default 0,             -- as they were
  reused      bigint not null default 0,             -- neither fetched nor uploaded again
  refused     bigint not null default 0,
  bytes_in    bigint not null default 0,
  bytes_out   bigint not null default 0,
  bytes_saved bigint not null default 0              -- by converting; what grew to fit a rule takes from it
);
