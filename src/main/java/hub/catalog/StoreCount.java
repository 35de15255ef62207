package hub.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the transactions that stored products of a supplier, in Postgres, so that a Postgres that was set back shows:
 * to a backup, or by the last commits that a standby did not get. It then has counted less than was told outside of it.
 *
 * <p>Each of those that are under way at once has a row of its own: with one for all, each would wait for the commit
 * before it. Thread-safe.
 */
@Component
class StoreCount {

    /** Of table {@code cursor}, beside what the supplier was read to; the number of the row follows. */
    private static final String NAME = "stores-";

    private final JdbcClient jdbc;
    private final Map<String, Rows> suppliers = new ConcurrentHashMap<>();

    StoreCount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Carries out a transaction that stores products.
     *
     * @param transaction runs what it is given as its last statement
     * @throws SetBackException if as many were committed before
     */
    <T> T counting(String supplier, Function<Runnable, T> transaction) {
        Rows rows = rows(supplier);
        int row = rows.take();
        try {
            long[] count = {0};
            T result = transaction.apply(() -> count[0] = next(supplier, row));
            committed(supplier, row, count[0]);
            return result;
        } finally {
            rows.free(row);
        }
    }

    private long next(String supplier, int row) {
        long next = jdbc.sql("""
                        insert into cursor (partner, name, state) values (?, ?, '1')
                        on conflict (partner, name) do update set state = to_jsonb(cursor.state::bigint + 1), changed_at = now()
                        returning state::bigint
                        """).params(supplier, NAME + row).query(Long.class).single();
        if (next <= committed(supplier).getOrDefault(row, 0L)) {
            throw new SetBackException(supplier);
        }
        return next;
    }

    /** Postgres has committed as many in a row, as this process saw or was told. */
    void committed(String supplier, int row, long count) {
        rows(supplier).committed.merge(row, count, Math::max);
    }

    /** How many Postgres has committed as far as is known, by row. */
    Map<Integer, Long> committed(String supplier) {
        return Map.copyOf(rows(supplier).committed);
    }

    /** Whether Postgres has counted less than it had committed. */
    boolean isSetBack(String supplier) {
        Map<Integer, Long> before = committed(supplier); // read first: more may be committed meanwhile
        Map<String, Long> kept = before.isEmpty() ? Map.of() : kept(supplier);
        return before.entrySet().stream().anyMatch(row -> row.getValue() > kept.getOrDefault(NAME + row.getKey(), 0L));
    }

    private Map<String, Long> kept(String supplier) {
        Map<String, Long> kept = new HashMap<>();
        jdbc.sql("select name, state::bigint as count from cursor where partner = ? and name like 'stores-%'")
                .params(supplier)
                .query(row -> {
                    kept.put(row.getString("name"), row.getLong("count"));
                });
        return kept;
    }

    void forget(String supplier) {
        rows(supplier).committed.clear();
    }

    private Rows rows(String supplier) {
        return suppliers.computeIfAbsent(supplier, name -> new Rows());
    }

    /** As many rows as transactions were ever under way at once. */
    private static final class Rows {

        private final Map<Integer, Long> committed = new ConcurrentHashMap<>();
        private final PriorityBlockingQueue<Integer> free = new PriorityBlockingQueue<>();
        private final AtomicInteger made = new AtomicInteger();

        int take() {
            Integer row = free.poll();
            return row != null ? row : made.getAndIncrement();
        }

        void free(int row) {
            free.add(row);
        }
    }
}
