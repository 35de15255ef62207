package hub.catalog;

import hub.catalog.guard.ItemGuards;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The products of all suppliers in Postgres.
 *
 * <p>A batch is one transaction of a few statements, whatever its size; only rows that differ are written, and each of
 * them leaves a row in {@code product_change} for whoever keeps listings. Thread-safe.
 */
@Component
public class ProductStore {

    public static final List<String> STATES = List.of("active", "soldout", "held", "ended");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Rejects rejects;
    private final ItemGuards guards;
    private final MeterRegistry meters;

    ProductStore(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Rejects rejects,
            ItemGuards guards,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rejects = rejects;
        this.guards = guards;
        this.meters = meters;
    }

    /**
     * Stores a batch. A row that Postgres refuses goes to the rejects with its reason; the rest is stored.
     *
     * @param batch products of one supplier, all summaries or none, each sku once
     * @throws DataAccessException if Postgres cannot be reached; nothing of the batch is stored then
     */
    public Upserted upsert(List<Product> batch) {
        if (batch.isEmpty()) {
            return Upserted.NOTHING;
        }
        String supplier = batch.get(0).supplier();
        Upserted upserted = upsertOrBisect(supplier, batch);
        count(supplier, "inserted", upserted.inserted());
        count(supplier, "updated", upserted.updated());
        count(supplier, "rejected", upserted.rejected());
        return upserted;
    }

    private Upserted upsertOrBisect(String supplier, List<Product> batch) {
        try {
            Upserted upserted = transaction.execute(status -> write(supplier, batch));
            return upserted == null ? Upserted.NOTHING : upserted;
        } catch (DataIntegrityViolationException e) {
            if (batch.size() == 1) {
                rejects.add(List.of(refused(batch.get(0), e)));
                return new Upserted(0, 0, 0, 1);
            }
            int middle = batch.size() / 2;
            return upsertOrBisect(supplier, batch.subList(0, middle))
                    .plus(upsertOrBisect(supplier, batch.subList(middle, batch.size())));
        }
    }

    private static Reject refused(Product product, DataAccessException e) {
        String reason = String.valueOf(e.getMostSpecificCause().getMessage());
        return new Reject(
                product.supplier(), product.sku(), "", "Postgres refuses it: " + reason, "", "mend the mapping");
    }

    private Upserted write(String supplier, List<Product> batch) {
        boolean summaries = batch.get(0).summary();
        Map<String, Boolean> changed = rows(supplier, batch, summaries ? ProductSql.SUMMARIES : ProductSql.PRODUCTS);
        if (!summaries) {
            newStocks(supplier, of(batch, product -> changed.getOrDefault(product.sku(), false)));
            ItemGuards.Judged judged =
                    guards.judge(supplier, of(batch, product -> !changed.getOrDefault(product.sku(), false)));
            judged.touched().forEach(sku -> changed.putIfAbsent(sku, false));
            stocks(supplier, judged.believed()).forEach(sku -> changed.putIfAbsent(sku, false));
            changes(supplier, changed.keySet());
        }
        rejects.healed(supplier, batch.stream().map(Product::sku).toList());
        int inserted = (int) changed.values().stream().filter(isNew -> isNew).count();
        return new Upserted(inserted, changed.size() - inserted, batch.size() - changed.size(), 0);
    }

    /** Stores a product that a person let through, whatever the guards say; in the caller's transaction. */
    public void release(Product product) {
        List<Product> one = List.of(product);
        // Unfinished and ended, so that it is written in any case, with the state that the supplier gave it.
        jdbc.update(
                "update product set complete = false, state = 'ended', held_reason = null where supplier = ? and sku = ?",
                product.supplier(),
                product.sku());
        rows(product.supplier(), one, ProductSql.PRODUCTS);
        stocks(product.supplier(), one);
        changes(product.supplier(), List.of(product.sku()));
    }

