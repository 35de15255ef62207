package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.queue.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ListingAnswersTest {

    private final ListingRig rig = new ListingRig(500);

    @Test
    void accepted_listing_is_pending_then_live_then_proven() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        JsonNode create = rig.task("create-listing");
        rig.ok(create, ListingRig.created(create));
        assertThat(rig.listing("A")).containsEntry("state", "pending").containsEntry("sent_version", 1);
        assertThat(rig.claim("check-listing")).as("not before check-every").isEmpty();

        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"pending\"}");
        rig.dueNow();
        JsonNode check = rig.task("check-listing");
        assertThat(check.path("marketIds").path("productId").asText()).isEqualTo("P-A");
        rig.ok(check, shown("own-A", 11_370, 8));

        assertThat(rig.listing("A")).containsEntry("state", "live").containsEntry("proven_version", 1);
        assertThat(rig.listing("A").get("proven_at")).isNotNull();
        assertThat(rig.count("select count(*) from listing_option where market_option_id = 'V-own-A'"))
                .isEqualTo(1);
        assertThat(rig.count("select count(*) from job")).isZero();
    }

    @Test
    void creation_with_an_unknown_answer_is_found_and_not_repeated() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("create-listing"), "unknown", null);
        assertThat(rig.claim("find-listing")).as("not before it settles").isEmpty();

        rig.dueNow();
        JsonNode find = rig.task("find-listing");
        assertThat(find.path("task").asText()).isEqualTo("find");
        rig.ok(find, ListingRig.created(find));

        assertThat(rig.listing("A")).containsEntry("state", "pending").containsEntry("sent_version", 1);
        assertThat(rig.claim("create-listing")).isEmpty();
    }

    @Test
    void creation_that_is_not_found_is_made_again() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("create-listing"), "unknown", null);
        rig.dueNow();
        rig.ok(rig.task("find-listing"), "{}");

        assertThat(rig.task("create-listing").path("task").asText()).isEqualTo("create");
    }

    @Test
    void listing_of_a_database_that_was_set_back_is_looked_up_once_before_it_is_created() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        rig.restores.found("a test says so");
        assertThat(rig.tasks("create-listing")).as("still settling").isEmpty();

        rig.dueNow();
        JsonNode find = rig.task("create-listing");
        assertThat(find.path("task").asText()).isEqualTo("find");
        rig.ok(find, "{}");

        assertThat(rig.task("create-listing").path("task").asText()).isEqualTo("create");
    }

    @Test
    void listings_of_a_database_that_was_set_back_are_read_back_at_once() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.listings.reassert();
        assertThat(rig.claim("check-listing")).as("read a moment ago").isEmpty();

        rig.restores.found("a test says so");
        rig.listings.reassert();

        assertThat(rig.task("check-listing").path("sku").asText()).isEqualTo("A");
    }

    @Test
    void process_that_died_during_a_creation_leaves_a_listing_that_is_looked_up_first() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        JsonNode lost = rig.task("create-listing");
        rig.database
                .sql("update job set lease_until = now() - interval '1 second'")
                .update();
        rig.jobs.recover();
        assertThat(rig.tasks("create-listing")).as("still settling").isEmpty();

        rig.dueNow();
        JsonNode find = rig.task("create-listing");
        assertThat(find.path("task").asText()).isEqualTo("find");

        rig.ok(lost, ListingRig.created(lost));
        assertThat(rig.listing("A").get("state")).as("a late success is kept").isEqualTo("pending");
        rig.ok(find, "{}");
        assertThat(rig.claim("create-listing")).isEmpty();
    }

    @Test
    void refused_listing_waits_for_other_content() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("create-listing"), "final", null);
        assertThat(rig.listing("A")).containsEntry("state", "failed").containsEntry("reason", "because");

        rig.stock("A", "", 9_000, 5);
        rig.listings.plan(100);
        assertThat(rig.claim("create-listing"))
                .as("price and stock are not what was refused")
                .isEmpty();

        rig.product("A", ListingRig.content("다른 이름"), 9_000, 5, "");
        rig.listings.plan(100);
        JsonNode again = rig.task("create-listing");
        assertThat(again.path("title").asText()).isEqualTo("다른 이름");
        assertThat(rig.listing("A")).containsEntry("state", "planned").containsEntry("failures", 1);
    }

    @Test
    void creation_that_was_certainly_not_accepted_is_repeated_later_without_a_look_up() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("create-listing"), "retry", null);
        rig.dueNow();

        assertThat(rig.task("create-listing").path("task").asText()).isEqualTo("create");
    }

    @Test
    void answers_that_come_together_are_settled_each_for_itself() throws Exception {
        for (int i = 0; i < 40; i++) {
            rig.product("A" + i, 8_000, 10);
        }
        rig.listings.plan(100);
        List<JsonNode> creates = rig.tasks("create-listing");
        ExecutorService threads = Executors.newFixedThreadPool(40);
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            JsonNode create = creates.get(i);
            String outcome = List.of("ok", "final", "retry", "unknown").get(i % 4);
            String result = outcome.equals("ok") ? ListingRig.created(create) : null;
            answers.add(threads.submit(() -> rig.answer(create, outcome, result)));
        }
        for (Future<?> answer : answers) {
            answer.get();
        }
        threads.shutdown();

        assertThat(rig.count("select count(*) from listing where state = 'pending' and create_sent_at is null"
                        + " and market_ids ->> 'productId' = 'P-' || sku"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from listing_option where market_option_id = 'V-' || item_key"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from listing where state = 'failed' and create_sent_at is null"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from listing where state = 'planned' and create_sent_at is null"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from listing where state = 'planned' and create_sent_at is not null"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from job where state = 'ready' and kind = 'create-listing'"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from job where kind = 'find-listing'"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from job where kind = 'check-listing'"))
                .isEqualTo(10);
        assertThat(rig.count("select count(*) from job where state = 'running'"))
                .isZero();
    }

    @Test
    void answer_without_the_lease_changes_nothing_beside_one_that_has_it() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.stock("A", "", 9_000, 10);
        rig.listings.plan(100);
        JsonNode lost = rig.task("update-listing");
        rig.database
                .sql("update job set lease_until = now() - interval '1 second' where state = 'running'")
                .update();
        rig.jobs.recover();
        JsonNode mine = rig.task("update-listing");

        rig.answer(lost, "final", null);
        assertThat(rig.listing("A")).containsEntry("state", "live").containsEntry("failures", 0);
        assertThat(rig.count("select count(*) from job where kind = 'update-listing' and state = 'running'"))
                .isEqualTo(1);
        rig.ok(mine, "{}");
        assertThat(rig.listing("A").get("sent_version")).isEqualTo(2);
        assertThat(rig.count("select count(*) from job where kind = 'update-listing'"))
                .isZero();
    }

    @Test
    void denied_listing_keeps_its_reason_and_is_not_asked_again() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        JsonNode create = rig.task("create-listing");
        rig.ok(create, ListingRig.created(create));
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"denied\", \"reason\": \"사진\"}");

        assertThat(rig.listing("A")).containsEntry("state", "denied").containsEntry("reason", "사진");
        assertThat(rig.count("select count(*) from job")).isZero();
        assertThat(rig.listings.counts().get("acme"))
                .containsEntry("denied", 1L)
                .containsEntry("live", 0L)
                .containsEntry("failed", 0L);
    }

    @Test
    void change_while_pending_is_sent_when_it_is_live() {
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);
        JsonNode create = rig.task("create-listing");
        rig.ok(create, ListingRig.created(create));
        rig.state("A", "soldout");
        rig.listings.plan(100);
        assertThat(rig.claim("update-listing")).isEmpty();

        rig.dueNow();
        rig.ok(rig.task("check-listing"), shown("own-A", 11_370, 8));

        assertThat(rig.task("update-listing").path("items").get(0).path("stock").asInt(-1))
                .isZero();
    }

    @Test
    void update_is_sent_read_back_and_repeated_when_the_market_shows_something_else() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.stock("A", "", 16_000, 10);
        rig.listings.plan(100);
        rig.ok(rig.task("update-listing"), "{}");
        assertThat(rig.listing("A")).containsEntry("sent_version", 2).containsEntry("proven_version", 0);

        rig.dueNow();
        rig.ok(rig.task("check-listing"), shown("own-A", 11_370, 8));

        JsonNode again = rig.task("update-listing");
        assertThat(again.path("items").get(0).path("sentPriceWon").asLong()).isEqualTo(11_370);
        assertThat(again.path("items").get(0).path("priceWon").asLong()).isEqualTo(22_730);
        rig.ok(again, "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), shown("own-A", 22_730, 7));
        assertThat(rig.listing("A")).containsEntry("proven_version", 2).containsEntry("failures", 0);
    }

    @Test
    void items_of_one_answer_are_taken_singly() {
        ObjectNode content = ListingRig.content("옷");
        content.set(
                "options",
                ListingRig.json("{\"o\": [{\"key\": \"r\"}, {\"key\": \"b\"}]}").get("o"));
        rig.product("A", content, 8_000, 10, "r", "b");
        rig.live("A");
        rig.stock("A", "r", 9_000, 10);
        rig.stock("A", "b", 9_000, 10);
        rig.listings.plan(100);
        String refused = SellerCode.ofItem("own-A", "b");
        rig.ok(
                rig.task("update-listing"),
                "{\"items\": [{\"key\": \"%s\", \"outcome\": \"retry\", \"reason\": \"잠시\"}]}".formatted(refused));
        rig.dueNow();

        JsonNode items = rig.task("update-listing").path("items");

        assertThat(items.get(0).path("sentPriceWon").asLong()).isEqualTo(12_790);
        assertThat(items.get(1).path("sentPriceWon").asLong()).isEqualTo(11_370);
        assertThat(rig.listing("A")).containsEntry("sent_version", 1).containsEntry("state", "live");
    }

    @Test
    void refused_update_is_not_repeated_but_selling_out_still_goes_through() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.stock("A", "", 9_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("update-listing"), "final", null);
        assertThat(rig.listing("A")).containsEntry("state", "failed");
        rig.changed("A");
        rig.listings.plan(100);
        assertThat(rig.claim("update-listing")).isEmpty();

        rig.state("A", "soldout");
        rig.listings.plan(100);
        rig.ok(rig.task("update-listing"), "{}");
        assertThat(rig.listing("A")).containsEntry("state", "live").containsEntry("sent_version", 3);
    }

    @Test
    void stop_whose_answer_was_lost_and_that_is_refused_the_second_time_is_read_back() {
        JsonNode stop = barred("A");
        rig.answer(stop, "unknown", null);
        assertThat(rig.listing("A")).containsEntry("state", "live");
        rig.dueNow();
        rig.answer(rig.task("update-listing"), "final", null);
        assertThat(rig.listing("A")).containsEntry("state", "failed");

        rig.ok(rig.task("check-listing"), "{\"state\": \"suspended\", \"reason\": \"SUSPENSION\"}");

        assertThat(rig.listing("A")).containsEntry("state", "suspended").containsEntry("proven_version", 2);
        rig.product("A", ListingRig.content("a"), 8_000, 10, "");
        rig.listings.plan(100);
        assertThat(rig.task("update-listing").path("suspended").asBoolean())
                .as("ours to bring back")
                .isTrue();
    }

    @Test
    void stop_that_a_market_refuses_while_it_goes_on_selling_is_asked_for_again_and_says_what_to_do() {
        rig.answer(barred("A"), "final", null);

        rig.ok(rig.task("check-listing"), shown("own-A", 11_370, 8));

        assertThat(rig.listing("A")).containsEntry("state", "failed");
        assertThat((String) rig.listing("A").get("reason")).contains("take it off there by hand");
        assertThat(rig.claim("update-listing")).as("later").isEmpty();
        rig.dueNow();
        assertThat(rig.task("update-listing").path("task").asText()).isEqualTo("stop");
    }

    @Test
    void refusal_keeps_its_reason_when_the_market_is_read_back() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.stock("A", "", 9_000, 10);
        rig.listings.plan(100);
        rig.answer(rig.task("update-listing"), "final", null);

        rig.ok(rig.task("check-listing"), shown("own-A", 11_370, 8));

        assertThat(rig.listing("A")).containsEntry("state", "failed").containsEntry("reason", "because");
    }

    @Test
    void product_that_is_back_before_its_lost_stop_is_known_is_put_on_sale_as_if_it_were_off() {
        rig.answer(barred("A"), "unknown", null);
        rig.product("A", ListingRig.content("a"), 8_000, 10, "");
        rig.listings.plan(100);
        rig.dueNow();

        JsonNode back = rig.task("update-listing");

        assertThat(back.path("task").asText()).isEqualTo("update");
        assertThat(back.path("sentOnSale").asBoolean()).isFalse();
        rig.answer(back, "final", null);
        rig.ok(rig.task("check-listing"), shown("own-A", 11_370, 8));
        assertThat(rig.listing("A")).as("it was never off").containsEntry("state", "live");
    }

    /** Live, and then not for open markets: the task that takes it off. */
    private JsonNode barred(String sku) {
        rig.product(sku, ListingRig.content("a"), 8_000, 10, "");
        rig.live(sku);
        rig.product(sku, ListingRig.content("a").put("openMarket", false), 8_000, 10, "");
        rig.listings.plan(100);
        JsonNode stop = rig.task("update-listing");
        assertThat(stop.path("task").asText()).isEqualTo("stop");
        return stop;
    }

    @Test
    void live_listings_are_read_back_again_after_a_while() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.listings.reassert();
        assertThat(rig.claim("check-listing")).isEmpty();

        rig.database
                .sql("update listing set checked_at = now() - interval '7 hours'")
                .update();
        rig.listings.reassert();
        rig.listings.reassert();

        List<Job> checks = rig.claim("check-listing");
        assertThat(checks).hasSize(1);
        rig.ok(rig.listings.tasks(checks).get(0), shown("own-A", 11_370, 8));
        assertThat(rig.listing("A")).containsEntry("proven_version", 1);
    }

    @Test
    void what_we_took_off_sale_comes_back_and_what_the_market_suspended_does_not() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.product("A", ListingRig.content("a").put("openMarket", false), 8_000, 10, "");
        rig.listings.plan(100);
        JsonNode stop = rig.task("update-listing");
        assertThat(stop.path("task").asText()).isEqualTo("stop");
        rig.ok(stop, "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"suspended\", \"reason\": \"SUSPENSION\"}");
        assertThat(rig.listing("A").get("state")).isEqualTo("suspended");

        rig.product("A", ListingRig.content("a"), 8_000, 10, "");
        rig.listings.plan(100);

        JsonNode back = rig.task("update-listing");
        assertThat(back.path("task").asText()).isEqualTo("update");
        assertThat(back.path("suspended").asBoolean()).isTrue();
        rig.ok(back, "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"suspended\", \"reason\": \"PROHIBITION\"}");

        rig.product("A", 9_000, 10);
        rig.listings.plan(100);
        assertThat(rig.tasks("update-listing")).as("the market's own decision").isEmpty();
    }

    @Test
    void what_comes_back_without_stock_is_put_on_sale_when_stock_comes_back() {
        rig.ok(barred("A"), "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"suspended\", \"reason\": \"SUSPENSION\"}");
        rig.product("A", ListingRig.content("a"), 8_000, 0, "");
        rig.listings.plan(100);
        rig.ok(rig.task("update-listing"), "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"suspended\", \"reason\": \"SUSPENSION\"}");

        rig.stock("A", "", 8_000, 10);
        rig.listings.plan(100);

        JsonNode back = rig.task("update-listing");
        assertThat(back.path("suspended").asBoolean()).isTrue();
        assertThat(back.path("items").get(0).path("stock").asInt()).isEqualTo(8);
    }

    @Test
    void market_that_no_route_reads_back_leaves_no_jobs_behind() {
        ListingRig blind = new ListingRig(TestDatabase.fresh(), 10, Duration.ZERO);
        blind.product("A", 8_000, 10);
        blind.listings.plan(100);
        JsonNode created = blind.task("create-listing");
        blind.ok(created, ListingRig.created(created));
        assertThat(blind.count("select count(*) from job")).isZero();

        blind.database
                .sql("insert into job (kind, partner, dedupe_key, prio, run_at, payload)"
                        + " values ('check-listing', 'acme', 'left by a process with other routes', 30, now(), '{}')")
                .update();
        blind.listings.reassert();

        assertThat(blind.count("select count(*) from job")).isZero();
        rig.product("B", 8_000, 10);
        rig.listings.plan(100);
        JsonNode seen = rig.task("create-listing");
        rig.ok(seen, ListingRig.created(seen));
        rig.listings.reassert();
        assertThat(rig.count("select count(*) from job where kind = 'check-listing'"))
                .as("routes may still be starting")
                .isEqualTo(1);
    }

    @Test
    void facts_of_the_market_are_part_of_a_task() {
        rig.database
                .sql("insert into partner_fact (partner, name, value) values ('acme', 'returnCenter', '{\"code\": 7}')")
                .update();
        rig.product("A", 8_000, 10);
        rig.listings.plan(100);

        assertThat(rig.task("create-listing")
                        .path("facts")
                        .path("returnCenter")
                        .path("code")
                        .asInt())
                .isEqualTo(7);
    }

    private static String shown(String key, long priceWon, int stock) {
        return "{\"state\": \"live\", \"read\": {\"items\": [{\"key\": \"%s\", \"priceWon\": %d, \"stock\": %d, \"onSale\": %s}]}}"
                .formatted(key, priceWon, stock, stock > 0);
    }
}
