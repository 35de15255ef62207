-- The processes that share the call budgets. Each has something to tell when Redis has lost the bookings.
create table budget_process (
  id         text        primary key,
  joined_at  timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);

-- How long a pause was that nobody gave the length of: the next one lasts twice as long.
alter table budget_pause add column length interval not null default '0';
