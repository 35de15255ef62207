package hub.database;

import hub.database.DatabaseReport.Table;
import hub.database.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables that autovacuum does not get through.
 *
 * <p>A bulk rewrite leaves as many dead rows, and autovacuum needs some minutes for them: so only what looks saw for so
 * long without a gap is told. Remembered are the tables of the newest look that have many, no others. Not thread-safe.
 */
final class DeadRows {

    /** Autovacuum looks once a minute (autovacuum_naptime), and has to be done by then. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Below it a table is vacuumed in no time. */
    private static final long MANY = 10_000;

    /** Autovacuum begins at a fifth; twice that says that it is behind. */
    private static final double SHARE = 0.4;

    private Map<String, Instant> since = Map.of();

    /** What is to be told of the tables that a look saw. */
    List<Finding> in(List<Table> tables, Instant now) {
        Map<String, Instant> before = since;
        Map<String, Instant> seen = new HashMap<>();
        tables.stream()
                .filter(DeadRows::areMany)
                .forEach(table -> seen.put(table.name(), before.getOrDefault(table.name(), now)));
        since = Map.copyOf(seen);
        return tables.stream()
                .filter(table -> !seen.getOrDefault(table.name(), Instant.MAX).isAfter(now.minus(PATIENCE)))
                .map(table -> Finding.of(Kind.DEAD_ROWS, table.name(), table.dead(), table.rows()))
                .toList();
    }

    private static boolean areMany(Table table) {
        return table.dead() >= MANY && table.dead() >= (table.rows() + table.dead()) * SHARE;
    }
}
