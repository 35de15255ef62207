package hub.budget;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis is there: after a failure it is left alone and tried again each second by one thread. Thread-safe. */
final class RedisPresence {

    private static final Logger LOG = LoggerFactory.getLogger(RedisPresence.class);
    private static final long PROBE_EVERY = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final Runnable probe;
    private final Clock clock;
    private final AtomicLong probeAt = new AtomicLong(NEVER);
    private volatile long awaySince;

    /** @param probe what has to succeed before Redis counts again */
    RedisPresence(Runnable probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** The answer of {@code work}; empty while Redis is away. */
    <T> Optional<T> whileThere(Supplier<T> work) {
        try {
            return isThere() ? Optional.of(work.get()) : Optional.empty();
        } catch (RedisAwayException e) {
            lost(e);
            return Optional.empty();
        }
    }

    /** When Redis was lost, by the process's clock. */
    long awaySince() {
        return awaySince;
    }

    private boolean isThere() {
        long due = probeAt.get();
        if (due == NEVER) {
            return true;
        }
        long now = clock.millis();
        if (now < due || !probeAt.compareAndSet(due, now + PROBE_EVERY)) {
            return false;
        }
        probe.run();
        probeAt.set(NEVER);
        LOG.info("Redis is back: call budgets are shared again");
        return true;
    }

    private void lost(RedisAwayException e) {
        long now = clock.millis();
        if (probeAt.getAndSet(now + PROBE_EVERY) == NEVER) {
            awaySince = now;
            LOG.warn("Redis is away: call budgets fall to this process's share of each limit", e.getCause());
        }
    }
}
