package hub.partner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Which work of one operation failed lately and may come again, in whatever process.
 *
 * <p>Redis holds it for all processes, at most {@value #MOST} pieces of work for {@value #HOURS} hour; each also
 * remembers its own, which is all that is known while Redis is away. What another process had fail is known within a
 * second. While nothing is held there, nothing is asked for but that, once a second. Thread-safe.
 */
final class FailedWork {

    static final int MOST = 50_000;

    static final int HOURS = 1;

    private static final Duration KEEP = Duration.ofHours(HOURS);
    private static final long FRESH = 1_000;
    private static final long LEAVE_ALONE = 5_000;

    private final String key;
    private final StringRedisTemplate redis;
    private final LongSupplier clock;
    private final AtomicLong awayUntil;
    private final Cache<String, Boolean> own =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEEP).build();
    private final AtomicLong askedAt;
    private volatile boolean someShared;

    /**
     * What failed of one operation.
     *
     * @param clock milliseconds since 1970, as other processes have it
     * @param awayUntil when Redis is tried again after it did not answer; shared by all operations
     */
    FailedWork(String endpoint, StringRedisTemplate redis, LongSupplier clock, AtomicLong awayUntil) {
        this.key = "hub:failed:" + endpoint;
        this.redis = redis;
        this.clock = clock;
        this.awayUntil = awayUntil;
        this.askedAt = new AtomicLong(clock.getAsLong() - FRESH);
    }

    /** @param work its digest, asked for only when something failed lately */
    boolean knows(Supplier<String> work) {
        if (!anyFailed()) {
            return false;
        }
        String digest = work.get();
        return own.getIfPresent(digest) != null || (someShared && isShared(digest));
    }

    void add(String work) {
        own.put(work, true);
        someShared = true;
        long now = clock.getAsLong();
        ask(() -> {
            redis.opsForZSet().add(key, work, (double) now);
            redis.opsForZSet().removeRangeByScore(key, 0, (double) (now - KEEP.toMillis()));
            redis.opsForZSet().removeRange(key, 0, -MOST - 1);
            return redis.expire(key, KEEP);
        });
    }

    /** It succeeded, or was refused for good. */
    void remove(Supplier<String> work) {
        if (anyFailed()) {
            String digest = work.get();
            own.invalidate(digest);
            if (someShared) {
                ask(() -> redis.opsForZSet().remove(key, digest));
            }
        }
    }

    private boolean isShared(String digest) {
        Double failedAt = ask(() -> redis.opsForZSet().score(key, digest));
        return failedAt != null && failedAt > clock.getAsLong() - KEEP.toMillis();
    }

    private boolean anyFailed() {
        long now = clock.getAsLong();
        long last = askedAt.get();
        if (now - last >= FRESH && askedAt.compareAndSet(last, now)) {
            own.cleanUp();
            Set<String> newest = ask(() -> redis.opsForZSet().reverseRange(key, 0, 0));
            someShared = newest != null && !newest.isEmpty();
        }
        return someShared || own.estimatedSize() > 0;
    }

    private <T> @Nullable T ask(Supplier<@Nullable T> question) {
        if (clock.getAsLong() < awayUntil.get()) {
            return null;
        }
        try {
            return question.get();
        } catch (DataAccessException e) {
            awayUntil.set(clock.getAsLong() + LEAVE_ALONE);
            return null;
        }
    }
}
