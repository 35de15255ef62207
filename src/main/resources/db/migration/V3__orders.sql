-- From the market's order to the uploaded tracking number. Money is whole won; personal data is in market_order only.
create table market_order (
  market      text        not null,
  order_id    text        not null,
  account     text        not null,
  ordered_at  timestamptz not null,
  receiver    jsonb       not null,
  orderer     jsonb       not null,
  received_at timestamptz not null default now(),
  changed_at  timestamptz not null default now(),
  primary key (market, order_id, ordered_at)
) partition by range (ordered_at);
create table market_order_default partition of market_order default;

-- Makes the months from the last one to three ahead; may be called at any time. Rows that wait in the default partition move over.
create function make_order_partitions() returns void language plpgsql as $$
declare
  first date;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('make_order_partitions'));
  for ahead in -1..3 loop
    first := (date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month')::date;
    part := 'market_order_' || to_char(first, 'YYYY_MM');
    continue when to_regclass(part) is not null;
    execute format('create table %I (like market_order including defaults including constraints)', part);
    execute format(
      'with moved as (delete from market_order_default where ordered_at >= %1$L and ordered_at < %2$L returning *)
       insert into %3$I select * from moved',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part);
    execute format('alter table market_order attach partition %3$I for values from (%1$L) to (%2$L)',
      first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC', part);
  end loop;
end $$;
select make_order_partitions();

-- Not partitioned: nothing may split the key that keeps a line from being bought twice.
create table order_line (
  market           text        not null,
  order_id         text        not null,
  line_id          text        not null,
  account          text        not null,
  ordered_at       timestamptz not null,             -- finds the partition of market_order
  ack_id           text        not null,
  market_option_id text        not null,
  seller_code      text        not null,
  name             text        not null,
  option           text        not null,
  quantity         int         not null check (quantity >= 0),
  ordered_quantity int         not null,             -- as first seen; a claim of fewer is not a claim of the line
  unit_price_won   bigint      not null,
  supplier         text,                             -- null until a listing is found for the option
  sku              text,
  option_key       text,
  state            text        not null,
  acknowledged     boolean     not null default false,
  intent_no        int         not null default 1,   -- raised by a person only: one more purchase of the same line
  client_ref       text,
  owner            text,
  reason           text,
  deadline         timestamptz,
  held_by          text,                             -- the claim that brought it to REVIEW or CANCEL_REQUESTED
  version          bigint      not null default 0,
  received_at      timestamptz not null default now(),
  changed_at       timestamptz not null default now(),
  primary key (market, order_id, line_id),
  check (state <> 'REVIEW' or (owner is not null and reason is not null and deadline is not null))
) with (fillfactor = 80);
-- Counts by state, the oldest open line, the list of reviews, the sweep of what was forgotten.
create index order_line_state on order_line (state, changed_at);
-- Repeated orders of one buyer.
create index order_line_sku on order_line (supplier, sku, ordered_at);

create table purchase_order (
  client_ref        text        primary key,
  supplier          text        not null,
  state             text        not null,
  market            text        not null,
  order_id          text        not null,
  line_id           text        not null,
  intent_no         int         not null,
  quantity          int         not null check (quantity > 0),
  max_unit_cost_won bigint      not null check (max_unit_cost_won > 0),
  supplier_order_id text,                            -- the first, when the supplier made several
  cost_won          bigint,
  not_before        timestamptz not null,
  deadline          timestamptz,                     -- of the send under way
  job_id            bigint,                          -- with fence: the claim whose answer is awaited
  fence             bigint,
  attempts          int         not null default 0,  -- sends
  unclear           int         not null default 0,  -- sends that may have been accepted
  lookups           int         not null default 0,  -- look-ups since the last send that found nothing
  tracked           boolean     not null default false,
  asked_at          timestamptz,                     -- when tracking was asked for last
  reason            text,
  created_at        timestamptz not null default now(),
  changed_at        timestamptz not null default now(),
  unique (market, order_id, line_id, intent_no)
) with (fillfactor = 80);
-- Whose tracking is asked for next.
create index purchase_order_awaiting on purchase_order (supplier, asked_at nulls first, client_ref)
  where state = 'PO_CONFIRMED' and not tracked;
-- Sends of dead processes.
create index purchase_order_sending on purchase_order (deadline) where state = 'PO_SENDING';

-- Committed before the first byte of a send leaves.
create table po_attempt (
  client_ref  text        not null references purchase_order,
  attempt     int         not null,
  job_id      bigint      not null,
  fence       bigint      not null,
  started_at  timestamptz not null default clock_timestamp(),
  deadline    timestamptz not null,
  outcome     text,
  answered_at timestamptz,
  primary key (client_ref, attempt)
);

create table supplier_order (
  client_ref        text        not null references purchase_order,
  supplier_order_id text        not null,
  supplier          text        not null,
  source            text        not null check (source in ('answer', 'late answer', 'look-up')),
  found_at          timestamptz not null default now(),
  primary key (client_ref, supplier_order_id)
);
-- Tracking that names the supplier's number only.
create index supplier_order_number on supplier_order (supplier, supplier_order_id);

create table shipment (
  client_ref   text        not null references purchase_order,
  tracking_no  text        not null,
  courier      text        not null,                 -- as the supplier writes it
  state        text        not null default 'found' check (state in ('found', 'uploading', 'uploaded', 'failed')),
  shipped_at   timestamptz,
  reason       text,
  found_at     timestamptz not null default now(),
  changed_at   timestamptz not null default now(),
  primary key (client_ref, tracking_no)
);

create table claim (
  market           text        not null,
  claim_id         text        not null,
  order_id         text        not null,
  line_id          text,
  ack_id           text,
  market_option_id text,
  kind             text        not null check (kind in ('cancel', 'return', 'exchange')),
  state            text        not null check (state in ('requested', 'done', 'withdrawn', 'rejected')),
  quantity         int,
  reason           text        not null default '',
  at               timestamptz,
  applied          boolean     not null default false, -- false: its order has not been seen yet
  received_at      timestamptz not null default now(),
  changed_at       timestamptz not null default now(),
  primary key (market, claim_id)
);
-- Claims of one order, looked for before anything is bought or uploaded.
create index claim_order on claim (market, order_id);

-- Who changed what, and why. Each row carries the hash of the row before it.
create table journal (
  seq        bigint      primary key,
  at         timestamptz not null,
  kind       text        not null,
  key        text        not null,
  from_state text        not null,
  to_state   text        not null,
  reason     text        not null,
  actor      text        not null,
  prev_hash  bytea       not null,
  hash       bytea       not null
);
create index journal_key on journal (kind, key, seq);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger journal_append_only before update or delete or truncate on journal
  for each statement execute function refuse_change();
