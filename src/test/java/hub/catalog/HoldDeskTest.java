package hub.catalog;

import static hub.catalog.CatalogRig.SUPPLIER;
import static hub.catalog.CatalogRig.product;
import static hub.catalog.HeldItemsTest.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestDatabase;
import hub.TestRedis;
import hub.catalog.guard.HoldDesk;
import hub.catalog.guard.HoldRefusedException;
import hub.catalog.guard.Holds;
import hub.catalog.guard.ItemHold;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A yes stores exactly what was shown; a no keeps what was known, and what would lose money stays off sale. */
class HoldDeskTest {

    private static CatalogRig rig;
    private static HoldDesk desk;
    private static Holds holds;

    @BeforeAll
    static void open() {
        DataSource database = TestDatabase.fresh();
        rig = new CatalogRig(database, TestRedis.fresh());
        holds = new Holds(rig.jdbc, new ObjectMapper());
        desk = new HoldDesk(
                rig.jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new ObjectMapper(),
                rig.products,
                rig.known);
    }

    @BeforeEach
    void clear() {
        rig.clear();
    }

    @Test
    void yes_stores_the_whole_product_that_was_shown_with_its_history() {
        rig.store(List.of(item("A", "Tent", "camping", "t.jpg", new Stock("", 100, 5), new Stock("old", 100, 5))));
        Product teapot = item("A", "Teapot", "kitchen", "p.jpg", new Stock("", 900, null), new Stock("new", 950, 3));
        rig.store(List.of(teapot));
        rig.changes();

        decide("yes");

        assertThat(rig.state("A")).isEqualTo("active");
        assertThat(rig.jdbc.queryForObject(
                        "select name || ' ' || category || ' ' || (content -> 'images' ->> 0) from product",
                        String.class))
                .isEqualTo("Teapot kitchen p.jpg");
        assertThat(stocks()).containsExactly(":900:?", "new:950:3");
        assertThat(rig.jdbc.queryForList(
                        "select was_won || '>' || cost_won from price_history where sku = 'A'", String.class))
                .contains("100>900");
        assertThat(rig.changes()).containsExactly("A");
        assertThat(holds.items(9)).isEmpty();
        assertThat(rig.store(List.of(teapot)).written()).as("known").isZero();
        rig.flush();
        assertThat(rig.store(List.of(teapot)).written()).as("proven now").isZero();
    }

    @Test
    void yes_to_what_was_shown_is_no_yes_to_what_came_since() {
        rig.store(List.of(product("A", 100)));
        rig.store(List.of(product("A", 900)));
        String shown = one().hash();
        rig.store(List.of(product("A", 901)));

        assertThatThrownBy(() -> desk.item(SUPPLIER, "A", shown, "yes", "kim"))
                .isInstanceOfSatisfying(
                        HoldRefusedException.class,
                        e -> assertThat(e.why()).isEqualTo(HoldRefusedException.Why.CHANGED));

        assertThat(stocks()).containsExactly(":100:0");
        assertThat(rig.state("A")).isEqualTo("held");
    }

    @Test
    void no_to_what_became_dearer_keeps_the_old_cost_and_sells_nothing() {
        rig.store(List.of(product("A", 100)));
        rig.store(List.of(product("A", 900)));

        decide("no");
        rig.flush();
        rig.store(List.of(product("A", 900)));

        assertThat(rig.state("A")).isEqualTo("held");
        assertThat(stocks()).containsExactly(":100:0");
        assertThat(one().state()).as("the same does not ask again").isEqualTo("refused");
        rig.store(List.of(product("A", 950)));
        assertThat(one().state()).as("something newer does").isEqualTo("waiting");
    }

    @Test
    void no_to_what_became_cheaper_sells_on_at_the_old_cost_and_follows_the_stock() {
        rig.store(List.of(product("A", 100)));
        rig.store(List.of(product("A", 10)));
        rig.changes();

        decide("no");
        assertThat(rig.state("A")).isEqualTo("active");
        assertThat(rig.changes()).containsExactly("A");
        rig.store(List.of(item("A", "name of A", "", "", new Stock("", 10, 2))));

        assertThat(rig.state("A")).isEqualTo("active");
        assertThat(stocks()).containsExactly(":100:2");
        decide("yes");
        assertThat(stocks()).containsExactly(":10:2");
        assertThat(holds.items(9)).isEmpty();
    }

    @Test
    void price_that_was_let_through_is_what_the_next_one_is_compared_with() {
        rig.store(List.of(product("A", 100)));
        rig.store(List.of(product("A", 300)));
        decide("yes");

        rig.store(List.of(product("A", 330)));
        assertThat(rig.state("A")).isEqualTo("active");
        rig.store(List.of(product("A", 100)));

        assertThat(rig.state("A")).isEqualTo("held");
    }

    private static void decide(String decision) {
        desk.item(SUPPLIER, "A", one().hash(), decision, "kim");
        assertThat(rig.jdbc.queryForObject(
                        "select actor || ' ' || decision || ' ' || sku from guard_decision order by id desc limit 1",
                        String.class))
                .isEqualTo("kim " + decision + " A");
    }

    private static ItemHold one() {
        List<ItemHold> items = holds.items(9);
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static List<String> stocks() {
        return rig.jdbc.queryForList(
                "select option_key || ':' || cost_won || ':' || coalesce(stock::text, '?') from product_stock order by 1",
                String.class);
    }
}
