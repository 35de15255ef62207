package hub.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStringCommands.SetOption;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.types.Expiration;

/** Redis, which may be away: then it is left alone for a second, and nothing is found. Thread-safe. */
final class SharedLayer {

    private static final Logger LOG = LoggerFactory.getLogger(SharedLayer.class);
    private static final long LEFT_ALONE = TimeUnit.SECONDS.toNanos(1);
    private static final long THERE = 0;

    private final StringRedisTemplate redis;
    private final LongSupplier nanoClock;
    private final AtomicLong lostAt = new AtomicLong(THERE);
    private final AtomicBoolean back = new AtomicBoolean();

    SharedLayer(StringRedisTemplate redis, LongSupplier nanoClock) {
        this.redis = redis;
        this.nanoClock = nanoClock;
    }

    boolean isThere() {
        return lostAt.get() == THERE;
    }

    Optional<byte[]> read(String key) {
        return ask(connection -> connection.stringCommands().get(bytes(key)));
    }

    boolean write(String key, byte[] value, Duration ttl) {
        return ask(connection -> set(connection, key, value, ttl, SetOption.upsert()))
                .isPresent();
    }

    /** Whether {@code key} was nobody's; it is the caller's for a while then. */
    boolean claim(String key, Duration ttl) {
        return ask(connection -> set(connection, key, bytes(""), ttl, SetOption.ifAbsent()))
                .orElse(false);
    }

    /** A Redis that is full takes no value, but lets go of one: then nobody can believe the old one. */
    boolean writeOrRemove(String key, byte[] value, Duration ttl) {
        return ask(connection -> {
                    try {
                        return set(connection, key, value, ttl, SetOption.upsert());
                    } catch (DataAccessException e) {
                        connection.keyCommands().del(bytes(key));
                        throw e;
                    }
                })
                .isPresent();
    }

    /** Whether Redis came back since this was asked last: it may have forgotten, or remember what was outdated. */
    boolean cameBack() {
        return back.getAndSet(false);
    }

    /** The values of {@code keys}; one that has none gets {@code otherwise}. Empty while Redis is away. */
    Optional<List<String>> readOrCreate(List<String> keys, String otherwise, Duration ttl) {
        return ask(connection -> {
            List<byte[]> found = mGet(connection, keys);
            if (found.contains(null)) {
                keys.forEach(key -> set(connection, key, bytes(otherwise), ttl, SetOption.ifAbsent()));
                found = mGet(connection, keys);
            }
            return found.contains(null)
                    ? null
                    : found.stream()
                            .map(value -> new String(value, StandardCharsets.UTF_8))
                            .toList();
        });
    }

    private static List<byte[]> mGet(RedisConnection connection, List<String> keys) {
        List<byte[]> found = connection
                .stringCommands()
                .mGet(keys.stream().map(SharedLayer::bytes).toArray(byte[][]::new));
        return found == null ? List.of() : found;
    }

    private static @Nullable Boolean set(
            RedisConnection connection, String key, byte[] value, Duration ttl, SetOption option) {
        return connection
                .stringCommands()
                .set(bytes(key), value, Expiration.milliseconds(Math.max(1, ttl.toMillis())), option);
    }

    private <T> Optional<T> ask(RedisCallback<@Nullable T> call) {
        if (!isDue()) {
            return Optional.empty();
        }
        try {
            Optional<T> answer = Optional.ofNullable(redis.execute(call));
            if (lostAt.getAndSet(THERE) != THERE) {
                back.set(true);
                LOG.info("Redis is back: cached answers are shared again");
            }
            return answer;
        } catch (DataAccessException | IllegalStateException e) {
            if (lostAt.getAndSet(Math.max(1, nanoClock.getAsLong())) == THERE) {
                LOG.warn(
                        "Redis is away ({}): answers are cached in this process only, for a short time",
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** One caller a second tries. */
    private boolean isDue() {
        long lost = lostAt.get();
        long now = Math.max(1, nanoClock.getAsLong());
        return lost == THERE || (now - lost >= LEFT_ALONE && lostAt.compareAndSet(lost, now));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
