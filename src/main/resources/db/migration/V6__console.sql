-- Who may log in to the console.
create table console_user (
  name          text        primary key,
  password_hash text        not null,             -- bcrypt
  role          text        not null check (role in ('viewer', 'integrator', 'operator', 'admin')),
  created_at    timestamptz not null default now()
);

-- Counted by the status every few seconds: narrow enough to be read whole (7 MB at 1,000,000 products).
create index product_state on product (supplier, state);
create index listing_state on listing (market, state);
