package hub.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.convert.DurationStyle;

/** When each supplier is read next. Thread-safe. */
final class Timetable {

    private final Duration retryAfter;
    private final Clock clock;
    private final Map<String, Instant> nextAt = new ConcurrentHashMap<>();
    private final Map<String, Duration> periods = new ConcurrentHashMap<>();

    /** @param retryAfter how soon a pull that failed is made again, unless its period is shorter */
    Timetable(Duration retryAfter, Clock clock) {
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /** @param every such as {@code 10m} */
    void enter(String supplier, String every) {
        periods.computeIfAbsent(supplier, first -> DurationStyle.detectAndParse(every));
    }

    /**
     * Whether it is time; if so, the next time is that of a pull that fails until {@link #done} is said.
     *
     * @param every such as {@code 10m}
     */
    boolean due(String supplier, String every) {
        Instant now = clock.instant();
        if (now.isBefore(nextAt.getOrDefault(supplier, Instant.EPOCH))) {
            return false;
        }
        Duration period = DurationStyle.detectAndParse(every);
        periods.put(supplier, period);
        nextAt.put(supplier, now.plus(retryAfter.compareTo(period) < 0 ? retryAfter : period));
        return true;
    }

    /** The same, and nothing is changed by the question. */
    boolean isDue(String supplier) {
        return has(supplier) && !clock.instant().isBefore(nextAt.getOrDefault(supplier, Instant.EPOCH));
    }

    /** A pull is done: the next comes a period later. */
    void done(String supplier) {
        nextAt.put(supplier, clock.instant().plus(periods.getOrDefault(supplier, Duration.ZERO)));
    }

    /** The next pull comes at once. */
    void bringForward(String supplier) {
        nextAt.put(supplier, clock.instant());
    }

    /** Whether a supplier is read by this process at all. */
    boolean has(String supplier) {
        return periods.containsKey(supplier);
    }

    List<String> suppliers() {
        return periods.keySet().stream().sorted().toList();
    }
}
