package hub.queue;

/** The statements of {@link Jobs}. */
final class Statements {

    static final String ENQUEUE = """
            insert into job (kind, partner, dedupe_key, prio, run_at, payload)
            select distinct on (kind, partner, dedupe_key)
                   kind, partner, dedupe_key,
                   min(prio) over same, min(coalesce(run_at, now())) over same,
                   payload
            from jsonb_to_recordset(:jobs::jsonb) as x(
              nth int, kind text, partner text, dedupe_key text, prio smallint, run_at timestamptz, payload jsonb)
            window same as (partition by kind, partner, dedupe_key)
            order by kind, partner, dedupe_key, nth desc
            on conflict (kind, partner, dedupe_key) do update set
              run_at = case job.state when 'ready' then least(job.run_at, excluded.run_at) else job.run_at end,
              prio = case job.state when 'ready' then least(job.prio, excluded.prio) else job.prio end,
              payload = case job.state when 'ready' then excluded.payload else job.payload end,
              again_at = case job.state when 'running' then least(job.again_at, excluded.run_at) end,
              again_prio = case job.state when 'running' then least(job.again_prio, excluded.prio) end,
              again_payload = case job.state when 'running' then excluded.payload end
            """;

    /** Whether {@link #CLAIM} would find any, whoever holds them. */
    static final String DUE = """
            select exists (select 1 from job
                           where state = 'ready' and partner = :partner and kind = :kind and run_at <= now()
                             and urgent_at <= (now() at time zone 'UTC') + interval '60 minutes')
            """;

    /**
     * Jobs of each supplier in turn, the urgent ones (prio 0) before the others but for {@code reserved} of them.
     *
     * <p>{@code hops} finds the suppliers that have ready jobs by one look at the index each, and no more than 50 from
     * where the last claim stopped ({@code highTurn}, {@code laterTurn}), then from the start up to there. {@code rest}
     * gives what nobody's turn took to the most urgent of all, so that no job depends on its supplier being seen. The
     * update takes an array: joined, Postgres reads the whole table as it cannot know how few rows there are.
     */
    static final String CLAIM = """
            with recursive hops (later, lap, turn, supplier, hop) as (
              select later, lap, turn, case lap when 0 then turn else '' end, 0
              from (values (false, :highTurn::text collate "C"), (true, :laterTurn::text collate "C")) t (later, turn),
                   (values (0), (1)) l (lap)
              union all
              select h.later, h.lap, h.turn,
                     (select j.supplier from job j
                      where j.state = 'ready' and j.partner = :partner and j.kind = :kind and (j.prio > 0) = h.later
                        and j.supplier > h.supplier
                      order by j.supplier limit 1),
                     h.hop + 1
              from hops h where h.hop < 50 and h.supplier is not null and (h.lap = 0 or h.supplier < h.turn)),
            ring as materialized (
              select later, supplier, row_number() over (partition by later order by lap, supplier) as place,
                     count(*) over (partition by later) as suppliers
              from hops where hop > 0 and supplier is not null and (lap = 0 or supplier <= turn)),
            high as materialized (
              select mine.id
              from (select *, :atMost - :reserved as free from ring where not later) r, lateral (
                select id from job j
                where j.state = 'ready' and j.partner = :partner and j.kind = :kind and (j.prio > 0) = r.later
                  and j.supplier = r.supplier and j.run_at <= now()
                  and j.urgent_at <= (now() at time zone 'UTC') + interval '60 minutes'
                order by j.urgent_at, j.id
                limit r.free / r.suppliers + (r.place <= r.free % r.suppliers)::int
                for update skip locked) mine),
            room as materialized (select :atMost - (select count(*) from high) as free),
            later as materialized (
              select mine.id
              from (select * from ring, room where later) r, lateral (
                select id from job j
                where j.state = 'ready' and j.partner = :partner and j.kind = :kind and (j.prio > 0) = r.later
                  and j.supplier = r.supplier and j.run_at <= now()
                  and j.urgent_at <= (now() at time zone 'UTC') + interval '60 minutes'
                order by j.urgent_at, j.id
                limit r.free / r.suppliers + (r.place <= r.free % r.suppliers)::int
                for update skip locked) mine),
            taken as materialized (select id from high union all select id from later),
            rest as materialized (
              select id from job
              where state = 'ready' and partner = :partner and kind = :kind and run_at <= now()
                and urgent_at <= (now() at time zone 'UTC') + interval '60 minutes'
                and id not in (select id from taken)
              order by urgent_at, id
              limit :atMost - (select count(*) from taken)
              for update skip locked),
            claimed as (
              update job set state = 'running', fence = fence + 1, attempts = attempts + 1,
                             lease_until = clock_timestamp() + :lease * interval '1 millisecond'
              where id = any (array(select id from taken union all select id from rest))
              returning job.*)
            select claimed.*,
                   (select supplier from ring
                    where not later and place = (:atMost - :reserved) % suppliers) as high_turn,
                   (select supplier from ring, room where later and place = free % suppliers) as later_turn
            from claimed order by urgent_at, id
            """;