    private Map<String, Boolean> rows(String supplier, List<Product> batch, String sql) {
        Map<String, Boolean> changed = new LinkedHashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setString(1, supplier);
                    statement.setArray(2, texts(statement, batch, Product::sku));
                    statement.setArray(3, texts(statement, batch, Product::state));
                    statement.setArray(4, texts(statement, batch, Product::name));
                    statement.setArray(5, texts(statement, batch, Product::category));
                    statement.setArray(
                            6, texts(statement, batch, p -> p.content().toString()));
                    statement.setArray(7, hashes(statement, batch, Product::contentHash));
                    statement.setArray(8, hashes(statement, batch, Product::hash));
                    return statement;
                },
                row -> {
                    changed.put(row.getString(1), row.getBoolean(2));
                });
        return changed;
    }

    private static List<Product> of(List<Product> batch, Predicate<Product> which) {
        return batch.stream().filter(which).toList();
    }

    private void newStocks(String supplier, List<Product> batch) {
        if (!batch.isEmpty()) {
            jdbc.update(connection -> stocks(connection, ProductSql.NEW_STOCKS, supplier, batch));
        }
    }

    private List<String> stocks(String supplier, List<Product> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = stocks(connection, ProductSql.STOCKS, supplier, batch);
                    statement.setString(6, supplier);
                    statement.setArray(7, texts(statement, batch, Product::sku));
                    return statement;
                },
                (row, number) -> row.getString(1));
    }

    private static PreparedStatement stocks(Connection connection, String sql, String supplier, List<Product> batch)
            throws SQLException {
        List<String> skus = new ArrayList<>();
        List<Stock> stocks = new ArrayList<>();
        for (Product product : batch) {
            for (Stock stock : product.stocks()) {
                skus.add(product.sku());
                stocks.add(stock);
            }
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, supplier);
        statement.setArray(2, texts(statement, skus, sku -> sku));
        statement.setArray(3, texts(statement, stocks, Stock::optionKey));
        statement.setArray(4, array(statement, "int8", stocks.stream().map(Stock::costWon)));
        statement.setArray(5, array(statement, "int4", stocks.stream().map(Stock::stock)));
        return statement;
    }

    /** In the order of their skus, as everything is written: two writers never wait for each other. */
    private void changes(String supplier, Iterable<String> skus) {
        List<String> list = new ArrayList<>();
        skus.forEach(list::add);
        list.sort(Comparator.naturalOrder());
        jdbc.update(
                "insert into product_change (supplier, sku) select ?, unnest(?) on conflict do nothing",
                supplier,
                list.toArray(String[]::new));
    }

    /**
     * Ends products, such as those that a supplier no longer has.
     *
     * @return how many were not ended before
     */
    public int end(String supplier, List<String> skus) {
        Integer ended = transaction.execute(status -> {
            List<String> changed = jdbc.queryForList("""
                    update product set state = 'ended', summary_hash = null, detail_due = false, due_at = null, changed_at = now()
                    where supplier = ? and sku = any (?) and state <> 'ended' returning sku
                    """, String.class, supplier, skus.toArray(String[]::new));
            changes(supplier, changed);
            return changed.size();
        });
        return ended == null ? 0 : ended;
    }

    /** Skus whose details have to be read because they changed, the longest due first. */
    public List<String> detailsDue(String supplier, int atMost) {
        return jdbc.queryForList(ProductSql.DETAILS_DUE, String.class, supplier, atMost);
    }

    /** The skus behind {@code after} whose details are not due, in their order. */
    public List<String> behind(String supplier, String after, int atMost) {
        return jdbc.queryForList(ProductSql.NEXT_ROUND, String.class, supplier, after, atMost);
    }

    /**
     * Puts products whose details are due at the end of the queue, so that one that fails does not hold the others up.
     */
    public void postpone(String supplier, List<String> skus) {
        jdbc.update(
                "update product set due_at = now() where supplier = ? and sku = any (?) and detail_due",
                supplier,
                skus.toArray(String[]::new));
    }

    /** How many products of each supplier are in each state; every state is there. */
    public Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        jdbc.query("select supplier, state, count(*) from product group by supplier, state", row -> {
            counts.computeIfAbsent(row.getString(1), s -> noProducts()).put(row.getString(2), row.getLong(3));
        });
        return counts;
    }

    /** Every state with 0. */
    public static Map<String, Long> noProducts() {
        Map<String, Long> states = new LinkedHashMap<>();
        STATES.forEach(state -> states.put(state, 0L));
        return states;
    }

    private void count(String supplier, String what, int products) {
        meters.counter("hub.products.written", "supplier", supplier, "how", what)
                .increment(products);
    }

    private static <T> Array texts(PreparedStatement statement, List<T> of, Function<T, String> text)
            throws SQLException {
        return array(statement, "text", of.stream().map(text));
    }

    private static <T> Array hashes(PreparedStatement statement, List<T> of, Function<T, byte[]> hash)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("bytea", of.stream().map(hash).toArray(byte[][]::new));
    }

    private static Array array(PreparedStatement statement, String type, java.util.stream.Stream<?> values)
            throws SQLException {
        return statement.getConnection().createArrayOf(type, values.toArray());
    }
}
