-- The processes that share the call budgets. Each has something to tell when Redis has lost the bookings.
create table budget_process (
  id         text        primary key,
  joined_at  timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);
