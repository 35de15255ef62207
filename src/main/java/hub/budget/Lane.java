package hub.budget;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows about the next call of one operation without asking Redis: calls it took at once, and until
 * when it would be refused.
 *
 * <p>Several calls are taken only while calls follow each other closely, twice as many each time, as many as were made
 * when not all were, and enough for everybody who waits; they are given up when they were not made in time. One caller
 * asks, the others wait for its answer. Thread-safe. Units: milliseconds of a monotonic clock.
 */
final class Lane {

    private static final long CLOSELY = 5;

    /** Another process may have learnt that more is allowed. */
    private static final long LONGEST_REFUSAL = 250;

    private static final long SHORTEST_REFUSAL = 5;

    private final ReentrantLock one = new ReentrantLock();
    private final LongSupplier clock;
    private final int atOnce;
    private final long hold;
    private final long maxWait;

    private volatile Taken taken = Taken.NOTHING;
    private int wanted = 1;
    private long askedAt = Long.MIN_VALUE / 2;
    private String refusedBy = "";
    private long refusedUntil = Long.MIN_VALUE / 2;
    private long freeAt;

    Lane(OperationLimits limits, long maxWait, LongSupplier clock) {
        this.atOnce = limits.atOnce();
        this.hold = limits.hold();
        this.maxWait = maxWait;
        this.clock = clock;
    }

    /** Calls that were taken and not made. */
    interface GiveBack {
        void calls(Grant taken, int calls);
    }

    /** Calls that were taken at once: whoever finds one left makes it, without waiting for those who ask. */
    private record Taken(Grant grant, long until, AtomicInteger left) {

        static final Taken NOTHING = new Taken(Grant.refused(0, ""), Long.MIN_VALUE / 2, new AtomicInteger());

        boolean use(long now) {
            return now < until && left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0;
        }

        int giveUp() {
            return left.getAndSet(0);
        }
    }

    /**
     * Books the next call.
     *
     * @param ask books so many calls in Redis, or one
     */
    Grant book(IntFunction<Grant> ask, GiveBack giveBack) {
        Taken ahead = taken;
        if (ahead.use(clock.getAsLong())) {
            return ahead.grant();
        }
        one.lock();
        try {
            long now = clock.getAsLong();
            Grant known = known(now);
            if (known != null) {
                return known;
            }
            wanted = next(now, forget(giveBack));
            Grant grant = ask.apply(wanted);
            askedAt = clock.getAsLong();
            remember(grant, now);
            return grant;
        } finally {
            one.unlock();
        }
    }

    /** Whatever is known does not hold any more, such as when the key was paused. */
    void reset(GiveBack giveBack) {
        one.lock();
        try {
            forget(giveBack);
            refusedUntil = Long.MIN_VALUE / 2;
        } finally {
            one.unlock();
        }
    }

    private @Nullable Grant known(long now) {
        Taken ahead = taken;
        if (ahead.use(now)) {
            return ahead.grant();
        }
        return now < refusedUntil ? Grant.refused(freeAt - now, refusedBy) : null;
    }

    private void remember(Grant grant, long now) {
        if (grant.calls() > 1) {
            taken = new Taken(grant, now + hold, new AtomicInteger(grant.calls() - 1));
        } else if (!grant.booked()) {
            refusedBy = grant.key();
            freeAt = askedAt + grant.delay();
            long certain = Math.max(SHORTEST_REFUSAL, grant.delay() - maxWait);
            refusedUntil = askedAt + Math.min(LONGEST_REFUSAL, Math.min(certain, grant.delay()));
        }
    }

    /** How many of the last were not made. */
    private int forget(GiveBack giveBack) {
        Taken given = taken;
        int unused = given.giveUp();
        if (unused > 0) {
            giveBack.calls(given.grant(), unused);
        }
        return unused;
    }

    private int next(long now, int unused) {
        boolean closely = now - askedAt <= CLOSELY || now - taken.until() <= hold;
        int following = unused > 0 ? taken.grant().calls() - unused : wanted * 2;
        return Math.min(atOnce, Math.max(closely ? following : 1, waiting()));
    }

    /** This caller and those behind it. */
    private int waiting() {
        return one.getQueueLength() + 1;
    }
}
