package hub.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.backfill.Backfills;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.GuardOptions;
import hub.catalog.guard.ItemGuards;
import hub.restore.RestoreOptions;
import hub.restore.Restores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalogue over a real Postgres and a real Redis, with a clock that stands still until it is moved. */
public final class CatalogRig {

    public static final String SUPPLIER = "acme";

    private static final List<String> STORED = List.of("product", "product_stock", "cursor");

    public final Rejects rejects;
    public final KnownProducts known;
    final ProductStore products;
    final Pulls pulls;
    final Ranges ranges;
    final JdbcTemplate jdbc;
    /** The suppliers whose commits were told, in their order. */
    final List<String> told = new ArrayList<>();

    /** Whether this process leads the reading of the suppliers. */
    boolean lead = true;

    /** How often a route asked whether it does, which keeps the lead. */
    int asked;

    /** How far the supplier's clock is behind ours. */
    Duration behind = Duration.ZERO;

    private final Line redis;
    private final StoreCount stores;
    final Restores restores;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    public CatalogRig(DataSource database, StringRedisTemplate redis) {
        this.jdbc = new JdbcTemplate(database);
        this.redis = new Line(redis);
        this.rejects = new Rejects(jdbc);
        this.stores = new StoreCount(JdbcClient.create(database));
        this.restores = new Restores(JdbcClient.create(database), new RestoreOptions(null, Duration.ofDays(14)));
        this.known = new KnownProducts(this.redis, stores, restores);
        GuardOptions bounds = new GuardOptions(0.3, 0.2, 0.5, 5, 0.5, 100, 1000, Map.of());
        FeedGuards feeds = new FeedGuards(jdbc);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        NewProducts news = new NewProducts(jdbc, transaction, known);
        this.products = new ProductStore(
                jdbc,
                transaction,
                rejects,
                new ItemGuards(jdbc, bounds),
                new SimpleMeterRegistry(),
                watch(),
                news,
                leadership(),
                stores,
                known);
        PullOptions options = new PullOptions(
                Duration.ofHours(24), Duration.ofSeconds(30), Duration.ofMinutes(10), 0.6, 5, 0.25, 500);
        this.ranges = new Ranges(new Backfills(JdbcClient.create(database), new ObjectMapper()), leadership(), clock());
        this.pulls = new Pulls(
                new Cursors(JdbcClient.create(database), new ObjectMapper()),
                options,
                products,
                known,
                new Vanished(jdbc, transaction, options, products, known, feeds, rejects),
                feeds,
                bounds,
                new GrowthGuard(news, feeds, bounds),
                ranges,
                supplier -> behind,
                leadership(),
                clock());
    }

    DataSource database() {
        return Objects.requireNonNull(jdbc.getDataSource());
    }

    /** What the intake route does with a page. */
    public Upserted store(List<Product> page) {
        List<Product> changed = known.changed(page);
        Upserted upserted = products.upsert(changed);
        known.remember(changed, upserted);
        return upserted;
    }

    /** Every reject as {@code sku path}. */
    public List<String> rejected() {
        return jdbc.queryForList("select sku || ' ' || path from product_reject order by sku", String.class);
    }

    public void clear() {
        jdbc.execute(
                "truncate product, product_stock, product_change, product_name, product_name_due, product_reject, cursor, backfill,"
                        + " item_hold, feed_hold, feed_hold_sku, product_waiting, product_settled, listing, price_history, stock_history");
        flush();
        stores.forget(SUPPLIER);
        behind = Duration.ZERO;
        lead = true;
    }

    /** Keeps a copy of what pulls store, until {@link #restore}. */
    void backUp() {
        STORED.forEach(table -> {
            jdbc.execute("drop table if exists backup_of_" + table);
            jdbc.execute("create table backup_of_" + table + " as table " + table);
        });
    }

    /** Sets Postgres back to the copy; Redis knows nothing of it. */
    void restore() {
        STORED.forEach(table -> {
            jdbc.execute("delete from " + table);
            jdbc.execute("insert into " + table + " table backup_of_" + table);
        });
    }

    Leadership leadership() {
        return new Leadership() {
            @Override
            public boolean isOurs(String partner) {
                asked++;
                return lead;
            }

            @Override
            public boolean leads(String partner) {
                return lead;
            }

            @Override
            public boolean isLost(String partner) {
                return !lead;
            }
        };
    }

    void flush() {
        redis.execute((RedisCallback<Object>) connection -> {
            RedisServerCommands server = connection.serverCommands();
            server.flushDb();
            return "flushed";
        });
    }

    /** Cuts the way to Redis, which keeps what it knows, or mends it. */
    void cut(boolean cut) {
        redis.cut = cut;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    @Nullable
    String state(String sku) {
        return jdbc.queryForObject("select state from product where sku = ?", String.class, sku);
    }

    List<String> changes() {
        List<String> skus = jdbc.queryForList("select sku from product_change order by sku", String.class);
        jdbc.update("delete from product_change");
        return skus;
    }

    static Product product(String sku, long costWon) {
        return product(sku, "active", "name of " + sku, List.of(new Stock("", costWon, 5)));
    }

    static Product product(String sku, String state, String name, List<Stock> stocks) {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("sku", sku)
                .put("name", name)
                .put("state", state);
        return new Product(
                SUPPLIER, sku, state, false, name, "", content, hash(content), hash(content + "" + stocks), stocks);
    }

    static Product line(String sku, String price) {
        ObjectNode content =
                JsonNodeFactory.instance.objectNode().put("sku", sku).put("price", price);
        return new Product(
                SUPPLIER, sku, "active", true, "line of " + sku, "", content, hash(content), hash(content), List.of());
    }

    private static byte[] hash(Object of) {
        return of.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The way to Redis, which can be cut. */
    private static final class Line extends StringRedisTemplate {

        private boolean cut;

        Line(StringRedisTemplate redis) {
            super(Objects.requireNonNull(redis.getConnectionFactory()));
        }

        @Override
        public <T> @Nullable T execute(RedisCallback<T> call) {
            if (cut) {
                throw new RedisConnectionFailureException("cut");
            }
            return super.execute(call);
        }
    }

    private WriteWatch watch() {
        return new WriteWatch() {
            @Override
            public void written(String supplier) {
                told.add(supplier);
            }

            @Override
            public void named() {}
        };
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
