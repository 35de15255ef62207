package hub.catalog;

import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.TestDatabase;
import hub.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Earlier prices and stocks: what is written, and the months they lie in. */
class HistoryTest {

    private final LocalDate thisMonth = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);

    private final DataSource database = TestDatabase.fresh();
    private final CatalogRig rig = new CatalogRig(database, TestRedis.fresh());
    private final ProductHistory history = new ProductHistory(rig.jdbc, new HistoryOptions(Duration.ofDays(62)));

    @BeforeEach
    void store() {
        rig.products.upsert(List.of(product("A", 100), product("B", 100)));
    }

    @Test
    void change_leaves_what_was_before_and_a_new_product_leaves_nothing() {
        assertThat(prices()).isEmpty();

        rig.products.upsert(List.of(product("A", 110), product("B", 100), product("C", 7)));
        rig.products.upsert(List.of(product("A", 100)));
        rig.products.upsert(List.of(product("A", "active", "name of A", List.of(new Stock("", 100, null)))));

        assertThat(prices()).containsExactly("A 100 110", "A 110 100");
        assertThat(rig.jdbc.queryForList(
                        "select sku || ' ' || was || ' ' || coalesce(stock::text, '?') from stock_history",
                        String.class))
                .containsExactly("A 5 ?");
    }

    @Test
    void product_that_lost_every_option_keeps_no_stock() {
        rig.products.upsert(List.of(product("A", "soldout", "name of A", List.of())));

        assertThat(rig.jdbc.queryForList("select sku from product_stock", String.class))
                .containsExactly("B");
    }

    @Test
    void text_and_stock_change_in_their_page_and_what_is_equal_is_not_even_locked() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        transaction.executeWithoutResult(status -> {
            rig.products.upsert(List.of(described("A", "other text", new Stock("", 100, 6))));
            assertThat(updates("n_tup_upd")).isEqualTo("1 1");
            assertThat(updates("n_tup_hot_upd")).isEqualTo("1 1");
        });

        assertThat(rig.jdbc.queryForObject("select xmax::text from product where sku = 'B'", String.class))
                .isEqualTo("0");
        rig.products.upsert(List.of(product("A", 100), product("B", 100)));
        assertThat(rig.jdbc.queryForObject("select xmax::text from product where sku = 'B'", String.class))
                .isEqualTo("0");
    }

    @Test
    void two_writers_of_one_supplier_neither_wait_for_each_other_for_ever_nor_write_twice() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= 15; round++) {
                List<Product> page = page(round);
                List<Product> backwards = new ArrayList<>(page);
                Collections.reverse(backwards);
                List<Callable<Upserted>> both =
                        List.of(() -> rig.products.upsert(page), () -> rig.products.upsert(backwards));
                int written = 0;
                for (Future<Upserted> one : writers.invokeAll(both)) {
                    written += one.get().written();
                }
                assertThat(written).as("round " + round).isEqualTo(page.size());
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(rig.jdbc.queryForObject("select count(*) from price_history", Long.class))
                .isEqualTo(14L * 300);
    }

    @Test
    void months_are_made_three_ahead_however_often_it_is_asked() {
        history.makePartitions();
        history.makePartitions();

        assertThat(partitions("price_history"))
                .containsExactly(name(0), name(1), name(2), name(3), "price_history_default");
    }

    @Test
    void change_that_came_before_its_month_was_made_moves_into_it() {
        rig.jdbc.execute("drop table " + name(0));
        rig.products.upsert(List.of(product("A", 110)));
        assertThat(rig.jdbc.queryForObject("select count(*) from price_history_default", Long.class))
                .isEqualTo(1);

        history.makePartitions();

        assertThat(rig.jdbc.queryForObject("select count(*) from price_history_default", Long.class))
                .isZero();
        assertThat(rig.jdbc.queryForObject("select count(*) from " + name(0), Long.class))
                .isEqualTo(1);
    }

    @Test
    void month_that_is_older_than_is_kept_is_detached_with_all_it_holds() {
        for (int month : List.of(-5, -4, -1)) {
            rig.jdbc.execute("create table %s partition of price_history for values from ('%sT00:00Z') to ('%sT00:00Z')"
                    .formatted(name(month), thisMonth.plusMonths(month), thisMonth.plusMonths(month + 1)));
            rig.jdbc.update(
                    "insert into price_history values ('acme', 'A', '', 1, 2, ?::timestamptz)",
                    thisMonth.plusMonths(month) + "T12:00Z");
        }

        assertThat(history.retirePartitions()).containsExactly(name(-5), name(-4));
        assertThat(history.retirePartitions()).isEmpty();

        assertThat(partitions("price_history")).contains(name(-1)).doesNotContain(name(-5), name(-4));
        assertThat(prices()).hasSize(1);
        assertThat(rig.jdbc.queryForObject("select count(*) from " + name(-5), Long.class))
                .isEqualTo(1);
    }

    @Test
    void less_than_a_month_is_refused() {
        assertThatThrownBy(() -> new HistoryOptions(Duration.ofDays(30)))
                .hasMessageContaining("hub.history.keep=PT720H")
                .hasMessageContaining("31d");
    }

    private static Product described(String sku, String html, Stock stock) {
        Product plain = product(sku, "active", "name of " + sku, List.of(stock));
        byte[] hash = html.getBytes(StandardCharsets.UTF_8);
        JsonNode content = JsonNodeFactory.instance.objectNode().put("html", html);
        return new Product(
                plain.supplier(), sku, "active", false, plain.name(), "", content, hash, hash, plain.stocks());
    }

    private static List<Product> page(int round) {
        Stream<Product> products = IntStream.range(0, 300)
                .mapToObj(n -> product(
                        "P" + n,
                        "active",
                        n % 3 == 0 ? "name " + round : "name",
                        // An option that comes and goes: rows are removed as well.
                        round % 2 == n % 2
                                ? List.of(new Stock("", 100 + round, 5), new Stock("red", 900, 5))
                                : List.of(new Stock("", 100 + round, 5))));
        return products.toList();
    }

    private String updates(String what) {
        return String.join(
                " ",
                rig.jdbc.queryForList(
                        "select " + what
                                + "::text from pg_stat_xact_user_tables where relname in ('product', 'product_stock') order by relname",
                        String.class));
    }

    private List<String> prices() {
        return rig.jdbc.queryForList(
                "select sku || ' ' || was_won || ' ' || cost_won from price_history order by changed_at", String.class);
    }

    private List<String> partitions(String table) {
        return rig.jdbc.queryForList(
                "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass order by 1",
                String.class,
                table);
    }

    private String name(int month) {
        return "price_history_" + thisMonth.plusMonths(month).format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }
}
