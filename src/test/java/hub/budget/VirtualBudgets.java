package hub.budget;

import hub.TestDatabase;
import hub.TestRedis;
import hub.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The budgets of several processes over one real Redis and one real Postgres, all three of whom take the time from a
 * {@link VirtualTime}: the script gets it with each call in place of Redis' own, Postgres has a {@code now()} of ours.
 */
public final class VirtualBudgets {

    private static final String CLOCK = "redis.call('TIME')";
    private static final String OURS = "local ours = tonumber(table.remove(ARGV))\n";

    private final VirtualTime time;
    private final StringRedisTemplate real = TestRedis.fresh();
    private final StringRedisTemplate redis;
    private final SingleConnectionDataSource database;
    private final Map<String, String> ours = new HashMap<>();

    public VirtualBudgets(VirtualTime time) throws SQLException {
        this.time = time;
        this.redis = onOurTime(real);
        Connection connection = TestDatabase.fresh().getConnection();
        this.database = new SingleConnectionDataSource(connection, true) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection one = super.getConnection();
                try (var set = one.prepareStatement("select set_config('day.now', ?, false)")) {
                    set.setString(1, Long.toString(time.millis()));
                    set.execute();
                }
                return one;
            }
        };
        JdbcClient jdbc = JdbcClient.create(database);
        for (String line : List.of(
                "create schema day",
                "create function day.now() returns timestamptz language sql volatile as"
                        + " 'select to_timestamp(current_setting(''day.now'')::numeric / 1000)'",
                "alter table budget_process alter seen_at set default day.now(), alter joined_at set default day.now()",
                "set search_path = day, public, pg_catalog")) {
            jdbc.sql(line).update();
        }
    }

    /** A process. */
    public CallBudgets process(String partner, List<BudgetRule> rules, BudgetOptions options) {
        return new CallBudgets(
                redis,
                database,
                Map.of(partner, rules),
                Map.of(),
                options,
                time,
                time::millis,
                new SimpleMeterRegistry());
    }

    /** What {@link BudgetBeat} does each second. */
    public static void beat(CallBudgets budgets) {
        budgets.beat();
    }

    /** What {@link BudgetBeat} does each 300 ms. */
    public static void catchUp(CallBudgets budgets) {
        budgets.catchUp();
    }

    public void flush() {
        real.execute((RedisConnection connection) -> {
            connection.serverCommands().flushDb();
            return true;
        });
    }

    private StringRedisTemplate onOurTime(StringRedisTemplate template) {
        return new StringRedisTemplate(template.getRequiredConnectionFactory()) {
            @Override
            public <T> T execute(RedisCallback<T> action) {
                return super.execute((RedisCallback<T>) connection -> action.doInRedis(proxy(
                        RedisConnection.class,
                        connection,
                        (name, result, arguments) -> name.equals("scriptingCommands")
                                ? scripting(connection.scriptingCommands())
                                : result.get())));
            }
        };
    }

    private RedisScriptingCommands scripting(RedisScriptingCommands commands) {
        return proxy(RedisScriptingCommands.class, commands, (name, result, arguments) -> {
            int last = arguments.length - 1;
            byte[][] all = (byte[][]) arguments[last];
            byte[][] timed = Arrays.copyOf(all, all.length + 1);
            timed[all.length] = Long.toString(time.millis()).getBytes(StandardCharsets.UTF_8);
            arguments[last] = timed;
            if (name.equals("eval")) {
                String text = OURS
                        + new String((byte[]) arguments[0], StandardCharsets.UTF_8)
                                .replace(CLOCK, "{ math.floor(ours / 1000), (ours % 1000) * 1000 }");
                arguments[0] = text.getBytes(StandardCharsets.UTF_8);
                ours.put("sha", commands.scriptLoad((byte[]) arguments[0]));
            } else {
                arguments[0] = ours.getOrDefault("sha", "0".repeat(40));
            }
            return result.get();
        });
    }

    private interface Around {
        Object call(String name, Result result, Object[] arguments) throws Throwable;
    }

    private interface Result {
        Object get() throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return around.call(method.getName(), () -> method.invoke(target, arguments), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
