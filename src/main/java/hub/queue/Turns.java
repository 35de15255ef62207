package hub.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the suppliers that have jobs at a partner, for the claims of this process. Each process goes
 * round by itself, so that none waits for another; what all of them take together is shared as evenly. Thread-safe; one
 * entry for each (partner, kind) that a route asks for.
 */
final class Turns {

    /** One job in so many is not HIGH, as long as there are others: a flood of HIGH slows bulk, it never stops it. */
    static final int ONE_IN = 8;

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    Turn of(String partner, String kind) {
        return turns.computeIfAbsent(partner + "/" + kind, key -> new Turn());
    }

    /** The turn at one kind of job of one partner. */
    static final class Turn {

        // So that a claim of two jobs is of both sorts from the first on.
        private int saved = ONE_IN - 2;
        private String high = "";
        private String later = "";

        /** How many of the next jobs are kept from HIGH; over all claims one in {@link #ONE_IN}. */
        synchronized int reserved(int atMost) {
            saved += atMost;
            int reserved = saved / ONE_IN;
            saved %= ONE_IN;
            return reserved;
        }

        /** The supplier whose turn for HIGH jobs is over; empty at first. */
        synchronized String high() {
            return high;
        }

        /** The supplier whose turn for the other jobs is over; empty at first. */
        synchronized String later() {
            return later;
        }

        /** Where a claim stopped; null where all suppliers had the same. */
        synchronized void stoppedAt(@Nullable String newHigh, @Nullable String newLater) {
            high = newHigh == null ? high : newHigh;
            later = newLater == null ? later : newLater;
        }
    }
}
