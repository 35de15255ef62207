package hub.budget;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Budget decisions in a second, against a Redis and a Postgres that run already; {@code bench/decisions.sh} starts it.
 *
 * <p>Large: a limit that is never reached. Small: 100 in 10 s, so nearly every decision is a refusal. Alone: a limit
 * too small to take calls at once and never reached, so every decision asks Redis.
 */
public final class DecisionsBench {

    private static final long SECONDS = 5;

    private DecisionsBench() {}

    /** Arguments: port of Redis, JDBC address, user, password. */
    public static void main(String[] args) throws Exception {
        StringRedisTemplate redis = redis(Integer.parseInt(args[0]));
        DataSource database = database(args[1], args[2], args[3]);
        Map<String, List<BudgetRule>> rules = Map.of(
                "large", List.of(rule(1_000_000, Duration.ofSeconds(1), 0)),
                "small", List.of(rule(100, Duration.ofSeconds(10), 0)),
                "alone", List.of(rule(1_000_000, Duration.ofSeconds(1), 999_999)));
        CallBudgets budgets = new CallBudgets(
                redis,
                database,
                rules,
                Map.of(),
                new BudgetOptions(Duration.ZERO, Duration.ofMillis(200)),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        for (String partner : List.of("large", "small", "alone")) {
            for (int threads : new int[] {1, 8}) {
                measure(budgets, partner, threads, 2); // warm
                System.out.printf(
                        "%s %d threads: %,d decisions/s%n",
                        partner, threads, measure(budgets, partner, threads, SECONDS));
            }
        }
        System.exit(0);
    }

    private static long measure(CallBudgets budgets, String partner, int threads, long seconds) throws Exception {
        LongAdder decisions = new LongAdder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            pool.execute(() -> {
                while (System.nanoTime() < end) {
                    decide(budgets, partner);
                    decisions.increment();
                }
            });
        }
        pool.shutdown();
        if (!pool.awaitTermination(seconds + 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(partner + " does not end");
        }
        return decisions.sum() / seconds;
    }

    private static void decide(CallBudgets budgets, String partner) {
        try {
            budgets.spend(partner, "read", CallBudgets.ORDERS);
        } catch (BudgetSpentException e) {
            // a refusal is a decision too
        }
    }

    private static BudgetRule rule(int calls, Duration window, int reserve) {
        return new BudgetRule("account", calls, window, 0, reserve, false, List.of(), null);
    }

    private static StringRedisTemplate redis(int port) {
        RedisStandaloneConfiguration where = new RedisStandaloneConfiguration("127.0.0.1", port);
        where.setDatabase(4);
        LettuceConnectionFactory connections = new LettuceConnectionFactory(where);
        connections.afterPropertiesSet();
        connections.start();
        return new StringRedisTemplate(connections);
    }

    private static DataSource database(String url, String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        return database;
    }
}
