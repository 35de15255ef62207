package hub.catalog;

import static hub.catalog.CatalogRig.SUPPLIER;
import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.TestRedis;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** News of an item that are not believed change neither its cost nor its content, whatever way they come in. */
class HeldItemsTest {

    private static CatalogRig rig;
    private Long before = 0L;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void clear() {
        rig.clear();
        before = rig.jdbc.queryForObject("select coalesce(max(id), 0) from guard_decision", Long.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 13000, active, 13000, 5",
        "10000, 13001, held, 10000, 0",
        "10000, 7000, active, 7000, 5",
        "10000, 6999, held, 10000, 5",
        "10, 13, active, 13, 5",
        "10000000000, 1, held, 10000000000, 5",
        "1, 10000000000, held, 1, 0",
    })
    void cost_that_jumps_is_not_written_and_what_became_dearer_is_not_sold(
            long was, long came, String state, long cost, int stock) {
        store(product("A", was));
        rig.changes();

        store(product("A", came));

        assertThat(rig.state("A")).isEqualTo(state);
        assertThat(costs()).containsExactly("A::" + cost + ":" + stock);
        assertThat(rig.changes()).containsExactly("A");
    }

    @Test
    void others_of_its_batch_are_stored() {
        store(product("A", 100), product("B", 100), product("C", 100));

        store(product("A", 110), product("B", 1000), product("C", 90), product("D", 5));

        assertThat(costs()).containsExactly("A::110:5", "B::100:0", "C::90:5", "D::5:5");
    }

    @Test
    void one_option_that_jumps_holds_its_product() {
        store(item("A", "n", "c", "i", new Stock("r", 100, 1), new Stock("g", 100, 2)));

        store(item("A", "n", "c", "i", new Stock("r", 100, 1), new Stock("g", 140, 2)));

        assertThat(costs()).containsExactly("A:g:100:0", "A:r:100:0");
    }

    @Test
    void options_that_are_all_new_are_compared_by_the_cheapest() {
        store(item("A", "n", "c", "i", new Stock("", 100, 1)));
        store(item("A", "n", "c", "i", new Stock("r", 110, 1), new Stock("g", 900, 2)));
        assertThat(rig.state("A")).isEqualTo("active");

        store(item("A", "n", "c", "i", new Stock("x", 300, 1)));

        assertThat(rig.state("A")).isEqualTo("held");
    }

    @Test
    void other_product_under_an_old_number_changes_nothing_and_is_not_sold() {
        store(item("A", "Tent", "camping", "t.jpg", new Stock("", 100, 5)));

        store(item("A", "Teapot", "kitchen", "p.jpg", new Stock("", 100, 7)));

        assertThat(rig.state("A")).isEqualTo("held");
        assertThat(rig.jdbc.queryForObject("select name || category from product", String.class))
                .isEqualTo("Tentcamping");
        assertThat(costs()).containsExactly("A::100:0");
    }

    @Test
    void other_product_is_neither_missing_nor_read_again_and_again() {
        store(item("A", "Tent", "camping", "t.jpg", new Stock("", 100, 5)));
        rig.jdbc.update("update product set detail_due = true, due_at = now(), missing_since = now()");

        store(item("A", "Teapot", "kitchen", "p.jpg", new Stock("", 100, 7)));

        assertThat(rig.products.detailsDue(SUPPLIER, 9)).isEmpty();
        assertThat(rig.jdbc.queryForObject("select count(missing_since) from product", Integer.class))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Tent 2, camping, t.jpg, active",
        "Teapot, camping, p.jpg, active",
        "Teapot, kitchen, t.jpg, active",
        "Tent, kitchen, p.jpg, active",
        "TENT, kitchen, p.jpg, active",
        "Teapot, '', '', active",
        "Teapot, kitchen, '', held",
    })
    void product_is_another_one_only_when_nothing_is_as_it_was(
            String name, String category, String image, String state) {
        store(item("A", "Tent", "camping", "t.jpg", new Stock("", 100, 5)));

        store(item("A", name, category, image, new Stock("", 100, 5)));

        assertThat(rig.state("A")).isEqualTo(state);
    }

    @Test
    void item_is_free_again_when_the_supplier_takes_it_back() {
        store(product("A", 100));
        store(product("A", 900));
        rig.changes();

        store(product("A", 100));

        assertThat(rig.state("A")).isEqualTo("active");
        assertThat(costs()).containsExactly("A::100:5");
        assertThat(rig.changes()).containsExactly("A");
        assertThat(decisions()).containsExactly("held hub", "withdrawn hub");
    }

    @Test
    void same_news_again_ask_once_also_when_redis_forgot_them() {
        store(product("A", 100));
        store(product("A", 900));
        rig.flush();

        store(product("A", 900));

        assertThat(decisions()).containsExactly("held hub");
        assertThat(costs()).containsExactly("A::100:0");
    }

    @Test
    void what_became_cheaper_is_sold_at_its_old_price_as_long_as_there_is_some() {
        store(product("A", 100));
        store(item("A", "name of A", "", "", new Stock("", 50, 9)));
        assertThat(costs()).containsExactly("A::100:9");

        store(item("A", "name of A", "", "", new Stock("", 50, 0)));

        assertThat(costs()).containsExactly("A::100:0");
        assertThat(decisions()).as("stock is not in doubt").containsExactly("held hub");
    }

    @Test
    void what_became_cheaper_and_sold_out_is_not_sold() {
        store(product("A", 100));

        store(product("A", "soldout", "name of A", List.of(new Stock("", 50, 9))));

        assertThat(costs()).containsExactly("A::100:0");
    }

    @Test
    void record_of_decisions_can_only_grow() {
        store(product("A", 100));
        store(product("A", 900));

        for (String change : List.of(
                "update guard_decision set actor = 'x'", "delete from guard_decision", "truncate guard_decision")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> rig.jdbc.execute(change))
                    .hasMessageContaining("append-only");
        }
    }

    static Product item(String sku, String name, String category, String image, Stock... stocks) {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("sku", sku)
                .put("name", name)
                .put("category", category)
                .put("state", "active");
        content.putArray("images").add(image);
        byte[] hash = content.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] all = (content + Arrays.toString(stocks)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Product(SUPPLIER, sku, "active", false, name, category, content, hash, all, List.of(stocks));
    }

    private static void store(Product... page) {
        rig.store(List.of(page));
    }

    private static List<String> costs() {
        return rig.jdbc.queryForList(
                "select sku || ':' || option_key || ':' || cost_won || ':' || coalesce(stock::text, '?') from product_stock order by 1",
                String.class);
    }

    private List<String> decisions() {
        return rig.jdbc.queryForList(
                "select decision || ' ' || actor from guard_decision where id > ? order by id", String.class, before);
    }
}
