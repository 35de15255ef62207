package hub.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    static Caches open(StringRedisTemplate redis, CacheOptions options, Clock clock, MeterRegistry meters) {
        return new Caches(redis, options, clock, meters);
    }

    static CacheOptions options(String kind) {
        return options(
                Map.of(
                        kind,
                        new CacheOptions.Kind(
                                Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ZERO)),
                Map.of());
    }

    /** Every kind counts for a second, and another 10 while it is loaded anew. */
    static CacheOptions shortLived(Map<String, List<String>> outdatedBy, String... kinds) {
        CacheOptions.Kind times = new CacheOptions.Kind(
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(10));
        return options(Stream.of(kinds).collect(Collectors.toMap(kind -> kind, kind -> times)), outdatedBy);
    }

    static CacheOptions options(Map<String, CacheOptions.Kind> kinds, Map<String, List<String>> outdatedBy) {
        return new CacheOptions(
                Duration.ofMinutes(5),
                1000,
                DataSize.ofMegabytes(8),
                DataSize.ofKilobytes(512),
                DataSize.ofKilobytes(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                kinds,
                outdatedBy);
    }
}
