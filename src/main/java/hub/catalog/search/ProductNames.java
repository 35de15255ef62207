package hub.catalog.search;

import hub.catalog.WriteWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The names that searches look through: they follow the products, a while behind.
 *
 * <p>One process at a time brings them up to date, so that an older name never comes after a newer one.
 */
@Component
public class ProductNames {

    /** Batches of products taken together: some 10,000 names, a fifth of a second. */
    private static final int TOGETHER = 5;

    /** What one call may take, so that whoever stops the hub does not wait. */
    private static final Duration WORK = Duration.ofSeconds(2);

    /**
     * What was written a moment ago waits: a first load is not slowed down, and what changes twice is taken in once.
     */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final String FOLLOW = """
            with due as (
              delete from product_name_due where id in (
                select id from product_name_due where at <= now() - ? * interval '1 millisecond' order by id limit ?)
              returning supplier, skus),
            named as (
              insert into product_name as n (supplier, sku, name)
              select distinct p.supplier, p.sku, p.name
              from due cross join unnest(due.skus) as s (sku) join product p on p.supplier = due.supplier and p.sku = s.sku
              order by p.supplier, p.sku
              on conflict (supplier, sku) do update set name = excluded.name where n.name <> excluded.name)
            select count(*) from due
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Duration settled;
    private final AtomicLong waiting;
    private final WriteWatch watch;

    @Autowired
    ProductNames(JdbcTemplate jdbc, TransactionTemplate transaction, MeterRegistry meters, WriteWatch watch) {
        this(jdbc, transaction, meters, watch, SETTLED);
    }

    /** Names that follow what was written {@code settled} ago. */
    public ProductNames(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            MeterRegistry meters,
            WriteWatch watch,
            Duration settled) {
        this.settled = settled;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.watch = watch;
        this.waiting = Objects.requireNonNull(meters.gauge("hub.search.names.waiting", new AtomicLong()));
    }

    /** Takes in the names of what was written, oldest first, until there are none or two seconds have passed. */
    public void follow() {
        long end = System.nanoTime() + WORK.toNanos();
        while (some()) {
            watch.named();
            if (System.nanoTime() >= end) {
                break;
            }
        }
        Long left = jdbc.queryForObject("select count(*) from product_name_due", Long.class);
        waiting.set(left == null ? 0 : left);
    }

    private boolean some() {
        return Boolean.TRUE.equals(transaction.execute(status -> isMyTurn() && taken() > 0));
    }

    private boolean isMyTurn() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(hashtext('product_name'))", Boolean.class));
    }

    private long taken() {
        Long taken = jdbc.queryForObject(FOLLOW, Long.class, settled.toMillis(), TOGETHER);
        return taken == null ? 0 : taken;
    }
}
