package hub.catalog.guard;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The feeds that are held, each with its reason, until a person decides or a pull finds them well again.
 *
 * <p>What the guards see again and again is one hold. It asks anew when its number is another. Thread-safe.
 */
@Component
public class FeedGuards {

    private static final Logger LOG = LoggerFactory.getLogger(FeedGuards.class);

    private static final String HOLD = """
            with held as (
              insert into feed_hold as h (supplier, guard, hash, measured, expected, reason) values (?, ?, ?, ?, ?, ?)
              on conflict (supplier, guard) do update set
                state = case when h.hash = excluded.hash then h.state else 'waiting' end,
                since = case when h.hash = excluded.hash then h.since else now() end,
                times = case when h.hash = excluded.hash then h.times + 1 else 1 end,
                hash = excluded.hash, measured = excluded.measured, expected = excluded.expected, reason = excluded.reason,
                last_at = now()
              returning supplier, guard, hash, measured, expected, reason, times)
            insert into guard_decision (actor, decision, supplier, guard, hash, facts)
            select 'hub', 'held', supplier, guard, hash,
              jsonb_build_object('measured', measured, 'expected', expected, 'reason', reason)
            from held where times = 1
            """;

    /** What a person accepted of pages stays accepted as long as nothing worse comes. */
    private static final String HEAL = """
            with well as (
              delete from feed_hold where supplier = ? and guard = any (?)
                and (state <> 'accepted' or guard not in ('incomplete', 'required-fields', 'beyond-total'))
              returning supplier, guard, hash, state, measured)
            insert into guard_decision (actor, decision, supplier, guard, hash, facts)
            select 'hub', 'withdrawn', supplier, guard, hash, jsonb_build_object('state', state, 'measured', measured) from well
            """;

    private final JdbcTemplate jdbc;

    public FeedGuards(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What was accepted of a supplier's feed, and whether what is new is held. */
    public Accepted accepted(String supplier) {
        Map<FeedGuard, Long> measured = new EnumMap<>(FeedGuard.class);
        Set<FeedGuard> held = EnumSet.noneOf(FeedGuard.class);
        jdbc.query(
                "select guard, measured, state = 'accepted' from feed_hold where supplier = ?",
                row -> {
                    FeedGuard guard = FeedGuard.of(row.getString(1));
                    if (row.getBoolean(3)) {
                        measured.put(guard, row.getLong(2));
                    } else {
                        held.add(guard);
                    }
                },
                supplier);
        return new Accepted(measured, held.stream().anyMatch(FeedGuard.OF_GROWTH::contains));
    }

    /** Holds a feed whose page, or whose whole, is not believed. */
    public void hold(String supplier, FeedDoubt doubt) {
        hold(supplier, doubt, "");
    }

    private boolean hold(String supplier, FeedDoubt doubt, String more) {
        int fresh = jdbc.update(
                HOLD,
                supplier,
                doubt.guard().label(),
                doubt.hash(more),
                doubt.measured(),
                doubt.expected(),
                doubt.reason());
        if (fresh > 0) {
            LOG.warn(
                    "{}: its feed is held: {}; {} of it is published, {}",
                    supplier,
                    doubt.reason(),
                    FeedGuard.OF_GROWTH.contains(doubt.guard()) ? "nothing new" : "nothing",
                    doubt.guard().isAcceptable()
                            ? "an operator decides at /holds of the console"
                            : "it is tried again until the supplier has mended it");
        }
        return fresh > 0;
    }

    /**
     * Products that are missing from a whole pull.
     *
     * @param missing the first time
     * @param again the second time
     */
    public record Gone(List<String> missing, List<String> again) {

        public int size() {
            return missing.size() + again.size();
        }

        private Gone of(Set<String> those, boolean in) {
            return new Gone(
                    missing.stream().filter(sku -> those.contains(sku) == in).toList(),
                    again.stream().filter(sku -> those.contains(sku) == in).toList());
        }
    }

    /**
     * What of the missing products is believed: all of them, or of too many those that a person has seen and let go.
     *
     * @param most how many may be missing unseen
     * @param there how many products there were
     */
    public Gone believed(String supplier, Gone gone, long most, long there) {
        Set<String> accepted = letGo(supplier);
        Gone unseen = gone.of(accepted, false);
        if (unseen.size() <= most) {
            return gone;
        }
        Set<String> all = new HashSet<>(gone.missing());
        all.addAll(gone.again());
        String reason = gone.size() + " of " + there + " products are missing from a whole pull, at most " + most
                + " are believed";
        boolean fresh = hold(
                supplier,
                new FeedDoubt(FeedGuard.SHRINK, gone.size(), most, reason),
                String.join("\0", all.stream().sorted().toList()));
        if (fresh) {
            remember(supplier, all);
        }
        return gone.of(accepted, true);
    }

    /** Whether too many products are missing, and no person said yes to it. */
    public boolean isShrunk(String supplier) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from feed_hold where supplier = ? and guard = 'shrink' and state <> 'accepted')",
                Boolean.class,
                supplier));
    }

    private Set<String> letGo(String supplier) {
        return new HashSet<>(jdbc.queryForList("""
                select sku from feed_hold_sku where supplier = ? and exists (
                  select from feed_hold where supplier = ? and guard = 'shrink' and state = 'accepted')
                """, String.class, supplier, supplier));
    }

    private void remember(String supplier, Collection<String> skus) {
        String[] all = skus.toArray(String[]::new);
        jdbc.update("delete from feed_hold_sku where supplier = ?", supplier);
        jdbc.update(
                "insert into feed_hold_sku (supplier, sku) select ?, unnest(?) on conflict do nothing", supplier, all);
    }

    /**
     * A pull was read to its end and believed.
     *
     * @param whole whether it was of the whole catalogue
     * @param fromStart whether this process saw all of it
     * @param shrunk whether it is held for its shrinking
     * @param grown whether it is held for its growth
     */
    public void healed(String supplier, boolean whole, boolean fromStart, boolean shrunk, boolean grown) {
        Set<FeedGuard> well = EnumSet.of(FeedGuard.LOOP, FeedGuard.REPEATED, FeedGuard.REQUIRED);
        if (whole) {
            well.addAll(EnumSet.of(FeedGuard.EMPTY, FeedGuard.PAGE_SIZE));
        }
        if (whole && fromStart) {
            well.addAll(EnumSet.of(FeedGuard.TOTAL, FeedGuard.ENDS_EARLY, FeedGuard.INCOMPLETE));
        }
        if (whole && fromStart && !grown) {
            well.addAll(FeedGuard.OF_GROWTH);
        }
        if (whole && fromStart && !shrunk) {
            well.add(FeedGuard.SHRINK);
            jdbc.update("delete from feed_hold_sku where supplier = ?", supplier);
        }
        jdbc.update(HEAL, supplier, well.stream().map(FeedGuard::label).toArray(String[]::new));
    }
}
