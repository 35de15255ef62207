package hub.cache;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.unit.DataSize;

/** The caches of one process, with the options that the hub is delivered with. */
public final class TestCaches {

    private TestCaches() {}

    public static Caches open(StringRedisTemplate redis, String kind) {
        return open(redis, kind, Clock.systemUTC());
    }

    static Caches open(StringRedisTemplate redis, String kind, Clock clock) {
        return new Caches(redis, options(kind), clock, new SimpleMeterRegistry());
    }

    static CacheOptions options(String kind) {
        return new CacheOptions(
                Duration.ofMinutes(5),
                1000,
                DataSize.ofMegabytes(8),
                DataSize.ofKilobytes(512),
                DataSize.ofKilobytes(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Map.of(kind, new CacheOptions.Kind(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(5))));
    }
}
