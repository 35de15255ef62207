package hub.partner;

import hub.VirtualTime;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts at the server's side what arrived and what would have been allowed; it knows nothing of the budgets or of the
 * simulator's own buckets. Used by one thread at a time.
 */
final class Judge {

    /**
     * A refusal this long after another of the same kind, of a call that left when that was known, was into a block.
     */
    private static final long BLOCK = 5_000;

    private final VirtualTime time;
    private final long start;
    private final long length;
    private final Map<Integer, Integer> rates = new TreeMap<>();
    private final Map<String, Map<Integer, Integer>> accepted = new TreeMap<>();
    private final Map<Integer, Integer> refusals = new TreeMap<>();
    private final Map<String, ArrayDeque<Long>> second = new HashMap<>();
    private final Map<Integer, Integer> worst = new TreeMap<>();
    private final Map<String, Long> lastRefusal = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private int refused;
    private int repeated;
    private int errors;

    Judge(VirtualTime time, long start, long length) {
        this.time = time;
        this.start = start;
        this.length = length;
    }

    void allow(int perSecond, int burst) {
        rates.put(hour(), perSecond);
    }

    /** @param left when the call left; what was on its way when a refusal came back could not know of it */
    void arrived(String counted, int status, long left) {
        long now = time.millis();
        if (status == 429) {
            refused++;
            refusals.merge(hour(), 1, Integer::sum);
            Long last = lastRefusal.put(counted, now);
            boolean known = told.getOrDefault(counted, Long.MAX_VALUE) <= left;
            repeated += last != null && now - last < BLOCK && known ? 1 : 0;
        } else if (status >= 400) {
            errors++;
        } else {
            accepted.computeIfAbsent(counted, name -> new TreeMap<>()).merge(hour(), 1, Integer::sum);
        }
        ArrayDeque<Long> arrivals = second.computeIfAbsent(counted, name -> new ArrayDeque<>());
        arrivals.add(now);
        while (arrivals.getFirst() <= now - 1_000) {
            arrivals.removeFirst();
        }
        worst.merge(hour(), arrivals.size(), Math::max);
    }

    /** A refusal is back at the hub. */
    void told(String counted) {
        told.put(counted, time.millis());
    }

    int refused() {
        return refused;
    }

    int repeated() {
        return repeated;
    }

    int errors() {
        return errors;
    }

    /** Prints an hour a line; the share of what was allowed that was used by what always had work. */
    double print(List<String> saturated) {
        double used = 0;
        double allowed = 0;
        System.out.println("hour, allowed a second, used of it, worst second, refused");
        for (Map.Entry<Integer, Integer> rate : rates.entrySet()) {
            int hour = rate.getKey();
            double seconds = Math.min(length, time.millis() - start - hour * length) / 1_000.0;
            if (seconds < 1) {
                continue;
            }
            double calls = 0;
            for (String counted : saturated) {
                calls += accepted.getOrDefault(counted, Map.of()).getOrDefault(hour, 0);
            }
            double most = rate.getValue() * seconds * saturated.size();
            used += calls;
            allowed += most;
            System.out.printf(
                    "%2d  %2d  %5.1f %%  %d  %d%n",
                    hour,
                    rate.getValue(),
                    100 * calls / most,
                    worst.getOrDefault(hour, 0),
                    refusals.getOrDefault(hour, 0));
        }
        return used / allowed;
    }

    private int hour() {
        return (int) ((time.millis() - start) / length);
    }
}
