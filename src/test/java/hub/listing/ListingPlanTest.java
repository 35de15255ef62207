package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.queue.Job;
import hub.queue.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ListingPlanTest {

    private final ListingRig rig = new ListingRig(500);

    @Test
    void same_change_twice_is_one_listing_and_one_job() {
        rig.product("W1", 8_000, 10);
        rig.listings.plan(100);
        rig.changed("W1");
        JsonNode second = rig.listings.plan(100);

        assertThat(second.path("unchanged").asInt()).isEqualTo(1);
        assertThat(rig.count("select count(*) from listing")).isEqualTo(1);
        JsonNode task = rig.task("create-listing");
        assertThat(task.path("key").asText()).isEqualTo("own-W1");
        assertThat(task.path("priceWon").asLong()).isEqualTo(11_370);
        assertThat(task.path("items").get(0).path("stock").asInt()).isEqualTo(8);
        assertThat(task.path("items").get(0).path("key").asText()).isEqualTo("own-W1");
        assertThat(task.path("category").asText()).isEqualTo("63950");
    }

    @Test
    void changes_of_a_small_supplier_do_not_wait_behind_fifty_thousand_of_a_big_one() {
        rig.database
                .sql("insert into product_change select 'big', 's' || n from generate_series(1, 50000) n")
                .update();
        rig.database
                .sql("insert into product_change select 'small', 's' || n from generate_series(1, 10) n")
                .update();

        assertThat(rig.listings.plan(100).path("taken").asInt()).isEqualTo(100);

        assertThat(rig.count("select count(*) from product_change where supplier = 'small'"))
                .isZero();
        assertThat(rig.count("select count(*) from product_change")).isEqualTo(50_010 - 100);
    }

    @Test
    void what_may_not_be_listed_is_refused_with_its_reason() {
        rig.product("A", ListingRig.content("a").put("openMarket", false), 8_000, 10, "");
        rig.product("B", ListingRig.content("b").put("blocked", "PROHIBIT"), 8_000, 10, "");
        rig.product("C", ListingRig.content("c").put("adultOnly", true), 8_000, 10, "");
        ObjectNode noImage = ListingRig.content("d");
        noImage.putArray("images");
        rig.product("D", noImage, 8_000, 10, "");
        ObjectNode noCategory = ListingRig.content("e");
        noCategory.putObject("marketCategory");
        rig.product("E", noCategory, 8_000, 10, "");
        rig.product("F", ListingRig.content("f"), 8_000, null, "");
        rig.product("G", 8_000, 2);
        rig.product("H", ListingRig.content("h"), 1, 1);
        rig.changed("H");

        JsonNode report = rig.listings.plan(100);

        assertThat(report.path("refused")).isEqualTo(ListingRig.json("""
                        {"not for open markets": 1, "blocked: PROHIBIT": 1, "adults only": 1, "no image": 1,
                         "no category": 1, "no stock": 2, "no price": 1}
                        """));
        assertThat(rig.count("select count(*) from listing")).isZero();
        assertThat(rig.count("select count(*) from product_change")).isZero();
    }

    @Test
    void
            price_carries_a_fee_whatever_its_type_is_called_or_a_usual_one_that_is_not_told_and_keeps_a_lowest_price_that_came_as_a_float() {
        ObjectNode all = ListingRig.content("a");
        all.putObject("shipping").put("type", "all").put("feeWon", 3_000);
        rig.product("A", all, 8_000, 10, "");
        rig.product("B", ListingRig.content("b").put("priceFloorWon", 50_000.0), 8_000, 10, "");
        rig.product("C", 8_000, 10);
        ObjectNode notTold = ListingRig.content("d");
        notTold.putObject("shipping").put("type", "inAdvance").putNull("feeWon");
        rig.product("D", notTold, 8_000, 10, "");
        ObjectNode leftOut = ListingRig.content("e");
        leftOut.remove("shipping");
        rig.product("E", leftOut, 8_000, 10, "");
        rig.product("F", ListingRig.content("f").putNull("shipping"), 8_000, 10, "");

        rig.listings.plan(100);

        List<JsonNode> tasks = rig.tasks("create-listing");
        assertThat(tasks.stream().map(t -> t.path("priceWon").asLong()))
                .containsExactly(14_780L, 50_000L, 11_370L, 14_780L, 14_780L, 14_780L);
    }

    @Test
    void products_over_the_daily_cap_wait_and_follow_with_their_newest_price() {
        ListingRig small = new ListingRig(2);
        for (String sku : List.of("A", "B", "C", "D")) {
            small.product(sku, 8_000, 10);
        }
        assertThat(small.listings.plan(100).path("opened").asInt()).isEqualTo(2);
        assertThat(small.claim("create-listing")).hasSize(2);
        small.stock("D", "", 16_000, 10);
        assertThat(small.listings.plan(100).path("opened").asInt()).isZero();
        assertThat(small.listings.counts().get("acme")).containsEntry("planned", 4L);

        small.database
                .sql("update listing set opened_at = opened_at - interval '25 hours'")
                .update();
        assertThat(small.listings.plan(100).path("opened").asInt()).isEqualTo(2);

        List<JsonNode> next = small.tasks("create-listing");
        assertThat(next.stream().map(t -> t.path("sku").asText())).containsExactly("C", "D");
        assertThat(next.get(1).path("priceWon").asLong()).isEqualTo(22_730);
    }

    @Test
    void price_change_is_one_update_and_goes_after_what_is_sold_out() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.product("B", 8_000, 10);
        rig.live("B");
        rig.stock("A", "", 9_000, 10);
        rig.listings.plan(100);
        rig.stock("A", "", 10_000, 10);
        rig.listings.plan(100);
        rig.state("B", "soldout");
        rig.listings.plan(100);

        List<Job> claimed = rig.claim("update-listing");
        List<JsonNode> tasks = rig.listings.tasks(claimed);

        assertThat(claimed.stream().map(Job::priority)).containsExactly(Priority.HIGH, Priority.MEDIUM);
        assertThat(tasks.stream().map(t -> t.path("sku").asText())).containsExactly("B", "A");
        assertThat(tasks.get(0).path("items").get(0).path("stock").asInt(-1)).isZero();
        assertThat(tasks.get(0).path("items").get(0).path("sentStock").asInt()).isEqualTo(8);
        JsonNode dearer = tasks.get(1);
        assertThat(dearer.path("task").asText()).isEqualTo("update");
        assertThat(dearer.path("priceWon").asLong()).isEqualTo(14_210);
        assertThat(dearer.path("items").get(0).path("sentPriceWon").asLong()).isEqualTo(11_370);
        assertThat(dearer.path("items").get(0).path("marketId").asText()).isEqualTo("V-own-A");
        assertThat(dearer.path("contentChanged").asBoolean()).isFalse();
    }

    @Test
    void new_product_waits_for_its_pull_and_what_no_market_was_sent_of_it_is_taken_back() {
        rig.product("SENT", 8_000, 10);
        rig.live("SENT");
        rig.product("OPEN", 8_000, 10);
        rig.listings.plan(100);
        assertThat(rig.count("select count(*) from job where kind = 'create-listing' and state = 'ready'"))
                .isEqualTo(1);
        rig.product("NEW", 8_000, 10);
        rig.database
                .sql("insert into product_waiting select supplier, sku from product")
                .update();
        for (String sku : List.of("OPEN", "SENT")) {
            rig.stock(sku, "", 9_000, 10);
        }

        JsonNode plan = rig.listings.plan(100);

        assertThat(plan.path("refused").toString())
                .contains("\"new: waits until its pull has ended and is believed\":1");
        assertThat(rig.count("select count(*) from listing where sku = 'NEW'")).isZero();
        assertThat(rig.tasks("create-listing")).as("neither is created").isEmpty();
        assertThat(rig.count("select count(*) from listing where sku = 'OPEN'")).isZero();
        assertThat(rig.task("update-listing").path("sku").asText()).isEqualTo("SENT");
        rig.database.sql("delete from product_waiting").update();
        rig.changed("NEW");
        rig.listings.plan(100);
        assertThat(rig.task("create-listing").path("sku").asText()).isEqualTo("NEW");
    }

    @Test
    void product_barred_from_open_markets_is_stopped_first() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.product("A", ListingRig.content("상품 A").put("openMarket", false), 8_000, 10, "");
        rig.listings.plan(100);

        List<Job> claimed = rig.claim("update-listing");
        JsonNode task = rig.listings.tasks(claimed).get(0);

        assertThat(claimed.get(0).priority()).isEqualTo(Priority.HIGH);
        assertThat(task.path("task").asText()).isEqualTo("stop");
        assertThat(task.path("items").get(0).path("stock").asInt(-1)).isZero();
    }

    @Test
    void unknown_stock_is_held_and_becomes_none_when_it_stays_unknown() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.stock("A", "", 8_000, null);
        assertThat(rig.listings.plan(100).path("unchanged").asInt()).isEqualTo(1);
        rig.listings.reassert();
        assertThat(rig.count("select count(*) from product_change")).isZero();

        rig.database
                .sql("update product_stock set checked_at = now() - interval '25 hours'")
                .update();
        rig.listings.reassert();
        rig.listings.plan(100);

        JsonNode task = rig.task("update-listing");
        assertThat(task.path("items").get(0).path("stock").asInt(-1)).isZero();
    }

    @Test
    void option_that_is_gone_is_sold_out_and_keeps_its_code() {
        ObjectNode content = ListingRig.content("옷");
        content.set(
                "options",
                ListingRig.json("{\"o\": [{\"key\": \"빨강\"}, {\"key\": \"파랑\"}]}")
                        .get("o"));
        rig.product("A", content, 8_000, 10, "빨강", "파랑");
        rig.live("A");
        content.set("options", ListingRig.json("{\"o\": [{\"key\": \"파랑\"}]}").get("o"));
        rig.product("A", content, 8_000, 10, "파랑");
        rig.listings.plan(100);

        JsonNode items = rig.task("update-listing").path("items");

        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("stock").asInt()).isEqualTo(8);
        assertThat(items.get(1).path("optionKey").asText()).isEqualTo("빨강");
        assertThat(items.get(1).path("stock").asInt(-1)).isZero();
        assertThat(items.get(1).path("marketId").asText()).isEqualTo("V-" + SellerCode.ofItem("own-A", "빨강"));
    }

    @Test
    void two_planners_at_once_list_nothing_twice_and_keep_the_cap() throws Exception {
        DataSource source = TestDatabase.fresh();
        ListingRig first = new ListingRig(source, 150);
        for (int i = 0; i < 400; i++) {
            first.product("S" + i, 8_000, 10);
        }
        Callable<Integer> planner = () -> {
            int opened = 0;
            for (int round = 0; round < 20; round++) {
                opened += first.listings.plan(50).path("opened").asInt();
            }
            return opened;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int opened = 0;
        for (Future<Integer> run : threads.invokeAll(Collections.nCopies(4, planner))) {
            opened += run.get();
        }
        threads.shutdown();

        assertThat(opened).isEqualTo(150);
        assertThat(first.count("select count(*) from listing")).isEqualTo(400);
        assertThat(first.count("select count(*) from job")).isEqualTo(150);
    }

    @Test
    void two_processes_in_turn_use_the_cap_to_its_last_place() {
        DataSource source = TestDatabase.fresh();
        ListingRig first = new ListingRig(source, 1_000);
        ListingRig second = new ListingRig(source, 1_000);
        products(first, 1_300);
        first.listings.plan(10);
        second.listings.plan(10);
        first.listings.plan(900); // more than a share of it, at once
        for (int i = 0; i < 25; i++) {
            second.listings.plan(20);
            first.listings.plan(20);
        }

        assertThat(first.count("select count(*) from listing where opened_at is not null"))
                .isEqualTo(1_000);
        assertThat(first.count("select count(*) from listing")).isEqualTo(1_300);
    }

    @Test
    void five_thousand_products_are_planned_in_a_dozen_statements() {
        CountingSource source = new CountingSource(TestDatabase.fresh());
        ListingRig many = new ListingRig(source, 500);
        products(many, 5_000);
        source.statements.set(0);
        Instant start = Instant.now();

        JsonNode report = many.listings.plan(5_000);

        Duration took = Duration.between(start, Instant.now());
        assertThat(source.statements.get()).isLessThanOrEqualTo(12);
        assertThat(took).isLessThan(Duration.ofSeconds(15));
        assertThat(report.path("planned").asInt()).isEqualTo(5_000);
        assertThat(report.path("opened").asInt()).isEqualTo(500);
    }

    private static void products(ListingRig rig, int many) {
        rig.database
                .sql("""
                        insert into product (supplier, sku, state, name, content, content_hash)
                        select 'own', 'S' || n, 'active', 'x', :content::jsonb || jsonb_build_object('name', '상품 ' || n), ''
                        from generate_series(1, :many) n
                        """)
                .param(
                        "content",
                        ListingRig.content("x").put("html", "h".repeat(2_000)).toString())
                .param("many", many)
                .update();
        rig.database
                .sql("insert into product_stock select supplier, sku, '', 8000, 10 from product")
                .update();
        rig.database
                .sql("insert into product_change select supplier, sku from product")
                .update();
    }
}