    static final String FINISH = """
            with mine as materialized (
              select id, again_at from job where id = :id and fence = :fence and state = 'running' for update),
            buried as (
              insert into dead_letter (kind, partner, dedupe_key, prio, payload, attempts, cause)
              select kind, partner, dedupe_key, prio, payload, attempts, :cause::text
              from job where id in (select id from mine) and :cause::text is not null),
            again as (
              update job set state = 'ready', run_at = job.again_at, prio = job.again_prio, payload = job.again_payload,
                             attempts = 0, lost = 0, reason = null, lease_until = null,
                             again_at = null, again_prio = null, again_payload = null
              from mine where job.id = mine.id and mine.again_at is not null),
            gone as (
              delete from job using mine where job.id = mine.id and mine.again_at is null)
            select count(*) from mine
            """;

    /**
     * In one order, so that two who hold some of the same wait for each other and not for ever. Each is looked up by
     * its id: a join reads all that were claimed lately, for Postgres takes a table that nobody analysed for a small
     * one.
     */
    static final String HELD = """
            select j.id, j.fence
            from (select id, fence from jsonb_to_recordset(:jobs::jsonb) as c(id bigint, fence bigint) order by id) c
            cross join lateral (
              select id, fence from job where job.id = c.id and job.fence = c.fence and job.state = 'running'
              offset 0 for update) j
            """;

    static final String DONE = """
            with mine as materialized (
              select j.id, j.again_at
              from (select id, fence from jsonb_to_recordset(:jobs::jsonb) as c(id bigint, fence bigint) order by id) c
              cross join lateral (
                select id, again_at from job where job.id = c.id and job.fence = c.fence and job.state = 'running'
                offset 0 for update) j),
            again as (
              update job set state = 'ready', run_at = job.again_at, prio = job.again_prio, payload = job.again_payload,
                             attempts = 0, lost = 0, reason = null, lease_until = null,
                             again_at = null, again_prio = null, again_payload = null
              from mine where job.id = mine.id and mine.again_at is not null)
            delete from job using mine where job.id = mine.id and mine.again_at is null
            """;

    static final String RETRY_MANY = """
            update job set state = 'ready', run_at = c.run_at, reason = c.reason, lease_until = null,
                           prio = least(prio, again_prio), payload = coalesce(again_payload, payload),
                           again_at = null, again_prio = null, again_payload = null
            from jsonb_to_recordset(:jobs::jsonb) as c(id bigint, fence bigint, run_at timestamptz, reason text)
            where job.id = c.id and job.fence = c.fence and job.state = 'running'
            """;

    static final String RETRY = """
            update job set state = 'ready', run_at = :runAt, reason = :reason, lease_until = null,
                           prio = least(prio, again_prio), payload = coalesce(again_payload, payload),
                           again_at = null, again_prio = null, again_payload = null
            where id = :id and fence = :fence and state = 'running'
            """;

    static final String RECOVER = """
            update job set state = 'ready', run_at = now(), lost = lost + 1, reason = 'lease ran out', lease_until = null,
                           prio = least(prio, again_prio), payload = coalesce(again_payload, payload),
                           again_at = null, again_prio = null, again_payload = null
            where id in (select id from job where state = 'running' and lease_until < clock_timestamp()
                         and lost < :maxLost for update skip locked)
            """;

    static final String EXHAUSTED = """
            select id, fence from job
            where state = 'running' and lease_until < clock_timestamp() and lost >= :maxLost
            """;

    static final String WITHDRAW = "delete from job where partner = :partner and kind = :kind and state = 'ready'";

    /** The rank stands in the text: only so does Postgres know that an index of urgent jobs serves. */
    static final String OLDEST_URGENT = """
            select coalesce(extract(epoch from now() - min(run_at)), 0)
            from job where state = 'ready' and prio = 0 and run_at <= now()
            """;

    static final String COUNTS = """
            select prio, count(*) filter (where state = 'ready') as ready,
                   count(*) filter (where state = 'running') as running,
                   coalesce(extract(epoch from now() - min(run_at) filter (where state = 'ready' and run_at <= now())), 0) as oldest
            from job group by prio
            """;

    /** A job that is there already does what the dead one would have done, with newer knowledge. */
    static final String REPLAY = """
            with replayed as (
              update dead_letter set replayed_at = now() where id = :id and replayed_at is null returning *),
            made as (
              insert into job (kind, partner, dedupe_key, prio, run_at, payload)
              select kind, partner, dedupe_key, prio, now(), payload from replayed
              on conflict (kind, partner, dedupe_key) do nothing)
            select count(*) from replayed
            """;

    private Statements() {}
}
