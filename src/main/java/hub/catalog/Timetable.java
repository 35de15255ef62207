package hub.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.convert.DurationStyle;

/**
 * When each supplier is read next. Each failure in a row doubles the wait for the next try, up to {@link #LONGEST}: a
 * catalogue that is not there any more is not asked for again and again. Thread-safe.
 */
final class Timetable {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Doubled so often it is beyond {@link #LONGEST}, whatever it began with. */
    private static final int MOST_DOUBLED = 20;

    private final Duration retryAfter;
    private final Clock clock;
    private final Map<String, Instant> nextAt = new ConcurrentHashMap<>();
    private final Map<String, Duration> periods = new ConcurrentHashMap<>();
    private final Map<String, Failed> failed = new ConcurrentHashMap<>();

    /**
     * Failures in a row.
     *
     * @param page the furthest that was stored without a gap before one of them
     */
    private record Failed(int times, int page) {

        Failed and(Failed next) {
            return next.page > page ? next : new Failed(times + 1, page);
        }
    }

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
        nextAt.put(supplier, now.plus(firstWait(supplier)));
        return true;
    }

    private Duration firstWait(String supplier) {
        Duration period = periods.getOrDefault(supplier, retryAfter);
        return retryAfter.compareTo(period) < 0 ? retryAfter : period;
    }

    /**
     * A pull failed: the next comes soon, and twice as late each time that it comes no further than before.
     *
     * @param page that was stored without a gap
     */
    void failed(String supplier, int page) {
        int times = failed.merge(supplier, new Failed(1, page), Failed::and).times();
        Duration first = firstWait(supplier);
        Duration wait = first.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLED));
        again(supplier, shorter(wait, first.compareTo(LONGEST) > 0 ? first : LONGEST));
    }

    /** The next pull comes after that wait. */
    void again(String supplier, Duration wait) {
        nextAt.put(supplier, clock.instant().plus(wait));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** When it is read next, at the earliest. */
    Instant next(String supplier) {
        return nextAt.getOrDefault(supplier, clock.instant());
    }

    /** The same, and nothing is changed by the question. */
    boolean isDue(String supplier) {
        return has(supplier) && !clock.instant().isBefore(nextAt.getOrDefault(supplier, Instant.EPOCH));
    }

    /** A pull is done: the next comes a period later. */
    void done(String supplier) {
        failed.remove(supplier);
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
