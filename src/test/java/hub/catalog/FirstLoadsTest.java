package hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import hub.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many products at once: those that are new go by COPY, and nothing is different for it. */
class FirstLoadsTest {

    @SuppressWarnings("NullAway.Init")
    private static CatalogRig rig;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void clear() {
        rig.clear();
    }

    @Test
    void every_value_arrives_as_it_was_given() {
        List<Product> page = new ArrayList<>(products(0, 300));
        page.add(CatalogRig.product(
                "옵션\t\"1\"\\",
                "soldout",
                "이름 \n 😀",
                List.of(new Stock("빨강", 9_999_999_999L, null), new Stock("", 1, 0))));

        Upserted upserted = rig.store(page);

        assertThat(upserted).isEqualTo(new Upserted(301, 0, 0, 0));
        assertThat(rig.jdbc.queryForList(
                        "select sku || '|' || state || '|' || name || '|' || (content ->> 'name') || '|' || complete"
                                + " from product where state = 'soldout'",
                        String.class))
                .containsExactly("옵션\t\"1\"\\|soldout|이름 \n 😀|이름 \n 😀|true");
        assertThat(rig.jdbc.queryForList(
                        "select option_key || '|' || cost_won || '|' || coalesce(stock::text, 'not known')"
                                + " from product_stock where sku like '옵션%' order by option_key",
                        String.class))
                .containsExactly("|1|0", "빨강|9999999999|not known");
        assertThat(rig.changes()).hasSize(301);
        assertThat(rig.jdbc.queryForObject("select count(*) from product_stock", Long.class))
                .isEqualTo(302);
    }

    @Test
    void product_larger_than_what_is_sent_together_arrives_whole() {
        List<Product> page = new ArrayList<>(products(0, 120));
        String name = "긴 설명 ".repeat(20_000);
        page.add(CatalogRig.product("long", "active", name, List.of(new Stock("", 8000, 1))));
        page.addAll(products(120, 120));

        assertThat(rig.store(page).inserted()).isEqualTo(241);

        assertThat(rig.jdbc.queryForObject("select content ->> 'name' from product where sku = 'long'", String.class))
                .isEqualTo(name);
        assertThat(rig.rejected()).isEmpty();
    }

    @Test
    void known_ones_among_many_new_ones_are_changed_and_keep_their_history() {
        rig.store(products(0, 150));
        rig.changes();
        List<Product> page = new ArrayList<>(products(150, 200));
        page.add(CatalogRig.product("W7", 8100));
        page.add(CatalogRig.product("W8", 8000));
        rig.flush();

        assertThat(rig.store(page)).isEqualTo(new Upserted(200, 1, 1, 0));

        assertThat(rig.jdbc.queryForList(
                        "select sku || ' ' || was_won || ' ' || cost_won from price_history", String.class))
                .containsExactly("W7 8000 8100");
        assertThat(rig.changes()).hasSize(201).contains("W7").doesNotContain("W8");
    }

    @Test
    void one_bad_row_among_many_new_ones_is_rejected_alone() {
        List<Product> page = new ArrayList<>(products(0, 200));
        page.add(CatalogRig.product("bad", "active", "price of nothing", List.of(new Stock("", 0, 1))));

        Upserted upserted = rig.store(page);

        assertThat(upserted.inserted()).isEqualTo(200);
        assertThat(upserted.refused()).containsExactly("bad");
        assertThat(rig.rejected()).containsExactly("bad ");
        assertThat(rig.jdbc.queryForObject("select count(*) from product", Long.class))
                .isEqualTo(200);
    }

    @Test
    void two_that_load_the_same_products_store_each_once() {
        List<CompletableFuture<Integer>> loads = IntStream.range(0, 2)
                .mapToObj(n -> new CatalogRig(rig.database(), TestRedis.fresh()))
                .map(other -> CompletableFuture.supplyAsync(
                        () -> other.store(products(0, 2000)).inserted()))
                .toList();

        assertThat(loads.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(2000);
        assertThat(rig.jdbc.queryForObject("select count(*) from product", Long.class))
                .isEqualTo(2000);
        assertThat(rig.jdbc.queryForObject("select count(*) from product_stock", Long.class))
                .isEqualTo(2000);
        assertThat(rig.rejected()).isEmpty();
    }

    @Test
    void two_that_write_the_same_new_and_known_products_both_come_to_their_end() {
        CatalogRig other = new CatalogRig(rig.database(), TestRedis.fresh());
        for (int round = 0; round < 20; round++) {
            rig.clear();
            other.clear();
            rig.store(named("a", 200, "old"));
            List<Product> many = new ArrayList<>(named("m", 1500, "new"));
            many.addAll(named("a", 200, "of one " + round));
            List<Product> few = new ArrayList<>(named("m", 90, "new"));
            few.addAll(named("a", 200, "of the other " + round));

            CompletableFuture<Upserted> one = CompletableFuture.supplyAsync(() -> rig.products.upsert(many));
            CompletableFuture<Upserted> two = CompletableFuture.supplyAsync(() -> other.products.upsert(few));

            assertThat(one.join().inserted() + two.join().inserted()).isEqualTo(1500);
        }
    }

    private static List<Product> named(String prefix, int count, String name) {
        return IntStream.range(0, count)
                .mapToObj(
                        n -> CatalogRig.product(prefix + n, "active", name + ' ' + n, List.of(new Stock("", 8000, 5))))
                .toList();
    }

    private static List<Product> products(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> CatalogRig.product("W" + n, 8000))
                .toList();
    }
}
