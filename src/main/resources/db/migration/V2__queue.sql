-- Work that waits for a partner. A finished job is deleted at once, so the table holds only what is still to be done.
create table job (
  id            bigint      generated always as identity primary key,
  kind          text        not null,
  partner       text        not null,
  dedupe_key    text        not null,
  prio          smallint    not null check (prio in (0, 30, 60)), -- HIGH, MEDIUM, LOW: minutes that it lets others pass
  run_at        timestamptz not null,
  -- Effective priority is prio minus minutes waited; ordering by the moment it reaches 0 is the same, and can be indexed.
  urgent_at     timestamp   not null generated always as ((run_at at time zone 'UTC') + prio * interval '1 minute') stored,
  state         text        not null default 'ready' check (state in ('ready', 'running')),
  lease_until   timestamptz,
  fence         bigint      not null default 0,
  attempts      int         not null default 0,                   -- how often it was claimed
  lost          int         not null default 0,                   -- how often its lease ran out
  reason        text,                                             -- why the last attempt did not finish it
  payload       jsonb       not null,
  -- Asked for again while it ran: what it becomes when it is finished.
  again_at      timestamptz,
  again_prio    smallint,
  again_payload jsonb,
  created_at    timestamptz not null default now(),
  unique (kind, partner, dedupe_key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200);
-- Read by every claim, in this order; run_at lets it pass over what is not due without reading the row.
create index job_ready on job (partner, kind, urgent_at, id, run_at) where state = 'ready';
-- Read by the recovery of leases.
create index job_leased on job (lease_until) where state = 'running';

-- Jobs that somebody has to look at; replayed ones stay as a record.
create table dead_letter (
  id          bigint      generated always as identity primary key,
  kind        text        not null,
  partner     text        not null,
  dedupe_key  text        not null,
  prio        smallint    not null,
  payload     jsonb       not null,
  attempts    int         not null,
  cause       text        not null,
  died_at     timestamptz not null default now(),
  replayed_at timestamptz
);
create index dead_letter_open on dead_letter (died_at) where replayed_at is null;
