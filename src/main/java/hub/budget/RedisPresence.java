package hub.budget;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis is there: after a failure it is left alone; the pulse of the process tries it again each second, no
 * caller waits for that. Thread-safe.
 *
 * <p>One answer that does not come in time is no failure yet: a Redis that writes its snapshot, or a processor that was
 * busy elsewhere, is asked once more at once. So a caller waits at most twice the time-out of a command, and only as
 * long as nobody else found Redis away.
 */
final class RedisPresence {

    private static final Logger LOG = LoggerFactory.getLogger(RedisPresence.class);
    private static final long PROBE_EVERY = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final LongConsumer probe;
    private final Clock clock;
    private final AtomicLong probeAt = new AtomicLong(NEVER);
    private volatile long awaySince;

    /** @param probe what has to succeed before Redis counts again; gets the milliseconds since it was lost */
    RedisPresence(LongConsumer probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /**
     * The answer of {@code work}; empty while Redis is away.
     *
     * @param work may be carried out twice: what is booked twice is a call not made, never one too many
     */
    <T> Optional<T> whileThere(Supplier<T> work) {
        return onceWhileThere(() -> {
            try {
                return work.get();
            } catch (RedisAwayException e) {
                if (!e.isLate() || probeAt.get() != NEVER) {
                    throw e;
                }
                return work.get();
            }
        });
    }

    /** Like {@link #whileThere}, for work that must not be carried out twice. */
    <T> Optional<T> onceWhileThere(Supplier<T> work) {
        try {
            return isAway() ? Optional.empty() : Optional.of(work.get());
        } catch (RedisAwayException e) {
            lost(e);
            return Optional.empty();
        }
    }

    boolean isAway() {
        return probeAt.get() != NEVER;
    }

    /** When Redis was lost, by the process's clock. */
    long awaySince() {
        return awaySince;
    }

    /** Tries a Redis that is away again, if it is time to; for one thread, which may have to wait for it. */
    void tryAgain() {
        long now = clock.millis();
        long due = probeAt.get();
        if (due == NEVER || now < due) {
            return;
        }
        try {
            probe.accept(now - awaySince);
            probeAt.set(NEVER);
            LOG.info("Redis is back: call budgets are shared again");
        } catch (RedisAwayException e) {
            lost(e);
        }
    }

    private void lost(RedisAwayException e) {
        long now = clock.millis();
        if (probeAt.getAndSet(now + PROBE_EVERY) == NEVER) {
            awaySince = now;
            LOG.warn("Redis is away: call budgets fall to this process's share of each limit", e.getCause());
        }
    }
}
