package hub.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * This process's part of the budgets while Redis is away: evenly spaced calls at its share of each limit.
 *
 * <p>It remembers the process's own calls of the last window, those booked in Redis too, so that the change to it and
 * back buys no call, and so that a Redis that lost them can be told. Orders may book ahead, the catalogue only the very
 * next call. Thread-safe.
 *
 * <p>Units: milliseconds of the process's clock. Source: GCRA, ITU-T I.371, with a burst of one.
 */
final class LocalBudget {

    /** How often each process says that it lives, and whether it has lost Redis. */
    static final int BEAT = 1_000;

    /**
     * After that those who still have Redis leave this process its part: one beat to say it, one to read it, one spare.
     */
    static final int KNOWN_AFTER = 3 * BEAT;

    private final IntSupplier sharers;
    private final long maxWait;
    private final Map<String, Map<String, OwnBookings>> accounts = new HashMap<>();

    /** @param sharers how many processes take their part of a limit */
    LocalBudget(IntSupplier sharers, long maxWait) {
        this.sharers = sharers;
        this.maxWait = maxWait;
    }

    /**
     * Calls that Redis booked.
     *
     * @param settled false: it was another Redis than the one that was told last
     */
    synchronized void note(Account account, List<Limit> limits, long at, int calls, boolean settled) {
        limits.forEach(limit -> own(account, limit).add(at, calls, settled, maxWait));
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
            long spacing = spacing(limit);
            // What others did just before Redis was lost is not known here: a short window counts as full.
            long mine = since + KNOWN_AFTER + (limit.countsAsFull() ? limit.span() : spacing);
            long free = own(account, limit).after(mine, spacing);
            ahead = Math.max(ahead, Math.min(maxWait, spacing));
            if (free > at) {
                at = free;
                decisive = limit;
            }
        }
        if (at - now > ahead) {
            return Grant.refused(at - now, decisive.scope());
        }
        note(account, limits, at, 1, false);
        return new Grant(at - now, decisive.scope(), at, 1, 0);
    }

    synchronized boolean isUnsettled(Account account) {
        return of(account).values().stream().anyMatch(OwnBookings::isUnsettled);
    }

    /** What this process booked lately; from here on all of it counts as told. */
    synchronized List<OwnBookings.Told> tell(Account account, long now) {
        List<OwnBookings.Told> told = new ArrayList<>();
        of(account).values().forEach(own -> told.add(own.tell(now)));
        return told;
    }

    /** Redis could not be told after all. */
    synchronized void takeBack(Account account, List<OwnBookings.Told> told, long now) {
        told.forEach(line -> own(account, line.limit()).takeBack(line, now));
    }

    private OwnBookings own(Account account, Limit limit) {
        OwnBookings own = of(account).computeIfAbsent(limit.log(), log -> new OwnBookings(limit));
        own.limit(limit);
        return own;
    }

    private Map<String, OwnBookings> of(Account account) {
        return accounts.computeIfAbsent(account.key(), key -> new LinkedHashMap<>());
    }

    private long spacing(Limit limit) {
        return (limit.span() * sharers.getAsInt() + limit.calls() - 1) / limit.calls();
    }
}
