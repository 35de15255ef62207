-- What was called and what it cost: a row a minute, partner, operation and class of answer from each process; a row a call
-- would be a million a day. Only inserted. Cost in thousandths of a won, for a call may cost less than one; times and
-- bytes are of the wire, bodies as they were packed.
create table call_ledger (
  minute         timestamptz not null,
  partner        text        not null,
  operation      text        not null,
  class          text        not null,
  calls          bigint      not null,
  retries        bigint      not null,
  bytes_out      bigint      not null,
  bytes_in       bigint      not null,
  cost_milli_won bigint      not null,
  slowest_ms     bigint      not null
) partition by range (minute);
create index call_ledger_minute on call_ledger (minute);
create table call_ledger_default partition of call_ledger default;

-- Makes the months from this one to three ahead of a table whose column at says where a row belongs; what waits in the
-- default partition moves over.
create function make_months(of text, at text) returns void language plpgsql set lock_timeout = '5s' as $$
declare
  first timestamptz;
  last  timestamptz;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('months of ' || of));
  for ahead in 0..3 loop
    first := (date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month') at time zone 'UTC';
    last := (date_trunc('month', now() at time zone 'UTC') + (ahead + 1) * interval '1 month') at time zone 'UTC';
    part := of || '_' || to_char(first at time zone 'UTC', 'YYYY_MM');
    continue when to_regclass(part) is not null;
    execute format('lock table %I in access exclusive mode', of || '_default');
    execute format('create table %I (like %I including defaults including constraints)', part, of);
    execute format(
      'with moved as (delete from %1$I where %2$I >= %3$L and %2$I < %4$L returning *) insert into %5$I select * from moved',
      of || '_default', at, first, last, part);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', of, part, first, last);
  end loop;
end $$;

-- Drops the months that ended longer ago than keep, and answers their names.
create function drop_months(of text, keep interval) returns setof text language plpgsql set lock_timeout = '5s' as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('months of ' || of));
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = of::regclass and c.relname ~ ('^' || of || '_\d{4}_\d{2}$')
      and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' < now() - keep
    order by c.relname
  loop
    execute format('drop table %I', part);
    return next part;
  end loop;
end $$;

select make_months('call_ledger', 'minute');
