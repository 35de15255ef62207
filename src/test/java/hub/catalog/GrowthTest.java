package hub.catalog;

import static hub.catalog.CatalogRig.SUPPLIER;
import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.TestRedis;
import hub.catalog.guard.FeedHold;
import hub.catalog.guard.HoldDesk;
import hub.catalog.guard.Holds;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A feed grows by 100 products or by half of what there was, and has 1,000 items at most: beyond, nothing new is
 * listed.
 */
class GrowthTest {

    private static CatalogRig rig;
    private static DataSource database;
    private static StringRedisTemplate redis;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        redis = TestRedis.fresh();
        rig = new CatalogRig(database, redis);
    }

    @BeforeEach
    void clear() {
        rig.clear();
        rig.pulls.begin(SUPPLIER, false); // of the test before, some way is still known
    }

    @Test
    void first_pull_may_have_any_number_and_lists_it_as_it_comes() {
        Pull pull = begin();
        read(pull, skus("S", 0, 400), "n1");
        assertThat(rig.changes()).hasSize(400);
        read(pull, skus("S", 400, 500), null);

        assertThat(rig.changes()).hasSize(100);
        assertThat(holds()).isEmpty();
    }

    @Test
    void few_that_are_new_are_listed_when_their_pull_has_ended() {
        whole(50);
        Pull pull = begin();
        read(pull, skus("S", 0, 50), "n1");
        read(pull, skus("N", 0, 99), "n2");
        assertThat(rig.changes()).as("while it is read").isEmpty();

        read(pull, skus("S", 50, 51), null);

        assertThat(rig.changes()).hasSize(100);
        assertThat(waiting()).isZero();
        assertThat(holds()).isEmpty();
    }

    @Test
    void sudden_growth_is_held_and_lists_nothing_and_what_is_known_goes_on_being_updated() {
        whole(50);
        Pull pull = begin();
        read(pull, skus("N", 0, 60), "n1");
        read(pull, skus("N", 60, 120), "n2");
        assertThat(one().reason()).contains("120 products are new within a day so far", "at most 100");
        read(pull, skus("N", 120, 180), "n3");
        read(pull, 120, skus("S", 0, 50), null);

        assertThat(one().guard()).isEqualTo("growth");
        assertThat(one().measured()).isEqualTo(180);
        assertThat(rig.changes()).as("what was known").hasSize(50).allMatch(sku -> sku.startsWith("S"));
        assertThat(count("product where sku like 'N%'"))
                .as("from the doubt on nothing new is stored")
                .isEqualTo(120);
        assertThat(pull.progress().leftOut()).isEqualTo(60);
        assertThat(waiting()).isEqualTo(120);
    }

    @Test
    void the_same_growth_is_the_same_hold_at_the_next_pull() {
        whole(50);
        grown(140);
        String hash = one().hash();

        grown(140);

        assertThat(one().hash()).isEqualTo(hash);
        assertThat(one().times()).isEqualTo(2);
        assertThat(rig.changes()).isEmpty();
    }

    @Test
    void yes_takes_what_was_shown_and_lists_it_at_the_end_of_the_next_whole_pull() {
        whole(50);
        grown(140);
        decide("yes");

        grown(140);

        assertThat(holds()).isEmpty();
        assertThat(rig.changes()).hasSize(140);
        assertThat(count("product")).isEqualTo(190);
        grown(140);
        assertThat(holds()).as("it is no growth any more").isEmpty();
    }

    @Test
    void yes_while_the_pull_left_out_what_is_new_has_it_read_again_and_asks_no_second_time() {
        whole(50);
        Pull pull = begin();
        read(pull, skus("N", 0, 110), "n1");
        decide("yes");
        read(pull, skus("N", 110, 140), "n2");
        read(pull, skus("S", 0, 50), null);
        assertThat(count("product where sku like 'N%'")).isEqualTo(110);

        grown(140);

        assertThat(holds()).isEmpty();
        assertThat(count("product where sku like 'N%'")).isEqualTo(140);
        assertThat(rig.changes()).hasSize(140);
    }

    @Test
    void no_keeps_it_held() {
        whole(50);
        grown(140);
        decide("no");

        grown(140);

        assertThat(one().state()).isEqualTo("refused");
        assertThat(rig.changes()).isEmpty();
        assertThat(waiting()).isEqualTo(140);
    }

    @Test
    void changes_alone_neither_heal_nor_list_what_a_whole_pull_brought() {
        whole(50);
        grown(140);
        Pull changes = rig.pulls.begin(SUPPLIER, true);
        read(changes, skus("S", 0, 5), null);

        assertThat(changes.isWhole()).isFalse();
        assertThat(holds()).hasSize(1);
        assertThat(waiting()).isEqualTo(140);
        assertThat(rig.changes()).isEmpty();
    }

    @Test
    void feed_that_is_mended_forgets_what_nobody_believed_and_takes_the_rest() {
        whole(50);
        grown(140);
        Pull mended = begin();
        read(
                mended,
                Stream.concat(skus("S", 0, 50).stream(), skus("N", 0, 3).stream())
                        .toList(),
                null);

        assertThat(holds()).isEmpty();
        assertThat(count("product")).isEqualTo(53);
        assertThat(rig.changes()).containsExactly("N0", "N1", "N2");
    }

    @Test
    void renamed_keys_of_a_whole_catalogue_are_growth() {
        whole(150);
        Pull pull = begin();
        read(pull, skus("R", 0, 150), null);

        assertThat(holds()).extracting(FeedHold::guard).contains("growth");
        assertThat(rig.changes()).isEmpty();
    }

    @Test
    void renamed_keys_that_are_too_few_for_growth_wait_while_the_old_ones_are_missing_and_on_sale() {
        whole(90);
        read(begin(), skus("R", 0, 90), null);

        assertThat(one().guard()).isEqualTo("shrink");
        assertThat(rig.changes()).isEmpty();
        read(rig.pulls.begin(SUPPLIER, true), skus("R", 0, 5), null);
        assertThat(rig.changes()).as("changes alone prove nothing").isEmpty();
        assertThat(waiting()).isEqualTo(90);

        decide("yes");
        read(begin(), skus("R", 0, 90), null);
        assertThat(rig.changes()).filteredOn(sku -> sku.startsWith("R")).hasSize(90);
        assertThat(waiting()).isZero();
    }

    @Test
    void small_growth_again_and_again_is_growth() {
        whole(50);
        for (int pull = 0; pull < 2; pull++) {
            Pull changes = rig.pulls.begin(SUPPLIER, true);
            read(changes, skus("N" + pull, 0, 60), null);
        }

        assertThat(one().measured()).isEqualTo(120);
        assertThat(rig.changes()).as("of the second none").hasSize(60);
        rig.jdbc.update("update product set created_at = created_at - interval '2 days'");
        rig.jdbc.update("delete from feed_hold");
        rig.jdbc.update("delete from product_waiting");
        read(rig.pulls.begin(SUPPLIER, true), skus("N3", 0, 80), null);
        assertThat(holds()).as("that of days before does not count").isEmpty();
    }

    @Test
    void killed_in_the_middle_it_counts_on_where_it_was() {
        whole(50);
        read(begin(), skus("N", 0, 60), "n1");
        CatalogRig anew = new CatalogRig(database, redis);
        Pull resumed = anew.pulls.begin(SUPPLIER, false);
        assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
        read(anew, resumed, 100, skus("N", 60, 120), "n2");
        assertThat(one().measured()).isEqualTo(120);

        CatalogRig third = new CatalogRig(database, redis);
        Pull again = third.pulls.begin(SUPPLIER, false);
        read(third, again, 100, skus("N", 120, 180), "n3");

        assertThat(again.progress().leftOut()).isEqualTo(60);
        assertThat(count("product where sku like 'N%'")).isEqualTo(120);
        read(third, again, 100, skus("S", 0, 50), null);
        assertThat(rig.changes()).isEmpty();
        assertThat(waiting()).isEqualTo(120);
    }

    @Test
    void two_processes_that_bring_half_of_it_each_list_none_of_it() {
        whole(50);
        CatalogRig other = new CatalogRig(database, redis);
        Pull mine = begin();
        Pull its = other.pulls.begin(SUPPLIER, false);
        read(mine, skus("N", 0, 60), "n1");
        read(other, its, 100, skus("N", 0, 60), "n1");
        read(other, its, 100, skus("N", 60, 120), "n2");
        read(mine, skus("N", 60, 120), "n2");
        assertThat(holds()).as("neither brought that many").isEmpty();
        read(mine, skus("S", 0, 50), null);
        read(other, its, 100, skus("S", 0, 50), null);

        assertThat(holds()).extracting(FeedHold::guard).contains("growth");
        assertThat(rig.changes()).isEmpty();
    }

    @Test
    void pages_that_never_end_are_read_on_only_as_far_as_the_catalogue_could_be() {
        whole(50);
        Pull pull = begin();
        read(pull, skus("S", 0, 50), "s");

        assertThatThrownBy(() -> {
                    for (int page = 0; page < 100; page++) {
                        read(pull, skus("P" + page + "-", 0, 60), "n" + page);
                    }
                })
                .isInstanceOf(PageRefusedException.class)
                .hasMessageContaining("its pages seem not to end");

        assertThat(pull.itemCount()).isLessThan(700);
        assertThat(one().guard()).isEqualTo("growth");
        assertThat(rig.pulls.begin(SUPPLIER, false).state().path("page").asInt())
                .as("from the first page again")
                .isEqualTo(1);
    }

    @Test
    void first_pull_that_never_ends_is_held_at_the_bound_whoever_read_its_pages_and_nothing_of_it_is_listed_any_more() {
        Pull pull = begin();
        read(pull, skus("S", 0, 400), "n1");
        read(pull, skus("S", 400, 800), "n2");
        rig.jdbc.update("insert into listing (market, account, supplier, sku, key, state, desired, create_sent_at)"
                + " values ('m', 'main', 'acme', 'S1', 'k1', 'planned', '{}', now())");
        rig.changes();
        CatalogRig anew = new CatalogRig(database, redis);
        Pull resumed = anew.pulls.begin(SUPPLIER, false);

        assertThatThrownBy(() -> read(anew, resumed, 100, skus("S", 800, 1001), "n3"))
                .hasMessageContaining("may have 1000")
                .hasMessageContaining("hub.guard.most-items");

        assertThat(one().guard()).isEqualTo("endless");
        assertThat(one().decidable()).isFalse();
        assertThat(waiting()).as("all that no market was sent").isEqualTo(799);
        Pull next = anew.pulls.begin(SUPPLIER, false);
        assertThat(next.state().path("page").asInt()).isEqualTo(1);
        read(anew, next, 100, skus("S", 0, 500), null);
        assertThat(holds()).isEmpty();
        assertThat(count("product")).isEqualTo(500);
        assertThat(rig.changes()).hasSize(499);
    }

    @Test
    void as_many_that_are_left_out_do_not_hide_what_is_gone() {
        whole(100);
        Pull pull = begin();
        read(pull, skus("N", 0, 60), "n1");
        read(pull, skus("N", 60, 120), "n2");
        read(pull, skus("N", 120, 180), "n3");
        assertThat(pull.progress().leftOut()).isEqualTo(60);
        read(pull, skus("S", 0, 40), null);

        assertThat(holds()).extracting(FeedHold::guard).containsExactlyInAnyOrder("growth", "shrink");
    }

    @Test
    void page_that_is_being_stored_while_its_first_pull_is_doubted_is_not_listed_either() throws Exception {
        Pull pull = begin();
        read(pull, skus("S", 0, 500), "n1");
        CompletableFuture<?> onItsWay;
        CompletableFuture<?> doubted;
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table product_change in exclusive mode");
            onItsWay = CompletableFuture.runAsync(() -> rig.store(products("S", 500, 510)));
            await().until(() -> count("pg_stat_activity where wait_event_type = 'Lock'") == 1);
            doubted = CompletableFuture.runAsync(() -> read(pull, skus("S", 510, 1020), "n2"));
            await().until(() -> !holds().isEmpty());
            other.commit();
        }
        onItsWay.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> doubted.get(30, TimeUnit.SECONDS)).hasMessageContaining("may have 1000");

        assertThat(count("product")).isEqualTo(510);
        assertThat(waiting()).as("all that is stored").isEqualTo(510);
    }

    @Test
    void far_more_than_the_supplier_declares_is_held_until_a_person_says_yes() {
        Pull pull = begin();
        ObjectNode page = page(skus("S", 0, 50), "n1");
        read(rig, pull, 100, page.put("total", 50));
        ObjectNode more = page(skus("S", 50, 151), null).put("total", 50);
        assertThatThrownBy(() -> read(rig, pull, 100, more)).hasMessageContaining("declares 50 products");
        assertThat(one().guard()).isEqualTo("beyond-total");
        decide("yes");

        Pull accepted = begin();
        read(rig, accepted, 100, page);
        read(rig, accepted, 100, more);

        assertThat(count("product")).isEqualTo(151);
        assertThat(rig.changes()).hasSize(151);
    }

    private static void whole(int products) {
        read(begin(), skus("S", 0, products), null);
        rig.changes();
    }

    /** A whole pull of the 50 products that are known and so many others. */
    private static void grown(int by) {
        Pull pull = begin();
        read(pull, skus("N", 0, by), "n1");
        read(pull, skus("S", 0, 50), null);
    }

    private static Pull begin() {
        return rig.pulls.begin(SUPPLIER, false);
    }

    private static void read(Pull pull, List<String> skus, @Nullable String next) {
        read(pull, 100, skus, next);
    }

    private static void read(Pull pull, long won, List<String> skus, @Nullable String next) {
        read(rig, pull, won, skus, next);
    }

    private static void read(CatalogRig by, Pull pull, long won, List<String> skus, @Nullable String next) {
        read(by, pull, won, page(skus, next));
    }

    private static void read(CatalogRig by, Pull pull, long won, JsonNode answer) {
        JsonNode asked = pull.state();
        List<Product> page = new ArrayList<>();
        by.pulls.items(pull, asked, answer, null).forEach(sku -> page.add(product(sku.asText(), won)));
        by.pulls.advance(pull, asked, answer, List.of(), page, by.store(page));
    }

    private static ObjectNode page(List<String> skus, @Nullable String next) {
        ObjectNode page = new ObjectMapper().createObjectNode();
        skus.forEach(page.putArray("items")::add);
        return page.put("next", next);
    }

    private static List<Product> products(String name, int from, int to) {
        return skus(name, from, to).stream().map(sku -> product(sku, 100)).toList();
    }

    private static List<String> skus(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> name + i).toList();
    }

    private static void decide(String decision) {
        HoldDesk desk = new HoldDesk(
                rig.jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new ObjectMapper(),
                rig.products,
                rig.known);
        desk.feed(SUPPLIER, one().guard(), one().hash(), decision, "kim");
    }

    private static List<FeedHold> holds() {
        return new Holds(rig.jdbc, new ObjectMapper()).feeds();
    }

    private static FeedHold one() {
        assertThat(holds()).hasSize(1);
        return holds().get(0);
    }

    private static long waiting() {
        return count("product_waiting");
    }

    private static long count(String what) {
        Long count = rig.jdbc.queryForObject("select count(*) from " + what, Long.class);
        return count == null ? 0 : count;
    }
}
