package hub.catalog;

import hub.catalog.guard.ItemGuards;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The products of all suppliers in Postgres.
 *
 * <p>A batch is one transaction of a few statements, whatever its size, together with others that come meanwhile; only
 * rows that differ are written, and each of them leaves a row in {@code product_change} for whoever keeps listings.
 * Thread-safe.
 */
@Component
public class ProductStore {

    public static final List<String> STATES = List.of("active", "soldout", "held", "ended");

    /**
     * Products a statement: as many rows as a {@code COPY} keeps before it writes them; twice as many are not faster.
     */
    private static final int TOGETHER = 1000;

    /** Served by index product_supplier_newest alone where pages are all visible. */
    public static final String COUNTS = "select supplier, state, count(*) from product group by supplier, state";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Rejects rejects;
    private final ItemGuards guards;
    private final MeterRegistry meters;
    private final FirstLoads firstLoads;
    private final WriteWatch watch;
    private final NewProducts news;
    private final Leadership leadership;
    private final StoreCount stores;
    private final KnownProducts known;
    private final WriteTurns turns = new WriteTurns(TOGETHER);

    ProductStore(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Rejects rejects,
            ItemGuards guards,
            MeterRegistry meters,
            WriteWatch watch,
            NewProducts news,
            Leadership leadership,
            StoreCount stores,
            KnownProducts known) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rejects = rejects;
        this.guards = guards;
        this.meters = meters;
        this.firstLoads = new FirstLoads(jdbc);
        this.watch = watch;
        this.news = news;
        this.leadership = leadership;
        this.stores = stores;
        this.known = known;
    }

    /**
     * Stores a batch. A row that Postgres refuses goes to the rejects with its reason; the rest is stored.
     *
     * @param batch products of one supplier, all summaries or none, each sku once
     * @throws DataAccessException if Postgres cannot be reached; nothing of the batch is stored then
     * @throws ReadElsewhereException if another process may read the supplier now; nothing is stored then either
     * @throws SetBackException if Postgres has lost what was stored before; nothing is stored then either
     */
    public Upserted upsert(List<Product> batch) {
        if (batch.isEmpty()) {
            return Upserted.NOTHING;
        }
        String supplier = batch.get(0).supplier();
        boolean summaries = batch.get(0).summary();
        Written written = turns.write(
                supplier + (summaries ? " summaries" : ""),
                batch,
                together -> writeAtOnceOrApart(supplier, summaries, together));
        Upserted upserted = written.of(batch);
        count(supplier, "inserted", upserted.inserted());
        count(supplier, "updated", upserted.updated());
        count(supplier, "rejected", upserted.rejected());
        return upserted;
    }

    private Written writeAtOnceOrApart(String supplier, boolean summaries, List<Product> batch) {
        try {
            return committed(supplier, () -> write(supplier, summaries, batch, !summaries));
        } catch (DataIntegrityViolationException e) {
            firstLoads.refused(supplier);
            return writeOrBisect(supplier, summaries, batch);
        }
    }

    /** Of two processes that wait for each other Postgres ends one, which then has its turn. */
    private Written committed(String supplier, Supplier<Written> write) {
        try {
            return once(supplier, write);
        } catch (PessimisticLockingFailureException e) {
            return once(supplier, write);
        }
    }

    private Written once(String supplier, Supplier<Written> write) {
        try {
            return news.inOneWay(supplier, () -> commit(supplier, write));
        } catch (SetBackException e) {
            known.setBack(supplier);
            throw e;
        }
    }

    private Written commit(String supplier, Supplier<Written> write) {
        return stores.counting(
                supplier,
                count -> Objects.requireNonNull(transaction.execute(status -> {
                    Written written = write.get();
                    count.run();
                    // Last of all: whoever leads next may have stored a newer page meanwhile.
                    ReadElsewhereException.check(leadership, supplier);
                    return written;
                })));
    }

    private Written writeOrBisect(String supplier, boolean summaries, List<Product> batch) {
        try {
            return committed(supplier, () -> write(supplier, summaries, batch, false));
        } catch (DataIntegrityViolationException e) {
            if (batch.size() == 1) {
                rejects.add(List.of(refused(batch.get(0), e)));
                return new Written(Map.of(), Set.of(batch.get(0).sku()), Set.of());
            }
            int middle = batch.size() / 2;
            return writeOrBisect(supplier, summaries, batch.subList(0, middle))
                    .plus(writeOrBisect(supplier, summaries, batch.subList(middle, batch.size())));
        }
    }

    private static Reject refused(Product product, DataAccessException e) {
        String reason = String.valueOf(e.getMostSpecificCause().getMessage());
        return new Reject(
                product.supplier(), product.sku(), "", "Postgres refuses it: " + reason, "", "mend the mapping");
    }

    private Written write(String supplier, boolean summaries, List<Product> batch, boolean copying) {
        // A plan that was kept from when a table was empty reads all of a supplier's rows once a product.
        jdbc.execute("set local plan_cache_mode = force_custom_plan");
        // Also when nothing changed: the batch may be one whose commit was not told before the process died.
        tellWhenCommitted(supplier);
        if (news.way(supplier) == NewProducts.Way.LEFT_OUT) {
            return writeKnown(supplier, summaries, batch);
        }
        List<Product> fresh = copying ? firstLoads.of(supplier, batch) : List.of();
        return fresh.isEmpty() ? upsert(supplier, summaries, batch) : load(supplier, fresh);
    }

    /** What is known goes on being updated: a sold-out must reach the markets whatever else the feed brings. */
    private Written writeKnown(String supplier, boolean summaries, List<Product> batch) {
        List<Product> fresh = firstLoads.fresh(supplier, batch);
        Set<String> leftOut = fresh.stream().map(Product::sku).collect(Collectors.toSet());
        List<Product> known = of(batch, product -> !leftOut.contains(product.sku()));
        Written written =
                known.isEmpty() ? new Written(Map.of(), Set.of(), Set.of()) : upsert(supplier, summaries, known);
        return new Written(written.changed(), written.refused(), leftOut);
    }

    private Written load(String supplier, List<Product> fresh) {
        firstLoads.write(fresh);
        Map<String, Boolean> changed = new HashMap<>();
        fresh.forEach(product -> changed.put(product.sku(), true));
        if (news.way(supplier) == NewProducts.Way.LISTED) {
            changes(supplier, toBePlanned(fresh, changed));
        } else {
            news.keepBack(supplier, changed);
        }
        rejects.healed(supplier, List.copyOf(changed.keySet()));
        return new Written(changed, Set.of(), Set.of());
    }

    private Written upsert(String supplier, boolean summaries, List<Product> batch) {
        Map<String, Boolean> changed = rows(supplier, batch, summaries ? ProductSql.SUMMARIES : ProductSql.PRODUCTS);
        boolean listed = news.way(supplier) == NewProducts.Way.LISTED;
        if (!listed) {
            news.keepBack(supplier, changed);
        }
        if (!summaries) {
            newStocks(supplier, of(batch, product -> changed.getOrDefault(product.sku(), false)));
            ItemGuards.Judged judged =
                    guards.judge(supplier, of(batch, product -> !changed.getOrDefault(product.sku(), false)));
            judged.touched().forEach(sku -> changed.putIfAbsent(sku, false));
            stocks(supplier, judged.believed()).forEach(sku -> changed.putIfAbsent(sku, false));
            Set<String> planned = toBePlanned(batch, changed);
            planned.removeIf(sku -> !listed && changed.getOrDefault(sku, false));
            changes(supplier, planned);
        }
        rejects.healed(supplier, batch.stream().map(Product::sku).toList());
        return new Written(changed, Set.of(), Set.of());
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
        tellWhenCommitted(product.supplier());
    }

    /** Tells whoever keeps answers that products are written, when the caller's transaction is committed. */
    public void tellWhenCommitted(String supplier) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                watch.written(supplier);
            }
        });
    }

    private Map<String, Boolean> rows(String supplier, List<Product> batch, String sql) {
        Map<String, Boolean> changed = new HashMap<>();
        jdbc.query(connection -> ProductRows.products(connection, sql, supplier, batch), row -> {
            changed.put(row.getString(1), row.getBoolean(2));
        });
        return changed;
    }

    private static List<Product> of(List<Product> batch, Predicate<Product> which) {
        return batch.stream().filter(which).toList();
    }

    private void newStocks(String supplier, List<Product> batch) {
        if (!batch.isEmpty()) {
            jdbc.update(connection -> ProductRows.stocks(connection, ProductSql.NEW_STOCKS, supplier, batch));
        }
    }

    private List<String> stocks(String supplier, List<Product> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = ProductRows.stocks(connection, ProductSql.STOCKS, supplier, batch);
                    statement.setString(6, supplier);
                    statement.setArray(7, ProductRows.texts(statement, batch, Product::sku));
                    return statement;
                },
                (row, number) -> row.getString(1));
    }

    /** All but products that are new and blocked: no market shows them, nor will one. */
    private static Set<String> toBePlanned(List<Product> batch, Map<String, Boolean> changed) {
        Set<String> planned = new HashSet<>(changed.keySet());
        batch.stream()
                .filter(product -> product.blocked() && changed.getOrDefault(product.sku(), false))
                .forEach(product -> planned.remove(product.sku()));
        return planned;
    }

    /** In the order of their skus, as everything is written: two writers never wait for each other. */
    private void changes(String supplier, Iterable<String> skus) {
        List<String> list = new ArrayList<>();
        skus.forEach(list::add);
        if (list.isEmpty()) {
            return;
        }
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
            tellWhenCommitted(supplier);
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
        jdbc.query(COUNTS, row -> {
            counts.computeIfAbsent(row.getString(1), s -> noProducts()).put(row.getString(2), row.getLong(3));
        });
        return counts;
    }

    private static Map<String, Long> noProducts() {
        Map<String, Long> states = new LinkedHashMap<>();
        STATES.forEach(state -> states.put(state, 0L));
        return states;
    }

    private void count(String supplier, String what, int products) {
        meters.counter("hub.products.written", "supplier", supplier, "how", what)
                .increment(products);
    }
}
