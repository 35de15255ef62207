package hub.partner;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * How many calls of each operation of a partner are in flight at once: one at least, at most its connections.
 *
 * <p>Additive increase, multiplicative decrease: a call that is answered in time while the limit is in use raises it by
 * one; a slow one, a 429, a 503 or none at all lowers it by a tenth. What is over the limit waits as long as others end
 * and time is left, and else is not sent: whoever asked keeps it. Thread-safe.
 */
public final class Concurrency {

    private static final double BACK_OFF = 0.9;

    /** Changes of a limit that are shown. */
    private static final int REMEMBERED = 60;

    private final String partner;
    private final int most;
    private final Duration slow;
    private final Duration patience;
    private final MeterRegistry meters;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /**
     * The limits of one partner.
     *
     * @param slow from when on an answer counts against the partner
     * @param patience how long a call over the limit waits for another one to end
     */
    Concurrency(String partner, int most, Duration slow, Duration patience, MeterRegistry meters) {
        this.partner = partner;
        this.most = most;
        this.slow = slow;
        this.patience = patience;
        this.meters = meters;
    }

    /** A call in flight. */
    interface Slot {
        /**
         * Said once, when it ends.
         *
         * @param dropped whether the partner was overloaded or did not answer
         */
        void ended(boolean dropped);
    }

    /** Limits by operation, now. */
    Map<String, Level> levels() {
        Map<String, Level> levels = new TreeMap<>();
        endpoints.forEach((operation, endpoint) -> levels.put(operation, endpoint.level()));
        return levels;
    }

    /**
     * Waits for a place; empty when there was none in time.
     *
     * @param hasTime whether there is reason to go on waiting while calls of others end
     */
    Optional<Slot> enter(String operation, BooleanSupplier hasTime) {
        return endpoints.computeIfAbsent(operation, this::endpoint).enter(hasTime);
    }

    /** Why there is no place, and what to do. */
    String full(String operation) {
        Level level = endpoints.computeIfAbsent(operation, this::endpoint).level();
        return level.inFlight() + " calls of it are in flight, " + level.limit() + " may be now and " + level.most()
                + " at most; none ended within " + patience.toSeconds()
                + " s, or no time was left for its answer. It is made again; look whether the partner is slow, or raise connections-per-host";
    }

    /**
     * One operation of a partner.
     *
     * @param limit calls that may be in flight now
     * @param most and may ever be
     * @param lately the limits of its last {@value #REMEMBERED} changes, the newest last
     */
    public record Level(int limit, int inFlight, int most, List<Integer> lately) {}

    private Endpoint endpoint(String operation) {
        Endpoint endpoint = new Endpoint();
        gauge(
                "hub.partner.concurrency.limit",
                operation,
                endpoint,
                e -> e.level().limit());
        gauge(
                "hub.partner.concurrency.used",
                operation,
                endpoint,
                e -> e.level().inFlight());
        gauge("hub.partner.concurrency.most", operation, endpoint, e -> most);
        return endpoint;
    }

    private void gauge(
            String name, String operation, Endpoint endpoint, java.util.function.ToDoubleFunction<Endpoint> value) {
        Gauge.builder(name, endpoint, value)
                .tags("partner", partner, "operation", operation)
                .register(meters);
    }

    private final class Endpoint {

        private final AIMDLimit limit = AIMDLimit.newBuilder()
                .initialLimit(most)
                .minLimit(1)
                .maxLimit(most)
                .timeout(slow.toNanos(), TimeUnit.NANOSECONDS)
                .backoffRatio(BACK_OFF)
                .build();
        private final Limiter<Void> limiter =
                BlockingLimiter.wrap(SimpleLimiter.newBuilder().limit(limit).build(), patience);
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Waiting waiting = new Waiting();
        private final Deque<Integer> lately = new ArrayDeque<>(List.of(most));

        Endpoint() {
            limit.notifyOnChange(this::remember);
        }

        private synchronized void remember(int changed) {
            lately.addLast(changed);
            if (lately.size() > REMEMBERED) {
                lately.removeFirst();
            }
        }

        synchronized Level level() {
            return new Level(limit.getLimit(), inFlight.get(), most, List.copyOf(lately));
        }

        Optional<Slot> enter(BooleanSupplier hasTime) {
            return waiting.until(() -> limiter.acquire(null), hasTime).map(this::slot);
        }

        private Slot slot(Limiter.Listener listener) {
            inFlight.incrementAndGet();
            return dropped -> {
                inFlight.decrementAndGet();
                waiting.ended();
                if (dropped) {
                    listener.onDropped();
                } else {
                    listener.onSuccess();
                }
            };
        }
    }
}
