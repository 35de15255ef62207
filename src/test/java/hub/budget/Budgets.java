package hub.budget;

import hub.TestDatabase;
import hub.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processes that share one Redis and one Postgres, with the rules of a partner {@code acme}. */
final class Budgets {

    static final Duration MARGIN = Duration.ofMillis(200);

    final StringRedisTemplate redis;
    final DataSource database = TestDatabase.fresh();
    private final List<BudgetRule> rules;
    private final Duration maxWait;

    /** What a test may put forward. */
    Duration ahead = Duration.ZERO;

    /** Of the youngest process. */
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    Budgets(Duration maxWait, BudgetRule... rules) {
        this(TestRedis.fresh(), maxWait, rules);
    }

    Budgets(StringRedisTemplate redis, Duration maxWait, BudgetRule... rules) {
        this.redis = redis;
        this.maxWait = maxWait;
        this.rules = List.of(rules);
    }

    CallBudgets process() {
        return process(redis);
    }

    /** One that has another way to Redis. */
    CallBudgets process(StringRedisTemplate way) {
        registry = new SimpleMeterRegistry();
        return new CallBudgets(
                way,
                database,
                Map.of("acme", rules),
                Map.of("acme", "shop"),
                new BudgetOptions(maxWait, MARGIN),
                clock(),
                registry);
    }

    /** As if the account had called long ago: nothing counts as used, and Redis has the script. */
    Budgets settled() {
        List<String> operations = rules.get(0).operations();
        book(process(), operations.isEmpty() ? "warm-up" : operations.get(0), true);
        lose();
        Map<String, String> past = Map.of("epoch", "1", "awaited", "0", "short", "0", "long", "0", "settle", "0");
        redis.opsForHash().putAll("hub:calls:acme/shop", past);
        JdbcClient.create(database).sql("delete from budget_process").update();
        return this;
    }

    void lose() {
        redis.execute((RedisConnection connection) -> {
            connection.serverCommands().flushDb();
            return true;
        });
    }

    Grant book(CallBudgets process, String operation, boolean orders) {
        Account account = process.account("acme");
        return process.book(account, operation, orders);
    }

    /** When so many calls of the catalogue are to leave, one after the other. */
    List<Long> times(CallBudgets process, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> book(process, "read", false).at())
                .toList();
    }

    static BudgetRule rule(String key, int calls, Duration window, int reserve) {
        return new BudgetRule(key, calls, window, 0, reserve, false, List.of(), null);
    }

    /** The most calls that any window holds, from its first call on. */
    static int mostIn(Duration window, List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) >= window.toMillis()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Clock.systemUTC().instant().plus(ahead);
            }
        };
    }
}
