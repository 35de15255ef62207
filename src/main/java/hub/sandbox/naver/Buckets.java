package hub.sandbox.naver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The calls that are left of each API: a token bucket of {@link #burst()} calls, refilled evenly.
 *
 * <p>Not kept over a restart. Thread-safe. Source: the figures are what small sellers report; Naver publishes none.
 */
final class Buckets {

    private int rate = 2;
    private int burst = 4;

    /** By API, when its bucket is full again. */
    private final Map<String, Instant> fullAt = new HashMap<>();

    /** From now on; the calls that are left stay, as far as the bucket holds them. */
    synchronized void allow(int perSecond, int calls, Instant now) {
        int heldBefore = burst;
        double spacingBefore = spacing();
        rate = perSecond;
        burst = calls;
        fullAt.replaceAll((api, full) -> {
            double left = heldBefore - missing(full, now) / spacingBefore;
            return now.plusNanos((long) (Math.max(0, calls - left) * spacing()));
        });
    }

    /** Calls per second. */
    synchronized int rate() {
        return rate;
    }

    synchronized int burst() {
        return burst;
    }

    /** The calls left after this one; empty when none was left for it, and then none is taken. */
    synchronized OptionalInt take(String api, Instant now) {
        long spacing = spacing();
        long missing = missing(fullAt.getOrDefault(api, now), now) + spacing;
        if (missing > burst * spacing) {
            return OptionalInt.empty();
        }
        fullAt.put(api, now.plusNanos(missing));
        return OptionalInt.of((int) ((burst * spacing - missing) / spacing));
    }

    private long spacing() {
        return Duration.ofSeconds(1).toNanos() / rate;
    }

    private static long missing(Instant full, Instant now) {
        return Math.max(0, Duration.between(now, full).toNanos());
    }
}
