package hub.catalog.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds products page by page; a page costs the same however far behind it lies. Thread-safe. */
@Component
public class ProductSearch {

    /** The names of what may be given. */
    public static final List<String> PARAMETERS =
            List.of("supplier", "category", "status", "price_min", "price_max", "q", "sort", "after", "limit");

    /** What a page depends on that is not of one supplier. */
    public static final String ALL = "products";

    /** What a page depends on that was found by a name. */
    public static final String NAMES = "names";

    // A range may hold one product or all: the plan has to be made for what is asked, not once for all that may be.
    private static final String SETTINGS =
            "select set_config('statement_timeout', ?, true), set_config('plan_cache_mode', 'force_custom_plan', true)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate reading;
    private final Duration timeout;

    public ProductSearch(DataSource database, SearchOptions options) {
        this.jdbc = new JdbcTemplate(database);
        this.reading = new TransactionTemplate(new JdbcTransactionManager(database));
        reading.setReadOnly(true);
        this.timeout = options.timeout();
    }

    /**
     * One page.
     *
     * @param given the parameters as they came, each with its values
     * @throws SearchRefusedException if they cannot be answered
     * @throws DataAccessException if Postgres cannot be reached, or takes longer than {@link SearchOptions#timeout()}
     */
    public FoundPage find(Map<String, List<String>> given) {
        ProductQuery query = ProductQuery.read(given);
        List<Found> found = Objects.requireNonNull(reading.execute(transaction -> found(new ProductStatement(query))));
        if (found.size() <= query.limit()) {
            return new FoundPage(found, null);
        }
        List<Found> items = List.copyOf(found.subList(0, query.limit()));
        return new FoundPage(
                items, Mark.of(query.sort(), items.get(items.size() - 1)).text());
    }

    /** What a page of one supplier depends on. */
    public static String tag(String supplier) {
        return "supplier:" + supplier;
    }

    /**
     * What the answer to {@code given} depends on.
     *
     * @throws SearchRefusedException if there is none
     */
    public static List<String> tags(Map<String, List<String>> given) {
        ProductQuery query = ProductQuery.read(given);
        String supplier = query.supplier();
        String products = supplier == null ? ALL : tag(supplier);
        return query.q() == null ? List.of(products) : List.of(products, NAMES);
    }

    private List<Found> found(ProductStatement statement) {
        jdbc.query(SETTINGS, row -> {}, String.valueOf(timeout.toMillis()));
        return jdbc.query(statement.sql(), ProductSearch::found, statement.values());
    }

    static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, Long.class),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }
}
