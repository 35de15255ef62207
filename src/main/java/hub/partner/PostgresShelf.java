package hub.partner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * In the table {@code shared_token}, by the clock of Postgres. A statement is a transaction of its own. Thread-safe.
 *
 * <p>Postgres that does not answer costs a connection-timeout, and is left alone for a while then.
 */
final class PostgresShelf implements TokenShelf {

    private static final String END = "clock_timestamp() + ? * interval '1 ms'";
    private static final long LEFT_ALONE = TimeUnit.SECONDS.toNanos(30);

    private final JdbcTemplate jdbc;
    private final AtomicLong awayUntil = new AtomicLong(System.nanoTime());

    PostgresShelf(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<List<@Nullable String>> get(List<String> keys) {
        return asked(() -> {
            Map<String, String> found = new HashMap<>();
            jdbc.query(
                    "select key, value from shared_token where key = any (?) and until > clock_timestamp()",
                    row -> {
                        found.put(row.getString(1), row.getString(2));
                    },
                    (Object) keys.toArray(String[]::new));
            List<@Nullable String> values = new ArrayList<>();
            keys.forEach(key -> values.add(found.get(key)));
            return values;
        });
    }

    @Override
    public Optional<Boolean> add(String key, String value, Duration life) {
        return changed(
                "insert into shared_token as t (key, value, until) values (?, ?, " + END + ") on conflict (key) do"
                        + " update set value = excluded.value, until = excluded.until"
                        + " where t.until <= clock_timestamp()",
                key,
                value,
                life.toMillis());
    }

    @Override
    public Optional<Boolean> set(String key, String value, Duration life) {
        return changed(
                "insert into shared_token (key, value, until) values (?, ?, " + END + ") on conflict (key) do"
                        + " update set value = excluded.value, until = excluded.until",
                key,
                value,
                life.toMillis());
    }

    @Override
    public Optional<Boolean> replace(String key, String before, String value, Duration life) {
        return changed(
                "update shared_token set value = ?, until = " + END + " where key = ? and value = ?",
                value,
                life.toMillis(),
                key,
                before);
    }

    @Override
    public Optional<Boolean> remove(String key, String value) {
        return changed("delete from shared_token where key = ? and value = ?", key, value);
    }

    private Optional<Boolean> changed(String sql, Object... arguments) {
        return asked(() -> jdbc.update(sql, arguments) > 0);
    }

    private <T> Optional<T> asked(Supplier<@Nullable T> question) {
        if (System.nanoTime() - awayUntil.get() < 0) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.get());
        } catch (DataAccessException | TransactionException e) {
            awayUntil.set(System.nanoTime() + LEFT_ALONE);
            return Optional.empty();
        }
    }
}
