-- A range of a supplier's catalogue that a person wants read again; of each supplier the last one.
create table backfill (
  supplier   text        primary key,
  from_text  text        not null,                     -- as it was asked for: a page, a day in Korea, or a moment
  to_text    text,                                     -- null: to the end
  state      text        not null check (state in ('asked', 'running', 'done', 'failed', 'refused')),
  asked_by   text        not null,
  asked_at   timestamptz not null default now(),
  began_at   timestamptz,
  ended_at   timestamptz,
  beat_at    timestamptz not null default now(),       -- a running one that is silent was killed: it is gone on with
  place      jsonb,                                    -- what the next page is asked for with
  pages      int         not null default 0,
  of_pages   int,                                      -- null while nobody knows
  items      bigint      not null default 0,
  rejected   bigint      not null default 0,
  why        text        not null default ''           -- of failed and refused
);
