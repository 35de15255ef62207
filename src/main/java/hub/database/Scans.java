package hub.database;

import com.fasterxml.jackson.databind.JsonNode;
import hub.database.Finding.Kind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads of a whole table, and the index that would spare one. */
@Component
class Scans {

    /** A larger share of a table is read faster as a whole. */
    private static final double SELECTIVE = 0.2;

    /** Processes that share a parallel read, each of which is given its part of the rows. */
    private static final int AT_ONCE = 3;

    private static final int MOST_COLUMNS = 3;
    private static final String RANGE = "<|>|<=|>=";

    private static final String TABLE = """
            select greatest(c.reltuples, 0)::bigint, coalesce(pg_partition_root(c.oid), c.oid)::regclass::text,
              array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0),
              array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = c.oid and i.indisvalid and i.indpred is null)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?
            """;

    private final long large;

    Scans(DatabaseOptions options) {
        this.large = options.largeTable();
    }

    /** @param leading columns that an index begins with */
    private record Table(long rows, String name, Set<String> columns, Set<String> leading) {}

    /**
     * What to do about a step of a plan.
     *
     * @param slow whether it belongs to a slow statement
     */
    Optional<Finding> advice(JdbcTemplate asked, JsonNode step, boolean slow) {
        if (!step.path("Node Type").asText().equals("Seq Scan")) {
            return Optional.empty();
        }
        return asked
                .query(
                        TABLE,
                        (row, number) -> table(row),
                        step.path("Schema").asText(),
                        step.path("Relation Name").asText())
                .stream()
                .filter(table -> table.rows() >= large)
                .findFirst()
                .flatMap(table -> advice(table, step, slow));
    }

    private static Optional<Finding> advice(Table table, JsonNode step, boolean slow) {
        // What a text compares with is no column, whatever it spells.
        String filter = step.path("Filter").asText().replaceAll("'(?:[^']|'')*'", "''");
        List<String> columns = columns(filter, step.path("Alias").asText(), table.columns());
        boolean indexed = !columns.isEmpty() && table.leading().contains(columns.get(0));
        if (!columns.isEmpty() && !indexed && isSelective(step, table.rows())) {
            String names = String.join(", ", columns);
            return Optional.of(Finding.of(Kind.MISSING_INDEX, table.name(), table.rows(), names));
        }
        return slow ? Optional.of(Finding.of(Kind.WHOLE_TABLE, table.name(), table.rows(), filter)) : Optional.empty();
    }

    private static boolean isSelective(JsonNode step, long rows) {
        int processes = step.path("Parallel Aware").asBoolean() ? AT_ONCE : 1;
        return step.path("Plan Rows").asDouble() * processes <= rows * SELECTIVE;
    }

    /** Those that are compared as they are, what they must equal before what they are above or below. */
    private static List<String> columns(String filter, String alias, Set<String> of) {
        if (filter.contains(" OR ")) {
            return List.of(); // one index would not do
        }
        Set<String> found = new LinkedHashSet<>(compared(filter, alias, "="));
        found.addAll(compared(filter, alias, RANGE));
        return found.stream().filter(of::contains).limit(MOST_COLUMNS).toList();
    }

    private static List<String> compared(String filter, String alias, String operators) {
        Matcher comparison = Pattern.compile("(?<![\\w\"])\\(" + Pattern.quote(alias)
                        + "\\.(\"[^\"]+\"|[\\w$]+)\\)?(?:::[a-z ]+)? (?:" + operators + ") ")
                .matcher(filter);
        List<String> columns = new ArrayList<>();
        while (comparison.find()) {
            columns.add(comparison.group(1).replace("\"", ""));
        }
        return columns;
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(row.getLong(1), row.getString(2), names(row.getArray(3)), names(row.getArray(4)));
    }

    private static Set<String> names(Array array) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
