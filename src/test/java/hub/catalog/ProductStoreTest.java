package hub.catalog;

import static hub.catalog.CatalogRig.line;
import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch of products: only what differs is written, whether Redis knows, has forgotten or is away. */
class ProductStoreTest {

    private static CatalogRig rig;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void clear() {
        rig.cut(false);
        rig.clear();
    }

    @Test
    void rows_are_counted_as_new_changed_and_unchanged() {
        assertThat(upsert(product("A", 100), product("B", 100))).isEqualTo(new Upserted(2, 0, 0, 0));
        assertThat(upsert(product("A", 100), product("B", 110), product("C", 100)))
                .isEqualTo(new Upserted(1, 1, 1, 0));
        assertThat(upsert(product("A", 100))).isEqualTo(new Upserted(0, 0, 1, 0));
    }

    @Test
    void price_that_returns_to_an_old_value_is_written() {
        rig.store(List.of(product("A", 100)));
        rig.store(List.of(product("A", 200)));

        assertThat(rig.store(List.of(product("A", 100))).updated()).isEqualTo(1);
        assertThat(cost("A")).isEqualTo(100);
    }

    @Test
    void each_row_that_changed_leaves_one_change() {
        upsert(product("A", 100), product("B", 100));
        assertThat(rig.changes()).containsExactly("A", "B");

        upsert(product("A", 100), product("B", 101));
        assertThat(rig.changes()).containsExactly("B");

        upsert(line("A", "5"), line("C", "5"));
        assertThat(rig.changes()).isEmpty();
    }

    @Test
    void options_that_are_gone_are_removed_and_a_stock_may_become_unknown() {
        upsert(product("A", "active", "n", List.of(new Stock("r", 10, 1), new Stock("g", 10, 1))));
        assertThat(upsert(product("A", "active", "n", List.of(new Stock("r", 10, null)))))
                .isEqualTo(new Upserted(0, 1, 0, 0));

        assertThat(rig.jdbc.queryForList(
                        "select option_key || coalesce(stock::text, '?') from product_stock", String.class))
                .containsExactly("r?");
    }

    @Test
    void row_that_postgres_refused_is_not_known() {
        List<Product> batch = List.of(product("A", 100), product("B", "active", "B", List.of(new Stock("", 0, 1))));
        rig.store(batch);

        assertThat(rig.known.changed(batch)).extracting(Product::sku).containsExactly("B");
    }

    @Test
    void one_bad_row_is_rejected_and_the_rest_is_stored() {
        Product nul = product("B", "active", "a\0b", List.of(new Stock("", 10, 1)));

        Upserted upserted = upsert(product("A", 10), nul, product("C", 10), product("D", 0));

        assertThat(upserted).isEqualTo(new Upserted(2, 0, 0, 2, Set.of("B", "D")));
        assertThat(rig.rejected()).containsExactly("B ", "D ");
        assertThat(rig.jdbc.queryForList("select sku from product order by 1", String.class))
                .containsExactly("A", "C");
    }

    @Test
    void reject_is_forgotten_when_its_row_is_stored() {
        upsert(product("A", 0));
        assertThat(rig.rejected()).hasSize(1);

        upsert(product("A", 10));

        assertThat(rig.rejected()).isEmpty();
    }

    @Test
    void of_two_with_one_sku_the_later_is_stored() {
        rig.store(List.of(product("A", 100), product("B", 1), product("A", 300)));

        assertThat(cost("A")).isEqualTo(300);
    }

    @Test
    void line_of_a_list_asks_for_details_and_never_overwrites_them() {
        upsert(line("A", "5"));
        assertThat(rig.products.detailsDue("acme", 9)).containsExactly("A");
        upsert(product("A", 100));
        assertThat(due()).isFalse();

        assertThat(upsert(line("A", "5"))).isEqualTo(new Upserted(0, 0, 1, 0));
        assertThat(due()).isFalse();
        assertThat(upsert(line("A", "6"))).isEqualTo(new Upserted(0, 1, 0, 0));

        assertThat(due()).isTrue();
        assertThat(rig.jdbc.queryForObject("select name from product", String.class))
                .isEqualTo("name of A");
        assertThat(rig.jdbc.queryForObject("select complete from product", Boolean.class))
                .isTrue();
    }

    @Test
    void product_that_is_held_stays_held_whatever_the_supplier_says() {
        upsert(product("A", 100));
        rig.jdbc.update("update product set state = 'held'");

        upsert(product("A", "soldout", "other name", List.of(new Stock("", 90, 0))));
        upsert(line("A", "1"));

        assertThat(rig.state("A")).isEqualTo("held");
    }

    @Test
    void product_that_ended_comes_back_with_the_supplier() {
        upsert(product("A", 100));
        rig.products.end("acme", List.of("A"));
        assertThat(rig.state("A")).isEqualTo("ended");

        upsert(product("A", 100));

        assertThat(rig.state("A")).isEqualTo("active");
    }

    @Test
    void what_redis_knows_does_not_go_to_postgres() {
        rig.store(List.of(product("A", 100), product("B", 100)));

        assertThat(rig.known.changed(List.of(product("A", 100), product("B", 101))))
                .extracting(Product::sku)
                .containsExactly("B");
    }

    @Test
    void after_a_flush_postgres_compares_and_nothing_is_written_twice() {
        rig.store(List.of(product("A", 100)));
        rig.changes();
        rig.flush();

        assertThat(rig.store(List.of(product("A", 100)))).isEqualTo(new Upserted(0, 0, 1, 0));
        assertThat(rig.changes()).isEmpty();
        assertThat(rig.known.changed(List.of(product("A", 100)))).isEmpty();
    }

    @Test
    void without_redis_postgres_compares() {
        rig.store(List.of(product("A", 100)));
        rig.cut(true);

        assertThat(rig.store(List.of(product("A", 100)))).isEqualTo(new Upserted(0, 0, 1, 0));
        assertThat(rig.store(List.of(product("A", 200)))).isEqualTo(new Upserted(0, 1, 0, 0));
    }

    @Test
    void redis_that_was_away_does_not_hide_a_price_that_returned() {
        rig.store(List.of(product("A", 100)));
        rig.cut(true);
        rig.store(List.of(product("A", 200)));
        rig.cut(false);

        assertThat(rig.store(List.of(product("A", 100))).updated()).isEqualTo(1);
        assertThat(cost("A")).isEqualTo(100);
    }

    private static Upserted upsert(Product... batch) {
        return rig.products.upsert(List.of(batch));
    }

    private static boolean due() {
        return Boolean.TRUE.equals(rig.jdbc.queryForObject("select detail_due from product", Boolean.class));
    }

    private static long cost(String sku) {
        Long cost = rig.jdbc.queryForObject("select cost_won from product_stock where sku = ?", Long.class, sku);
        return cost == null ? 0 : cost;
    }

    @Test
    void new_product_that_is_blocked_is_not_planned_and_its_changes_are() {
        rig.store(List.of(blocked("W1", "yes"), product("W2", 8000)));
        assertThat(rig.changes()).containsExactly("W2");

        rig.store(List.of(blocked("W1", "still")));

        assertThat(rig.changes()).containsExactly("W1");
    }

    private static Product blocked(String sku, String why) {
        ObjectNode content =
                JsonNodeFactory.instance.objectNode().put("sku", sku).put("blocked", why);
        byte[] hash = Hash.of(content.toString().getBytes(StandardCharsets.UTF_8));
        return new Product(
                CatalogRig.SUPPLIER,
                sku,
                "active",
                false,
                sku,
                "",
                content,
                hash,
                hash,
                List.of(new Stock("", 8000, 1)));
    }
}
