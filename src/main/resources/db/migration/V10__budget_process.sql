-- The processes that share the call budgets. Each has something to tell when Redis has lost the bookings.
create table budget_process (
  id         text        primary key,
  joined_at  timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);

-- How long a pause was that nobody gave the length of: the next one lasts twice as long.
alter table budget_pause add column length interval not null default '0';

-- What partners refused again and again; from stopped_until on it may be tried once more.
create table call_refusal (
  partner       text        not null,
  kind          text        not null,       -- credentials, request, reading
  subject       text        not null,       -- what was refused: nothing more, a digest of the request, the operation
  operation     text        not null,
  credentials   text        not null,       -- a digest: with others the partner is asked again
  refused       integer     not null default 1,
  why           text        not null,
  since         timestamptz not null default now(),
  last_at       timestamptz not null default now(),
  stopped_until timestamptz,
  primary key (partner, kind, subject)
);
