-- Keys that a partner told us to leave alone; Redis holds them too, and may forget them.
create table budget_pause (
  partner text        not null,
  key     text        not null,            -- with the operation behind a slash where a rule counts by operation
  until   timestamptz not null,
  why     text        not null,
  primary key (partner, key)
);

-- Accounts that have called before: for them an empty Redis is a lost one.
create table budget_epoch (
  partner    text        not null,
  account    text        not null,
  started_at timestamptz not null default now(),
  primary key (partner, account)
);
