package hub.catalog;

import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import hub.catalog.backfill.PullRange;
import hub.catalog.backfill.RangeKind;
import hub.catalog.backfill.RangeRefusedException;
import hub.catalog.backfill.RangeRefusedException.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ranges of suppliers' catalogues that a person asked for, read by the supplier's own pull route between two usual
 * pulls. What a usual pull knows (how far it has read, how large the catalogue is, what is missing) stays as it was.
 *
 * <p>A range of months must not let stock go stale: behind each of its pages it gives way to the usual pull, if that is
 * due, and goes on when that is done. Of two that would never end each gets its turn: the range a page.
 *
 * <p>The place is kept behind every page: a range of a hub that was killed goes on by itself. Thread-safe.
 */
@Component
public class Ranges {

    private static final Logger LOG = LoggerFactory.getLogger(Ranges.class);

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Backfills backfills;
    private final Leadership leadership;
    private final Clock clock;
    private final Map<String, RangeKind> kinds = new ConcurrentHashMap<>();
    private final Map<String, Backfill> waiting = new ConcurrentHashMap<>();
    private final Map<String, Instant> triedAt = new ConcurrentHashMap<>();
    /** Those that rest included. */
    private final Map<String, Pull> running = new ConcurrentHashMap<>();

    /** Suppliers whose usual pull is next, for their range gave way to it. */
    private final Set<String> gaveWay = ConcurrentHashMap.newKeySet();

    Ranges(Backfills backfills, Leadership leadership, Clock clock) {
        this.backfills = backfills;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Says by what a range of a supplier that is read here can be asked for. */
    void reads(String supplier, String kind) {
        kinds.put(supplier, RangeKind.of(kind));
    }

    /** The suppliers of which a range can be asked for, each by what. */
    public Map<String, RangeKind> kinds() {
        Map<String, RangeKind> able = new TreeMap<>(kinds);
        able.values().removeIf(kind -> kind == RangeKind.NONE);
        return able;
    }

    /**
     * Asks for a range; it begins within some seconds, when the usual pull is done.
     *
     * @param by who asks
     * @throws RangeRefusedException if it cannot be read; nothing is changed then
     */
    public void ask(String supplier, String from, @Nullable String to, String by) {
        range(supplier, from, to);
        backfills.ask(supplier, from, to, by);
        LOG.info("{}: {} asks for a range from {} to {}", supplier, by, from, to == null ? "the end" : to);
    }

    private PullRange range(String supplier, String from, @Nullable String to) {
        RangeKind kind = kinds.get(supplier);
        if (kind == null) {
            throw new RangeRefusedException(Why.NOT_READ, supplier, String.join(", ", new TreeSet<>(kinds.keySet())));
        }
        return PullRange.read(supplier, kind, from, to, clock.instant());
    }

    /**
     * Takes what was asked for, here or by another process, and what a killed one left; says that the rest goes on. Of
     * suppliers that another process reads, that one takes it.
     */
    public void take() {
        if (kinds.isEmpty()) {
            return; // no route has started yet
        }
        List<String> others =
                kinds.keySet().stream().filter(s -> !leadership.leads(s)).toList();
        others.forEach(this::drop);
        List<String> ours = new ArrayList<>(running.keySet());
        ours.addAll(waiting.keySet());
        if (!ours.isEmpty()) {
            backfills.beat(ours);
        }
        backfills.take(others).forEach(this::accept);
    }

    private void accept(Backfill asked) {
        try {
            range(asked.supplier(), asked.from(), asked.to());
            waiting.put(asked.supplier(), asked);
        } catch (RangeRefusedException e) {
            backfills.end(asked.supplier(), "refused", e.sentence());
        }
    }

    /** Whether a range waits to be begun or gone on with; asked again only after a while, should that fail. */
    boolean isDue(String supplier) {
        Instant now = clock.instant();
        if (gaveWay.contains(supplier)
                || !(waiting.containsKey(supplier) || resting(supplier).isPresent())
                || now.isBefore(triedAt.getOrDefault(supplier, Instant.EPOCH).plus(AGAIN))) {
            return false;
        }
        triedAt.put(supplier, now);
        return true;
    }

    private Optional<Pull> resting(String supplier) {
        return Optional.ofNullable(running.get(supplier)).filter(Pull::isResting);
    }

    /** Begins the range that waits, or goes on with it; empty if none does, or it is the usual pull's turn. */
    Optional<Pull> begin(String supplier, Believed believed) {
        if (gaveWay.remove(supplier)) {
            return Optional.empty();
        }
        Optional<Pull> resting = resting(supplier);
        resting.ifPresent(Pull::goOn);
        return resting.or(() -> beginWaiting(supplier, believed));
    }

    private Optional<Pull> beginWaiting(String supplier, Believed believed) {
        Backfill asked = waiting.get(supplier);
        if (asked == null) {
            return Optional.empty();
        }
        PullRange range = range(supplier, asked.from(), asked.to());
        Pull pull = new Pull(supplier, new Place(range, clock.instant(), asked.place()), believed);
        pull.count(asked.items(), asked.rejected());
        running.put(supplier, pull);
        waiting.remove(supplier);
        return Optional.of(pull);
    }

    void place(Pull pull) {
        PullProgress progress = pull.progress();
        backfills.place(
                pull.supplier(),
                pull.state(),
                progress.pages(),
                progress.ofPages(),
                progress.items(),
                progress.rejected());
    }

    /** Lets the usual pull go first. */
    void giveWay(Pull pull) {
        gaveWay.add(pull.supplier());
        triedAt.remove(pull.supplier());
        pull.rest();
    }

    /** Whether a range lets the usual pull go first. */
    boolean hasGivenWay(String supplier) {
        return gaveWay.contains(supplier);
    }

    void done(Pull pull) {
        place(pull);
        leave(pull);
        backfills.end(pull.supplier(), "done", "");
        LOG.info(
                "{} range done: {} items, {} rejected",
                pull.supplier(),
                pull.itemCount(),
                pull.progress().rejected());
    }

    /** The same range, asked for again, goes on behind the last page that was stored. */
    void failed(Pull pull, String why) {
        place(pull);
        leave(pull);
        backfills.end(pull.supplier(), "failed", why);
    }

    /** Whoever reads the supplier now goes on with its range, where the last page of it was stored. */
    private void drop(String supplier) {
        waiting.remove(supplier);
        resting(supplier).ifPresent(this::leave);
    }

    /** The same for one that runs; nothing of it failed. */
    void leave(Pull pull) {
        running.remove(pull.supplier(), pull);
        gaveWay.remove(pull.supplier());
    }
}
