package hub.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Every kind of answers that is kept. Thread-safe. */
@Component
public class Caches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Caches.class);

    private final Map<String, AnswerCache> caches = new TreeMap<>();
    private final TagVersions versions;
    private final Reloads reloads;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cache-beat");
        thread.setDaemon(true);
        return thread;
    });

    public Caches(StringRedisTemplate redis, CacheOptions options, Clock clock, MeterRegistry meters) {
        SharedLayer shared = new SharedLayer(redis, System::nanoTime);
        this.versions = new TagVersions(shared, System::nanoTime, options.recheck());
        this.reloads = new Reloads(shared, meters);
        options.kinds()
                .keySet()
                .forEach(kind ->
                        caches.put(kind, new AnswerCache(kind, options, shared, versions, reloads, clock, meters)));
        long every = options.recheck().toMillis();
        versions.bumpAll(); // what a process of before died with was never told
        tell();
        ScheduledFuture<?> unused = beat.scheduleWithFixedDelay(this::tell, every, every, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        asked.set(false);
        try {
            versions.tellUntold();
        } catch (RuntimeException e) { // one that is thrown on would end the beat for ever
            LOG.warn("what is outdated could not be told to Redis ({}); it is told again", e.getMessage());
        }
    }

    /**
     * The cache of a kind.
     *
     * @throws IllegalArgumentException if {@code hub.cache.kinds} does not name it
     */
    public AnswerCache of(String kind) {
        AnswerCache cache = caches.get(kind);
        if (cache == null) {
            throw new IllegalArgumentException(
                    "hub.cache.kinds." + kind + " is missing; give it ttl, nothing-ttl, stale");
        }
        return cache;
    }

    /**
     * Outdates every answer that depends on the tag: in this process at once, in every other within a second. Waits for
     * nobody: a commit that tells it holds a connection.
     */
    public void invalidate(String tag) {
        versions.bump(tag);
        if (asked.compareAndSet(false, true)) { // however many commits come, one task waits
            try {
                beat.execute(this::tell);
            } catch (RejectedExecutionException e) {
                LOG.debug("the hub stops; who starts outdates everything");
            }
        }
    }

    public List<CacheView> views() {
        return caches.values().stream().map(AnswerCache::view).toList();
    }

    @Override
    public void close() {
        beat.shutdownNow();
        reloads.close();
    }
}
