package hub.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process booked under one limit, as far back as a window reaches: when, and how many calls.
 *
 * <p>Unsettled is what the present Redis was not told. Units: milliseconds of the process's clock, in steps of the
 * limit's grain. Not thread-safe.
 */
final class OwnBookings {

    private final TreeMap<Long, Integer> all = new TreeMap<>();
    private final TreeMap<Long, Integer> unsettled = new TreeMap<>();
    private Limit limit;

    OwnBookings(Limit limit) {
        this.limit = limit;
    }

    /** As it stands now: the partner may have changed it. */
    void limit(Limit now) {
        limit = now;
    }

    /** @param calls below zero: booked so many, but did not make them */
    void add(long at, int calls, boolean settled, long keep) {
        long step = (at + limit.grain() - 1) / limit.grain() * limit.grain();
        merge(all, step, calls);
        if (!settled) {
            merge(unsettled, step, calls);
        }
        all.headMap(step - limit.span() - keep).clear();
        unsettled.headMap(step - limit.span() - keep).clear();
    }

    boolean isUnsettled() {
        return !unsettled.isEmpty();
    }

    /** The next call, evenly spaced, and never more than the whole limit in a window. */
    long after(long free, long spacing) {
        if (all.isEmpty()) {
            return free;
        }
        long next = Math.max(free, all.lastKey() + spacing);
        int calls = 0;
        for (Map.Entry<Long, Integer> booked : all.descendingMap().entrySet()) {
            calls += booked.getValue();
            if (calls >= limit.calls()) {
                return Math.max(next, booked.getKey() + limit.span());
            }
        }
        return next;
    }

    /** For Redis, relative to {@code now}; from here on all of it counts as told. */
    Told tell(long now) {
        TreeMap<Long, Integer> settled = new TreeMap<>(all);
        unsettled.forEach((at, calls) -> merge(settled, at, -calls));
        Told told = new Told(limit, pairs(settled, now), pairs(unsettled, now));
        unsettled.clear();
        return told;
    }

    /** Redis could not be told after all. */
    void takeBack(Told told, long now) {
        for (int i = 0; i < told.unsettled().size(); i += 2) {
            merge(
                    unsettled,
                    now + told.unsettled().get(i),
                    told.unsettled().get(i + 1).intValue());
        }
    }

    private static void merge(Map<Long, Integer> bookings, long at, int calls) {
        bookings.merge(at, calls, (a, b) -> a + b == 0 ? null : a + b);
    }

    private static List<Long> pairs(Map<Long, Integer> bookings, long now) {
        List<Long> pairs = new ArrayList<>();
        bookings.forEach((at, calls) -> {
            pairs.add(at - now);
            pairs.add((long) calls);
        });
        return pairs;
    }

    /** Time and number of calls in turn: what an earlier Redis knew, and what none has been told. */
    record Told(Limit limit, List<Long> settled, List<Long> unsettled) {}
}
