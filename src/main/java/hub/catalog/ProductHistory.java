package hub.catalog;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Earlier prices and stocks of products, month by month; {@link ProductStore} writes them with each change. */
@Component
public class ProductHistory {

    private static final List<String> TABLES = List.of("price_history", "stock_history");

    private final JdbcTemplate jdbc;
    private final HistoryOptions options;

    ProductHistory(JdbcTemplate jdbc, HistoryOptions options) {
        this.jdbc = jdbc;
        this.options = options;
    }

    /** Makes the months that the next quarter's changes go to. */
    public void makePartitions() {
        TABLES.forEach(table -> jdbc.query("select make_history_partitions(?)", row -> {}, table));
    }

    /** Detaches the months that are older than is kept; they stay as tables of their own. Answers their names. */
    public List<String> retirePartitions() {
        String keep = options.keep().toSeconds() + " seconds";
        return TABLES.stream()
                .flatMap(
                        table -> jdbc
                                .queryForList(
                                        "select retire_history_partitions(?, ?::interval)", String.class, table, keep)
                                .stream())
                .toList();
    }
}
