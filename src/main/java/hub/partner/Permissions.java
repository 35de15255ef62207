package hub.partner;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a partner that refuses us from one that refuses a single operation of ours, or a single request. At first they
 * look alike, and all calls pause; but if others were answered long after that and this one is refused again, it is
 * about this one: a permission is missing, such as an API group that was not asked for, or a firewall dislikes what a
 * description says. Thread-safe.
 */
final class Permissions {

    /** What was on its way when we were refused, and is answered later, proves nothing. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

    /** Requests that are remembered at most; one that is forgotten pauses the others once more. */
    private static final int MOST = 1000;

    private final Clock clock;

    private final AtomicLong refusals = new AtomicLong();

    /** Operations are a few dozen, by their routes. */
    private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

    private final Map<String, Instant> refused = new ConcurrentHashMap<>();

    private final Map<String, Instant> requests =
            Caffeine.newBuilder().maximumSize(MOST).<String, Instant>build().asMap();

    /** What is refused while others are answered. */
    enum Alone {
        NOTHING,
        OPERATION,
        REQUEST
    }

    Permissions(Clock clock) {
        this.clock = clock;
    }

    /** @param request its digest, asked for only where requests were refused */
    void accepted(String operation, Supplier<String> request) {
        accepted.put(operation, clock.instant());
        refused.remove(operation);
        if (!requests.isEmpty()) {
            requests.remove(request.get());
        }
    }

    /** A request of an operation was refused now. What is, while others are not. */
    Alone refused(String operation, Supplier<String> request) {
        Instant now = clock.instant();
        boolean all = isAlone(refused.putIfAbsent(operation, now));
        boolean one = isAlone(requests.putIfAbsent(request.get(), now));
        return all ? Alone.OPERATION : one ? Alone.REQUEST : Alone.NOTHING;
    }

    /** How often we were refused, as a call knows that leaves now. */
    long refusals() {
        return refusals.get();
    }

    /**
     * Counts a refusal. Calls that were under way together are refused together, for one reason, which says no more
     * than one of them.
     *
     * @param known {@link #refusals} when the call left
     * @return whether it is to be counted
     */
    boolean isAnother(long known) {
        return refusals.compareAndSet(known, known + 1);
    }

    private boolean isAlone(@Nullable Instant before) {
        return before != null && accepted.values().stream().anyMatch(before.plus(SETTLED)::isBefore);
    }
}
