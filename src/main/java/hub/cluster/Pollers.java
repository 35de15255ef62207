package hub.cluster;

import hub.catalog.Leadership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * One poller per partner over all processes: an advisory lock of Postgres, held by a connection that does nothing else.
 *
 * <p>A process that dies loses its connection, and another leads within two seconds. Of one that hangs (stopped,
 * swapped out) Postgres ends the session after {@link Timing#idle}; it knows by its own monotonic clock that it led
 * until {@link Timing#sure} only, which is earlier, and what it has in hand is checked before its commit.
 *
 * <p>Camel's {@code master} component would stop the timer of a route, but not the pull that runs, and a process that
 * stands by would know nothing of the suppliers its operators ask for. Thread-safe.
 */
public final class Pollers implements Leadership, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Pollers.class);

    private final LockSession session;
    private final Timing timing;
    private final Map<String, Long> askedAt = new ConcurrentHashMap<>();
    private final Set<String> ours = ConcurrentHashMap.newKeySet();
    private volatile long aliveAt = System.nanoTime();
    private @Nullable ScheduledExecutorService looks;
    private boolean closed;

    /** @param connections new ones, of no pool: the locks live as long as theirs */
    public Pollers(DataSource connections, Timing timing) {
        this.session = new LockSession(connections, timing.idle());
        this.timing = timing;
    }

    @Override
    public boolean isOurs(String partner) {
        Long before = askedAt.put(partner, System.nanoTime());
        if (before == null || isOver(before, timing.unasked())) {
            look(); // a timer of minutes need not wait for its second tick
        }
        return leads(partner);
    }

    /** The other way round, for routes that stop there. */
    public boolean standsBy(String partner) {
        return !isOurs(partner);
    }

    @Override
    public boolean isLost(String partner) {
        Long asked = askedAt.computeIfPresent(partner, (key, before) -> System.nanoTime());
        return asked != null && !leads(partner);
    }

    @Override
    public boolean leads(String partner) {
        return ours.contains(partner) && !isOver(aliveAt, timing.sure());
    }

    private static boolean isOver(long since, Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }

    /** Says that this process lives, takes what is free and asked for, and leaves what no route asks for any more. */
    synchronized void look() {
        if (closed) {
            return;
        }
        begin();
        long now = System.nanoTime();
        try {
            List<String> unasked =
                    ours.stream().filter(partner -> !isAsked(partner)).toList();
            ours.removeAll(unasked);
            if (!unasked.isEmpty()) {
                session.give(unasked);
            }
            List<String> taken = session.take(askedAt.keySet().stream()
                    .filter(partner -> isAsked(partner) && !ours.contains(partner))
                    .toList());
            aliveAt = now;
            ours.addAll(taken);
            taken.forEach(partner -> LOG.info("{} is read by this process", partner));
        } catch (SQLException e) {
            lose(e);
        }
    }

    private boolean isAsked(String partner) {
        Long asked = askedAt.get(partner);
        return asked != null && !isOver(asked, timing.unasked());
    }

    private void lose(SQLException why) {
        session.close();
        if (!ours.isEmpty()) {
            LOG.warn(
                    "{} are not read by this process for now, its session with Postgres ended: {}",
                    ours,
                    why.getMessage());
        }
        ours.clear();
    }

    /** With the first question only: a command that reads nobody needs no session. */
    private void begin() {
        if (looks == null) {
            looks = Executors.newSingleThreadScheduledExecutor(runnable -> {
                Thread thread = new Thread(runnable, "pollers");
                thread.setDaemon(true);
                return thread;
            });
            long period = timing.look().toMillis();
            ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void destroy() {
        closed = true;
        ours.clear();
        session.close();
        if (looks != null) {
            looks.shutdownNow();
        }
    }
}
