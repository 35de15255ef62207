package hub.partner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** In Redis, which may be away at any time. Thread-safe. */
record RedisShelf(StringRedisTemplate redis) implements TokenShelf {

    private static final RedisScript<Boolean> REMOVE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0",
            Boolean.class);
    private static final RedisScript<Boolean> REPLACE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1"
                    + " end return 0",
            Boolean.class);

    @Override
    public Optional<List<@Nullable String>> get(List<String> keys) {
        return asked(() -> redis.opsForValue().multiGet(keys));
    }

    @Override
    public Optional<Boolean> add(String key, String value, Duration life) {
        return asked(() -> redis.opsForValue().setIfAbsent(key, value, life));
    }

    @Override
    public Optional<Boolean> set(String key, String value, Duration life) {
        return asked(() -> {
            redis.opsForValue().set(key, value, life);
            return true;
        });
    }

    @Override
    public Optional<Boolean> replace(String key, String before, String value, Duration life) {
        return asked(() -> redis.execute(REPLACE, List.of(key), before, value, Long.toString(life.toMillis())));
    }

    @Override
    public Optional<Boolean> remove(String key, String value) {
        return asked(() -> redis.execute(REMOVE, List.of(key), value));
    }

    private static <T> Optional<T> asked(Supplier<@Nullable T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (DataAccessException | IllegalStateException e) { // the latter from connections that are being closed
            return Optional.empty();
        }
    }
}
