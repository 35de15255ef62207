package hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import hub.TestRedis;
import hub.catalog.search.Found;
import hub.catalog.search.FoundPage;
import hub.catalog.search.ProductNames;
import hub.catalog.search.ProductSearch;
import hub.catalog.search.SearchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Names become searchable behind the write, whatever was written meanwhile. */
class ProductNamesTest {

    private static final DataSource DATABASE = TestDatabase.fresh();

    private final CatalogRig rig = new CatalogRig(DATABASE, TestRedis.fresh());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProductNames names = names(Duration.ZERO);
    private final ProductSearch search = new ProductSearch(DATABASE, new SearchOptions(Duration.ofSeconds(3)));

    @BeforeEach
    void clear() {
        rig.clear();
    }

    @Test
    void product_is_found_by_its_name_when_names_have_followed() {
        rig.store(List.of(named("W1", "린넨 셔츠"), named("W2", "머그컵")));

        names.follow();

        assertThat(found("셔츠")).containsExactly("W1");
        assertThat(waiting()).isZero();
    }

    @Test
    void renamed_product_is_found_by_its_new_name_only() {
        rig.store(List.of(named("W1", "린넨 셔츠")));
        rig.store(List.of(named("W1", "텀블러")));
        names.follow();
        assertThat(found("텀블러")).containsExactly("W1");
        rig.store(List.of(named("W1", "냄비")));

        names.follow();

        assertThat(found("텀블러")).isEmpty();
        assertThat(found("냄비")).containsExactly("W1");
    }

    @Test
    void backlog_larger_than_one_turn_is_taken_to_its_end() {
        IntStream.range(0, 30).forEach(n -> rig.store(List.of(named("W" + n, "머그컵 " + n))));

        names.follow();

        assertThat(found("머그컵")).hasSize(30);
        assertThat(rig.jdbc.queryForObject("select count(*) from product_name_due", Long.class))
                .isZero();
    }

    @Test
    void changed_cost_asks_for_no_name() {
        rig.store(List.of(CatalogRig.product("W1", 8000)));
        names.follow();

        rig.store(List.of(CatalogRig.product("W1", 8100)));

        assertThat(rig.jdbc.queryForObject("select count(*) from product_name_due", Long.class))
                .isZero();
    }

    @Test
    void only_one_process_at_a_time_takes_names_in() throws Exception {
        rig.store(List.of(named("W1", "린넨 셔츠")));
        try (Connection other = DATABASE.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('product_name'))");

            names.follow();

            assertThat(waiting()).isEqualTo(1);
            other.rollback();
        }
        names.follow();
        assertThat(found("셔츠")).containsExactly("W1");
    }

    @Test
    void what_was_written_a_moment_ago_waits() {
        rig.store(List.of(named("W1", "린넨 셔츠")));

        names(Duration.ofSeconds(10)).follow();
        assertThat(found("셔츠")).isEmpty();
        rig.jdbc.update("update product_name_due set at = at - interval '10 seconds'");
        names(Duration.ofSeconds(10)).follow();

        assertThat(found("셔츠")).containsExactly("W1");
    }

    private ProductNames names(Duration settled) {
        return new ProductNames(
                rig.jdbc,
                new TransactionTemplate(new JdbcTransactionManager(DATABASE)),
                meters,
                WriteWatch.NOBODY,
                settled);
    }

    private double waiting() {
        return meters.get("hub.search.names.waiting").gauge().value();
    }

    private List<String> found(String text) {
        FoundPage page = search.find(Map.of("limit", List.of("100"), "q", List.of(text)));
        return page.items().stream().map(Found::sku).toList();
    }

    private static Product named(String sku, String name) {
        return CatalogRig.product(sku, "active", name, List.of(new Stock("", 8000, 5)));
    }
}
