package hub.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that are loaded while their old ones are given yet: each by one process of all, behind whoever asked.
 *
 * <p>Who loads holds a lease in Redis. It is never given back: what was loaded counts anyway, and what could not be
 * loaded is tried again when the lease ends. Thread-safe.
 */
final class Reloads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int THREADS = 2;
    private static final int WAITING = 100;

    private final SharedLayer shared;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor threads;

    Reloads(SharedLayer shared, MeterRegistry meters) {
        this.shared = shared;
        this.meters = meters;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "cache-reload");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Has {@code load} run, unless somebody was asked for the same a moment ago. */
    void once(String kind, String key, Duration atMost, Runnable load) {
        Duration lease = atMost.compareTo(LEASE) < 0 ? atMost : LEASE;
        if (!shared.claim(key + ":loading", lease)) {
            return;
        }
        try {
            threads.execute(() -> run(kind, load));
        } catch (RejectedExecutionException e) {
            count(kind, "refused"); // too many wait already, or the hub stops
        }
    }

    private void run(String kind, Runnable load) {
        try {
            load.run();
            count(kind, "ok");
        } catch (RuntimeException e) {
            count(kind, "failed");
            LOG.info(
                    "an answer of kind {} could not be loaded again, the old one is given yet: {}",
                    kind,
                    e.getMessage());
        }
    }

    private void count(String kind, String outcome) {
        meters.counter("hub.cache.reloads", "kind", kind, "outcome", outcome).increment();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
