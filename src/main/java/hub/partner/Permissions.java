package hub.partner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a partner that refuses us from one that refuses a single operation of ours. At first they look alike, and all
 * calls pause; but if others were answered long after that and this one is refused again, its permission is missing,
 * such as an API group that was not asked for. Thread-safe.
 */
final class Permissions {

    /** What was on its way when the operation was refused, and is answered later, proves nothing. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

    private final Clock clock;

    /** Operations are a few dozen, by their routes. */
    private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

    private final Map<String, Instant> refused = new ConcurrentHashMap<>();

    Permissions(Clock clock) {
        this.clock = clock;
    }

    void accepted(String operation) {
        accepted.put(operation, clock.instant());
        refused.remove(operation);
    }

    /** An operation was refused now. Whether others are not. */
    boolean isMissing(String operation) {
        Instant before = refused.putIfAbsent(operation, clock.instant());
        return before != null && accepted.values().stream().anyMatch(before.plus(SETTLED)::isBefore);
    }
}
