package hub.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.data.redis.connection.zset.Aggregate;
import org.springframework.data.redis.connection.zset.Weights;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations;
import org.springframework.stereotype.Component;

/**
 * How often each search was asked, lately: counted in this process, added up in Redis once a minute. What was asked
 * half an hour ago counts half. Thread-safe.
 */
@Component
public class AskedSearches {

    static final String KEY = "hub:search:asked";

    /** Of each process between two minutes, and of all in Redis. */
    private static final int COUNTED = 1_000;

    private static final int KEPT = 200;
    private static final double FADING = 0.977; // a minute; its 30th power is a half
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final StringRedisTemplate redis;
    private final Cache<String, LongAdder> counts =
            Caffeine.newBuilder().maximumSize(COUNTED).build();

    AskedSearches(StringRedisTemplate redis) {
        this.redis = redis;
    }

    void count(String search) {
        counts.get(search, first -> new LongAdder()).increment();
    }

    /**
     * Adds what was counted here to what all processes counted. What Redis does not take is lost: it is only warmth.
     */
    public void save() {
        ZSetOperations<String, String> asked = redis.opsForZSet();
        asked.unionAndStore(KEY, List.of(), KEY, Aggregate.SUM, Weights.of(FADING));
        List.copyOf(counts.asMap().keySet()).forEach(search -> {
            LongAdder count = counts.asMap().remove(search);
            if (count != null) {
                asked.incrementScore(KEY, search, (double) count.sum());
            }
        });
        asked.removeRange(KEY, 0, -KEPT - 1);
        redis.expire(KEY, REMEMBERED);
    }

    /** Those that were asked most. */
    List<String> top(int atMost) {
        Set<String> top = redis.opsForZSet().reverseRange(KEY, 0, atMost - 1L);
        return top == null ? List.of() : List.copyOf(top);
    }
}
