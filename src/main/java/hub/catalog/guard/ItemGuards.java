package hub.catalog.guard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.catalog.ContentText;
import hub.catalog.Product;
import hub.catalog.Stock;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps back the news of an item that became much dearer or cheaper at once, or another product under its old number.
 *
 * <p>What was known stays, with two exceptions that are always safe: stock is as the supplier says, and 0 where the
 * item may not be sold at what is known (its cost rose, it is another product, or the supplier does not sell it now).
 * One statement a batch, four more where something is in doubt. To be called in the transaction that stores the batch.
 */
@Component
public class ItemGuards {

    private static final Logger LOG = LoggerFactory.getLogger(ItemGuards.class);

    private final JdbcTemplate jdbc;
    private final GuardOptions options;

    public ItemGuards(JdbcTemplate jdbc, GuardOptions options) {
        this.jdbc = jdbc;
        this.options = options;
    }

    /**
     * What came of a batch.
     *
     * @param believed may be stored
     * @param touched skus that were held, or are held no more
     */
    public record Judged(List<Product> believed, Set<String> touched) {}

    /**
     * Judges products whose content was stored, or declined because it is another product's.
     *
     * @param known products of one supplier that were there before
     */
    public Judged judge(String supplier, List<Product> known) {
        if (known.isEmpty()) {
            return new Judged(known, Set.of());
        }
        Map<String, Doubt> doubts = doubts(supplier, known);
        if (doubts.isEmpty()) {
            return new Judged(known, Set.of());
        }
        List<Product> believed = new ArrayList<>();
        List<Product> doubtful = new ArrayList<>();
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Product product : known) {
            Doubt doubt = doubts.getOrDefault(product.sku(), Doubt.NONE);
            if (doubt.isReal()) {
                doubtful.add(product);
                rows.add(Offered.row(product, doubt));
            } else {
                believed.add(product);
            }
        }
        withdraw(supplier, doubts);
        hold(supplier, doubtful, rows);
        return new Judged(believed, new HashSet<>(doubts.keySet()));
    }

    private Map<String, Doubt> doubts(String supplier, List<Product> known) {
        Map<String, Doubt> doubts = new HashMap<>();
        jdbc.query(connection -> judging(connection, supplier, known), row -> {
            doubts.put(row.getString(1), new Doubt(row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)));
        });
        return doubts;
    }

    private PreparedStatement judging(Connection connection, String supplier, List<Product> known) throws SQLException {
        Lines lines = Lines.of(known);
        PreparedStatement statement = connection.prepareStatement(ItemGuardSql.JUDGE);
        statement.setString(1, supplier);
        statement.setLong(2, options.dearest());
        statement.setLong(3, options.cheapest());
        statement.setArray(4, array(connection, "text", lines.skus.stream()));
        statement.setArray(5, array(connection, "text", lines.stocks.stream().map(Stock::optionKey)));
        statement.setArray(6, array(connection, "int8", lines.stocks.stream().map(Stock::costWon)));
        statement.setArray(7, array(connection, "text", known.stream().map(Product::sku)));
        statement.setArray(
                8,
                connection.createArrayOf(
                        "bytea", known.stream().map(Product::contentHash).toArray(byte[][]::new)));
        return statement;
    }

    private void withdraw(String supplier, Map<String, Doubt> doubts) {
        List<String> back = doubts.entrySet().stream()
                .filter(doubt -> !doubt.getValue().isReal())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!back.isEmpty()) {
            jdbc.update(ItemGuardSql.WITHDRAW, supplier, texts(back));
            LOG.info("{}: {} items are held no more, they are offered as before", supplier, back.size());
        }
    }

    private void hold(String supplier, List<Product> doubtful, ArrayNode rows) {
        if (doubtful.isEmpty()) {
            return;
        }
        int fresh = jdbc.update(ItemGuardSql.HOLD, new String(ContentText.of(rows), StandardCharsets.UTF_8));
        String[] skus = texts(doubtful.stream().map(Product::sku).toList());
        jdbc.update(ItemGuardSql.QUARANTINE, supplier, skus);
        Lines lines = Lines.of(doubtful);
        jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(ItemGuardSql.STOCKS);
            statement.setArray(1, array(connection, "text", lines.skus.stream()));
            statement.setArray(
                    2, array(connection, "text", lines.stocks.stream().map(Stock::optionKey)));
            statement.setArray(
                    3, array(connection, "int4", lines.stocks.stream().map(Stock::stock)));
            statement.setString(4, supplier);
            statement.setArray(5, array(connection, "text", Stream.of(skus)));
            return statement;
        });
        if (fresh > 0) {
            LOG.warn(
                    "{}: {} items are held, such as {}: their price jumped or they are another product;"
                            + " an operator decides at /holds of the console",
                    supplier,
                    fresh,
                    skus[0]);
        }
    }

    private static String[] texts(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    /** The options of all products, each with its sku. */
    private record Lines(List<String> skus, List<Stock> stocks) {

        static Lines of(List<Product> products) {
            Lines lines = new Lines(new ArrayList<>(), new ArrayList<>());
            products.forEach(product -> product.stocks().forEach(stock -> {
                lines.skus.add(product.sku());
                lines.stocks.add(stock);
            }));
            return lines;
        }
    }
}
