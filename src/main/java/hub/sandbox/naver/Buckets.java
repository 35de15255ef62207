package hub.sandbox.naver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The calls that are left of each API: a token bucket of {@link #BURST} calls, refilled evenly.
 *
 * <p>Not kept over a restart. Thread-safe. Source: the figures are what small sellers report; Naver publishes none.
 */
final class Buckets {

    /** Calls per second. */
    static final int RATE = 2;

    static final int BURST = 4;

    private static final long SPACING = Duration.ofSeconds(1).toNanos() / RATE;

    /** By API, when its bucket is full again. */
    private final Map<String, Instant> fullAt = new HashMap<>();

    /** The calls left after this one; empty when none was left for it, and then none is taken. */
    synchronized OptionalInt take(String api, Instant now) {
        Instant full = fullAt.getOrDefault(api, now);
        long missing = Math.max(0, Duration.between(now, full).toNanos()) + SPACING;
        if (missing > BURST * SPACING) {
            return OptionalInt.empty();
        }
        fullAt.put(api, now.plusNanos(missing));
        return OptionalInt.of((int) ((BURST * SPACING - missing) / SPACING));
    }
}
