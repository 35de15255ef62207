package hub.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What becomes of products that a supplier did not have before: in its first whole pull they are listed as they come;
 * later they wait until the pull that brought them has ended and is believed; while the growth of its feed is doubted
 * they are not stored.
 *
 * <p>Those that wait are kept in Postgres, written in the transaction of the product, so that neither a killed process
 * nor a second one lists them. Thread-safe.
 */
@Component
class NewProducts {

    /** What becomes of the new products of a supplier. */
    enum Way {
        /** Its listings are planned at once. */
        LISTED,
        /** Nothing lists them before their pull has ended. */
        WAITING,
        /** They are not stored. */
        LEFT_OUT
    }

    /**
     * How many products of a supplier are stored.
     *
     * @param there all of them
     * @param fresh those that wait, and those of a day that do not any more; never those of the first whole pull
     */
    record Counts(long there, long fresh) {

        long had() {
            return there - fresh;
        }
    }

    /** By the index of a supplier's newest products: a day of them is counted, not all. */
    private static final String FRESH = """
            select (select count(*) from product_waiting where supplier = ?)
              + (select count(*) from product p where p.supplier = ? and p.created_at > greatest(now() - interval '1 day',
                   (select at from product_settled where supplier = ?))
                   and not exists (select from product_waiting w where w.supplier = p.supplier and w.sku = p.sku))
            """;

    /** What was never sent to a market, or begun to be. */
    private static final String TAKE_BACK = """
            insert into product_waiting (supplier, sku)
            select p.supplier, p.sku from product p
            where p.supplier = ? and not exists (
              select from listing l where l.supplier = p.supplier and l.sku = p.sku
                and (l.create_sent_at is not null or l.sent is not null or l.market_ids is not null))
            order by 1, 2 on conflict do nothing
            """;

    private static final String LOOK_AGAIN = """
            insert into product_change (supplier, sku)
            select distinct w.supplier, w.sku from product_waiting w join listing l using (supplier, sku)
            where w.supplier = ? order by 1, 2 on conflict do nothing
            """;

    private static final String RELEASE = """
            with free as (delete from product_waiting where supplier = ? returning supplier, sku)
            insert into product_change (supplier, sku) select supplier, sku from free order by 1, 2 on conflict do nothing
            """;

    private static final int TOGETHER = 5000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final KnownProducts known;
    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final Map<String, ReadWriteLock> writes = new ConcurrentHashMap<>();

    /** Suppliers whose first pull is doubted, and of which nothing on its way can be listed any more. */
    private final Set<String> takenBack = ConcurrentHashMap.newKeySet();

    NewProducts(JdbcTemplate jdbc, TransactionTemplate transaction, KnownProducts known) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.known = known;
    }

    Way way(String supplier) {
        return ways.getOrDefault(supplier, Way.LISTED);
    }

    /**
     * Writes products in one way from the first statement to the commit: whoever doubts waits for it, and takes back
     * what it listed.
     */
    <T> T inOneWay(String supplier, Supplier<T> write) {
        return under(writes(supplier).readLock(), write);
    }

    private ReadWriteLock writes(String supplier) {
        return writes.computeIfAbsent(supplier, key -> new ReentrantReadWriteLock());
    }

    private static <T> T under(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A pull begins.
     *
     * @param first whether no whole pull of the supplier was done before
     * @param held whether its growth is doubted
     */
    void begin(String supplier, boolean first, boolean held) {
        turn(supplier, held ? Way.LEFT_OUT : first ? Way.LISTED : Way.WAITING);
        if (!held || !first) {
            takenBack.remove(supplier);
        } else if (takenBack.add(supplier)) {
            takeBack(supplier); // the process that doubted it may have been killed before it did so
        }
    }

    /** From now on nothing new of a supplier is stored, and nothing of it is listed that no market was sent. */
    void doubt(String supplier) {
        if (turn(supplier, Way.LEFT_OUT) == Way.LISTED) {
            takeBack(supplier);
        }
    }

    /** The way before. */
    private Way turn(String supplier, Way way) {
        return under(writes(supplier).writeLock(), () -> {
            Way before = way(supplier);
            ways.put(supplier, way);
            return before;
        });
    }

    private void takeBack(String supplier) {
        transaction.executeWithoutResult(status -> {
            jdbc.update(TAKE_BACK, supplier);
            jdbc.update(LOOK_AGAIN, supplier);
        });
    }

    /** Keeps new products from being listed; in the caller's transaction. Of the others, which are false, nothing. */
    void keepBack(String supplier, Map<String, Boolean> written) {
        String[] fresh = written.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted()
                .toArray(String[]::new);
        if (fresh.length > 0) {
            jdbc.update(
                    "insert into product_waiting (supplier, sku) select ?, unnest(?) on conflict do nothing",
                    supplier,
                    fresh);
        }
    }

    long fresh(String supplier) {
        Long fresh = jdbc.queryForObject(FRESH, Long.class, supplier, supplier, supplier);
        return fresh == null ? 0 : fresh;
    }

    Counts counts(String supplier) {
        Long there = jdbc.queryForObject("select count(*) from product where supplier = ?", Long.class, supplier);
        return new Counts(there == null ? 0 : there, fresh(supplier));
    }

    /** Whether any product waits. */
    boolean anyWaiting(String supplier) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from product_waiting where supplier = ?)", Boolean.class, supplier));
    }

    /** What waits may be listed. */
    void release(String supplier) {
        jdbc.update(RELEASE, supplier);
    }

    /** What is there now is the supplier's catalogue, and no growth of it. */
    void settle(String supplier) {
        jdbc.update(
                "insert into product_settled (supplier) values (?) on conflict (supplier) do update set at = now()",
                supplier);
    }

    /**
     * Forgets products that wait and that a whole pull did not have: as nobody believed or listed them they did not
     * vanish, they never were. Should they come again, they are new again.
     */
    void forgetMissing(String supplier, Predicate<String> seen) {
        List<String> gone = new ArrayList<>();
        for (String sku : jdbc.queryForList(
                "select sku from product_waiting where supplier = ? order by sku", String.class, supplier)) {
            if (!seen.test(sku)) {
                gone.add(sku);
            }
        }
        for (int from = 0; from < gone.size(); from += TOGETHER) {
            forget(supplier, gone.subList(from, Math.min(gone.size(), from + TOGETHER)));
        }
    }

    private void forget(String supplier, List<String> skus) {
        String[] gone = skus.toArray(String[]::new);
        transaction.executeWithoutResult(status -> {
            for (String table : List.of("product", "product_stock", "product_name", "item_hold", "product_waiting")) {
                jdbc.update("delete from " + table + " where supplier = ? and sku = any (?)", supplier, gone);
            }
        });
        known.forget(supplier, skus);
    }
}
