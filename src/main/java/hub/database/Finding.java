package hub.database;

import java.util.List;

/**
 * Something to be done about the database.
 *
 * @param values what the sentence on it names, in its order
 */
public record Finding(Kind kind, List<String> values) {

    /** What can be found; the worst first. */
    public enum Kind {
        /** Rows fell outside every month of a partitioned table. */
        DEFAULT_ROWS("default-rows"),
        /** An index that Postgres keeps up but never reads. */
        INVALID_INDEX("invalid-index"),
        /** A statement reads a large table to keep few of its rows. */
        MISSING_INDEX("missing-index"),
        /** A slow statement reads a large table, and no plain index would help. */
        WHOLE_TABLE("whole-table"),
        /** A statement is slow and called often. */
        SLOW_STATEMENT("slow-statement"),
        /** A table holds many dead rows. */
        DEAD_ROWS("dead-rows"),
        /** Callers wait for a connection of the pool. */
        POOL_WAITS("pool-waits"),
        /** An index that nothing reads. */
        UNUSED_INDEX("unused-index"),
        /** The server does not count statements. */
        NOT_COUNTED("not-counted"),
        /** The server counts statements, but its extension is missing in this database. */
        NO_EXTENSION("no-extension"),
        /** The server is too old to plan a statement without its values. */
        NO_PLANS("no-plans");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As meters, messages and the API name it. */
        public String label() {
            return label;
        }
    }

    /** What it is about, whatever the numbers are by now. */
    String subject() {
        return kind.label() + ' ' + (values.isEmpty() ? "" : values.get(0));
    }

    static Finding of(Kind kind, Object... values) {
        return new Finding(kind, List.of(values).stream().map(String::valueOf).toList());
    }
}
