package hub.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the transactions that stored products of a supplier, in Postgres, so that a Postgres that was set back shows:
 * to a backup, or by the last commits that a standby did not get. It then has counted less than was told outside of it.
 * Thread-safe.
 */
@Component
class StoreCount {

    /** Of table {@code cursor}, beside what the supplier was read to. */
    private static final String NAME = "stores";

    private final JdbcClient jdbc;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();

    StoreCount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts one more, in the caller's transaction and best as its last statement: the next waits for its commit, so
     * they are committed in this order.
     *
     * @throws SetBackException if as many were committed before
     */
    long next(String supplier) {
        long next = jdbc.sql("""
                        insert into cursor (partner, name, state) values (?, ?, '1')
                        on conflict (partner, name) do update set state = to_jsonb(cursor.state::bigint + 1), changed_at = now()
                        returning state::bigint
                        """).params(supplier, NAME).query(Long.class).single();
        if (next <= committed.getOrDefault(supplier, 0L)) {
            throw new SetBackException(supplier);
        }
        return next;
    }

    /** Postgres has committed as many, as this process saw or was told. */
    void committed(String supplier, long count) {
        committed.merge(supplier, count, Math::max);
    }

    Optional<Long> committed(String supplier) {
        return Optional.ofNullable(committed.get(supplier));
    }

    /** Whether Postgres has counted less than it had committed. */
    boolean isSetBack(String supplier) {
        Long before = committed.get(supplier); // read first: more may be committed meanwhile
        return before != null && before > kept(supplier);
    }

    private long kept(String supplier) {
        return jdbc.sql("select state::bigint from cursor where partner = ? and name = ?")
                .params(supplier, NAME)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    void forget(String supplier) {
        committed.remove(supplier);
    }
}
