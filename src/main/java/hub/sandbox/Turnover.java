package hub.sandbox;

import com.fasterxml.jackson.databind.node.LongNode;
import java.time.Duration;
import java.time.Instant;

/**
 * How many changes of a supplier's catalogue are due as simulated time goes by.
 *
 * <p>None in the first {@link #QUIET} after the very first start, so that a first whole pull sees the catalogue as it
 * was drawn. Thread-safe.
 */
public final class Turnover {

    /** Simulated; 75 seconds at a pace of 720. */
    public static final Duration QUIET = Duration.ofHours(15);

    private static final int MOST_AT_ONCE = 2000;
    private static final String KIND = "started";

    private final SandboxOptions options;
    private final SandboxClock clock;
    private Instant last;
    private double owed;

    /** @param store of the supplier; it remembers the first start */
    public Turnover(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.options = options;
        this.clock = clock;
        Instant now = clock.now();
        if (store.get(KIND, KIND).isEmpty()) {
            store.put(KIND, KIND, LongNode.valueOf(now.toEpochMilli()));
        }
        long started = store.get(KIND, KIND).orElseThrow().asLong();
        Instant loud = Instant.ofEpochMilli(started).plus(clock.real(QUIET));
        this.last = loud.isAfter(now) ? loud : now;
    }

    /** The changes that became due since it was last asked; a process that slept does not catch up on all of them. */
    public synchronized int due() {
        Instant now = clock.now();
        if (!now.isAfter(last)) {
            return 0;
        }
        double hours = Duration.between(last, now).toNanos()
                / (double) clock.real(Duration.ofHours(1)).toNanos();
        last = now;
        owed += hours * options.changesPerHour() * options.products();
        int due = (int) Math.min(owed, Math.min(MOST_AT_ONCE, options.products()));
        owed = Math.min(owed - due, 1);
        return due;
    }
}
