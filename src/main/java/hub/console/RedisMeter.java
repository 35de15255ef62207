package hub.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** {@code hub_redis_up}: whether Redis answers a scrape, 1 or 0; asked within {@code spring.data.redis.timeout}. */
@Component
class RedisMeter {

    private static final RedisCallback<String> PING = connection -> connection.ping();

    RedisMeter(StringRedisTemplate redis, MeterRegistry registry) {
        Gauge.builder("hub.redis.up", redis, RedisMeter::up)
                .description("1 while Redis answers; without it each process keeps to its share of the budgets")
                .register(registry);
    }

    private static double up(StringRedisTemplate redis) {
        try {
            return redis.execute(PING) == null ? 0 : 1;
        } catch (RuntimeException e) { // whatever keeps it from answering is what is measured
            return 0;
        }
    }
}
