package hub.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The logins of the last minute that did not succeed, by address.
 *
 * <p>An attempt counts as failed from its begin until it succeeds, so that many at once gain nothing. Remembers the
 * last 10,000 addresses. Thread-safe. Unit: nanoseconds of a monotonic clock.
 */
final class FailedLogins {

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    private final int allowed;
    private final LongSupplier nanoClock;
    private final Map<String, Deque<Long>> failed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
            return size() > ADDRESSES;
        }
    };

    FailedLogins(int allowed, LongSupplier nanoClock) {
        this.allowed = allowed;
        this.nanoClock = nanoClock;
    }

    /** Whether one more may be tried; false when too many failed. */
    synchronized boolean begin(String address) {
        long now = nanoClock.getAsLong();
        Deque<Long> times = failed.computeIfAbsent(address, unknown -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW.toNanos()) {
            times.removeFirst();
        }
        return times.size() < allowed && times.add(now);
    }

    synchronized void succeeded(String address) {
        failed.remove(address);
    }
}
