package hub.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * This process's part of the budgets while Redis is away: evenly spaced calls at its share of each limit.
 *
 * <p>It remembers the process's own calls of the last window, those booked in Redis too, so that the change to it and
 * back buys no call. Orders may book ahead, the catalogue only the very next call. Thread-safe.
 *
 * <p>Units: milliseconds of the process's clock. Source: GCRA, ITU-T I.371, with a burst of one.
 */
final class LocalBudget {

    private final int sharers;
    private final long maxWait;
    private final Map<String, Line> lines = new HashMap<>();

    LocalBudget(int sharers, long maxWait) {
        this.sharers = sharers;
        this.maxWait = maxWait;
    }

    /** A call that Redis booked. */
    synchronized void note(Account account, List<Limit> limits, long at) {
        limits.forEach(limit -> line(account, limit).add(at));
    }

    /**
     * Books a call.
     *
     * @param earliest when a pause of the key ends, or now
     * @param since when Redis was lost
     */
    synchronized Grant book(Account account, List<Limit> limits, boolean orders, long now, long earliest, long since) {
        long at = Math.max(now, earliest);
        long ahead = orders ? maxWait : 0;
        Limit decisive = limits.get(0);
        for (Limit limit : limits) {
            long free = line(account, limit).free(limit, since);
            ahead = Math.max(ahead, Math.min(maxWait, spacing(limit)));
            if (free > at) {
                at = free;
                decisive = limit;
            }
        }
        boolean booked = at - now <= ahead;
        if (booked) {
            for (Limit limit : limits) {
                line(account, limit).add(at);
                line(account, limit).unsettled.add(at);
            }
        }
        return new Grant(booked, at - now, decisive.scope(), at);
    }

    /** What Redis does not know yet, relative to now; from here on it counts as told. */
    synchronized List<Booking> take(Account account, long now) {
        List<Booking> bookings = new ArrayList<>();
        lines.forEach((key, line) -> {
            if (key.startsWith(account.key() + " ")) {
                line.unsettled.forEach(at -> bookings.add(new Booking(line.limit, at - now)));
                line.unsettled.clear();
            }
        });
        return bookings;
    }

    /** Redis could not be told after all. */
    synchronized void giveBack(Account account, List<Booking> bookings, long now) {
        bookings.forEach(booking -> line(account, booking.limit()).unsettled.add(now + booking.ahead()));
    }

    private Line line(Account account, Limit limit) {
        Line line = lines.computeIfAbsent(account.key() + " " + limit.log(), key -> new Line(limit));
        line.limit = limit;
        return line;
    }

    private long spacing(Limit limit) {
        return (limit.span() * sharers + limit.calls() - 1) / limit.calls();
    }

    /** A call to be noted in Redis. */
    record Booking(Limit limit, long ahead) {}

    private final class Line {

        private Limit limit;
        private final List<Long> times = new ArrayList<>();
        private final List<Long> unsettled = new ArrayList<>();

        Line(Limit limit) {
            this.limit = limit;
        }

        /** What others did just before Redis was lost is not known here: a short window counts as full. */
        long free(Limit limit, long since) {
            long free = since + (limit.countsAsFull() ? limit.span() : spacing(limit));
            if (!times.isEmpty()) {
                free = Math.max(free, times.get(times.size() - 1) + spacing(limit));
            }
            if (times.size() >= limit.calls()) {
                free = Math.max(free, times.get(times.size() - limit.calls()) + limit.span());
            }
            return free;
        }

        void add(long at) {
            int place = times.size();
            while (place > 0 && times.get(place - 1) > at) {
                place--;
            }
            times.add(place, at);
            trim(times, at);
            trim(unsettled, at);
        }

        private void trim(List<Long> list, long at) {
            int gone = 0;
            while (gone < list.size() && list.get(gone) + limit.span() + maxWait < at) {
                gone++;
            }
            list.subList(0, gone).clear();
        }
    }
}
