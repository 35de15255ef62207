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

    /**
     * Takes months out that are older than is kept. They stay as tables of their own for one more month, to be copied
     * away, and are dropped then.
     */
    public void retirePartitions() {
        String keep = options.keep().toSeconds() + " seconds";
        TABLES.forEach(table -> jdbc.query("select retire_history_partitions(?, ?::interval)", row -> {}, table, keep));
    }
}
