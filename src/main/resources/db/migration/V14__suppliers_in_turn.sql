-- Suppliers share what a market allows us: a claim takes jobs of each supplier in turn, so that ten jobs of a small
-- one do not wait behind a hundred thousand of a big one. Whose turn a job takes stands in its payload; computed here
-- it is also right for the jobs that are there and for those that a process of the version before adds. A job that is
-- about no supplier's product takes the turn of '-'. Adding it writes the table once more, some seconds a million jobs.
alter table job add column supplier text collate "C" not null
  generated always as (coalesce(nullif(payload ->> 'supplier', ''), '-')) stored;

-- Read by every claim: it hops from supplier to supplier, the urgent jobs (prio 0) apart from the others. job_ready
-- stays for the rest of a claim, for the withdrawal, and for processes of the version before.
create index job_in_turn on job (partner, kind, (prio > 0), supplier, urgent_at, id, run_at) where state = 'ready';
