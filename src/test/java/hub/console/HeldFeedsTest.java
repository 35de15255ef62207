package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestHub;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub with its routes; the simulator of Ownerclan plays one bad feed after the other. */
class HeldFeedsTest extends OwnerclanFeeds {

    private static final TestHub HUB = new TestHub(() -> HeldFeedsTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) {
        HUB.options(options);
    }

    @BeforeEach
    void whole_catalogue_is_there() {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("product where state in ('active', 'soldout')")).isGreaterThan(1150);
            assertThat(count("cursor where state -> 'wholeAt' is not null")).isPositive();
        });
    }

    @AfterEach
    void supplier_mends_its_feed() throws Exception {
        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(feeds()).isEmpty());
    }

    @Test
    void price_that_jumps_waits_for_a_person_and_only_what_was_shown_is_let_through() throws Exception {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sold("1") + sold("2")).hasSize(14));
        String dear = sold("1");
        String cheap = sold("2");
        long costs = costs();
        fault("price-jump");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(waiting("price-jump")).isEqualTo(240));

        assertThat(costs()).as("no cost is written").isEqualTo(costs);
        assertThat(stock(dear)).as("dearer: off sale").isZero();
        assertThat(stock(cheap)).as("cheaper: sold at the old price").isPositive();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(listed(dear)).as("nothing below its cost").isZero();
            assertThat(listed(cheap)).isPositive();
            assertThat(get(port, "/api/status")
                            .path("products")
                            .path("ownerclan")
                            .path("held")
                            .asInt())
                    .isEqualTo(240);
            assertThat(text(managementPort, "/actuator/prometheus"))
                    .contains("hub_holds_items{application=\"dropship-hub\",guard=\"price-jump\",state=\"waiting\","
                            + "supplier=\"ownerclan\"} 240.0");
        });
        assertThatOnlyWhatWasShownIsLetThrough(dear, cheap);
    }

    private void assertThatOnlyWhatWasShownIsLetThrough(String dear, String cheap) throws Exception {
        Browser kim = operator();
        long before = cost(dear);
        assertThat(decide(kim, dear, "00ff", "yes").statusCode()).isEqualTo(409);
        assertThat(decide(kim, dear, hash(dear), "maybe").statusCode()).isEqualTo(400);
        assertThat(decide(kim, "W999999", "00ff", "yes").statusCode()).isEqualTo(404);
        String shown = hash(dear);
        assertThat(decide(kim, dear, shown, "yes").statusCode()).isEqualTo(200);
        assertThat(decide(kim, cheap, hash(cheap), "no").statusCode()).isEqualTo(200);

        assertThat(cost(dear)).isEqualTo(3 * before);
        assertThat(state(dear)).isEqualTo("active");
        assertThat(state(cheap)).isEqualTo("active");
        assertThat(decide(kim, cheap, hash(cheap), "no").statusCode()).isEqualTo(409);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(listed(dear)).as("sold again").isPositive());
        assertThat(database.sql(
                                "select actor || ' ' || decision || ' ' || sku from guard_decision where actor = 'kim' and guard = 'price-jump' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("kim yes " + dear, "kim no " + cheap);

        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("item_hold where sku <> '" + dear + "'")).isZero();
            assertThat(state(dear)).as("a newer value asks again").isEqualTo("held");
            assertThat(hash(dear)).isNotEqualTo(shown);
        });
        decide(kim, dear, hash(dear), "yes");
        assertThat(cost(dear)).isEqualTo(before);
    }

    @Test
    void other_product_under_an_old_number_is_shown_in_both_languages_and_decided_together_with_others()
            throws Exception {
        fault("identity-swap");
        await().atMost(LONG).untilAsserted(() -> assertThat(waiting("identity")).isGreaterThan(100));
        String name = name("W000021");
        Browser kim = operator();

        assertThat(kim.get("/holds").body()).contains("보류된 상품", "다른 상품", "W000021", name, "판매 중지", "예, 새 내용을 받아들임");
        assertThat(kim.get("/holds?lang=en").body())
                .contains("Items that are held", "Another product", "Off sale", "before: " + name)
                .doesNotContain("??");
        assertThat(stock("W000021")).isZero();
        kim.submit("/holds", "/holds", Map.of("item", "ownerclan/W000021/" + hash("W000021"), "decision", "no"));
        assertThat(kim.get("/holds").body()).contains("Refused: 1.");
        assertThat(state("W000021")).as("the wrong goods are never sold").isEqualTo("held");
        kim.submit("/holds", "/holds", Map.of("item", "ownerclan/W000031/00", "decision", "yes"));
        assertThat(kim.get("/holds").body()).contains("offered differently meanwhile");
        assertThat(name("W000021")).isEqualTo(name);
        Browser looker = user("looker", Role.VIEWER);
        assertThat(looker.get("/holds").body()).contains("W000021").doesNotContain("name=\"decision\"");
        assertThat(decide(looker, "W000031", hash("W000031"), "yes").statusCode())
                .isEqualTo(403);

        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(count("item_hold")).isZero());
        assertThat(state("W000021")).isEqualTo("active");
        assertThat(stock("W000021")).isPositive();
    }

    @Test
    void feed_that_shrinks_ends_nothing_until_a_person_lets_go_of_exactly_these() throws Exception {
        fault("shrink");
        JsonNode held = held("shrink", 3);
        assertThat(held.path("measured").asInt()).isBetween(150, 172);
        assertThat(count("product where state = 'ended' and changed_at > now() - interval '10 seconds'"))
                .isZero();
        Browser kim = operator();
        assertThat(feed(kim, held, "no")).isEqualTo(200);
        int times = held("shrink", 1).path("times").asInt();
        held = held("shrink", times + 2);
        assertThat(held.path("state").asText()).isEqualTo("refused");
        assertThat(state("W000008")).isEqualTo("active");

        assertThat(feed(kim, held, "yes")).isEqualTo(200);

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(state("W000008")).isEqualTo("ended");
            assertThat(feeds()).isEmpty();
        });
        assertThat(state("W000009")).isEqualTo("active");
        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(state("W000008")).isEqualTo("active"));
    }

    @Test
    void half_a_catalogue_that_is_accepted_is_still_no_reason_to_end_the_other_half() throws Exception {
        fault("half-catalogue");
        JsonNode held = held("ends-early", 2);
        assertThat(held.path("measured").asInt()).isEqualTo(600);
        assertThat(held.path("reason").asText()).contains("the catalogue ends after 600 products");
        Browser kim = operator();
        assertThat(kim.get("/holds").body()).contains("카탈로그가 상품 600개에서 끝났습니다.").doesNotContain("ends after");
        assertThat(kim.get("/holds?lang=en").body()).contains("the catalogue ends after 600 products");
        assertThat(kim.get("/pulls/live?lang=ko").body())
                .contains("페이지를 믿을 수 없어 저장하지 않았습니다.")
                .doesNotContain("is not believed");

        assertThat(feed(kim, held, "yes")).isEqualTo(200);

        assertThat(held("shrink", 1).path("measured").asInt()).isGreaterThan(500);
        assertThat(state("W001001")).isEqualTo("active");
        // What was accepted goes when the pull that was held for something else is done with it, a moment later.
        await().atMost(LONG).untilAsserted(() -> assertThat(feeds()).hasSize(1));
    }

    @Test
    void pages_in_a_circle_and_an_empty_catalogue_are_held_and_nobody_can_accept_them() throws Exception {
        fault("loop-page");
        JsonNode loop = held("loop", 1);
        assertThat(loop.path("decidable").asBoolean()).isFalse();
        assertThat(feed(operator(), loop, "yes")).isEqualTo(409);
        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(feeds()).isEmpty());

        fault("empty-catalogue");
        assertThat(feed(operator(), held("empty", 1), "yes")).isEqualTo(409);
    }

    @Test
    void page_that_comes_twice_and_a_renamed_field_are_held() throws Exception {
        fault("duplicate-page");
        assertThat(held("repeated", 1).path("measured").asInt()).isEqualTo(1000);
        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> assertThat(feeds()).isEmpty());
        long costs = costs();

        fault("renamed-field");
        assertThat(held("required-fields", 1).path("measured").asInt()).isEqualTo(500);
        assertThat(costs()).isEqualTo(costs);
        assertThat(text(managementPort, "/actuator/prometheus")).contains("guard=\"required-fields\"");
    }

    /** The hold of a guard, once so many pulls found it. */
    private JsonNode held(String guard, int times) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(feeds())
                        .anyMatch(feed -> feed.path("guard").asText().equals(guard)
                                && feed.path("times").asInt() >= times));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get(port, "/api/status").path("routes"))
                        .anyMatch(route -> route.path("id").asText().equals("ownerclan-pull-products")
                                && route.path("held").toString().contains(guard + ": ")));
        try {
            return feeds().stream()
                    .filter(feed -> feed.path("guard").asText().equals(guard))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> feeds() throws IOException, InterruptedException {
        return get(port, "/api/feeds").path("feeds").valueStream().toList();
    }

    private int waiting(String guard) throws IOException, InterruptedException {
        return get(port, "/api/feeds")
                .path("items")
                .valueStream()
                .filter(some -> some.path("guard").asText().equals(guard)
                        && some.path("state").asText().equals("waiting"))
                .mapToInt(some -> some.path("count").asInt())
                .sum();
    }

    private static int feed(Browser browser, JsonNode held, String decision) throws Exception {
        String query = "?supplier=ownerclan&guard=" + held.path("guard").asText() + "&hash="
                + held.path("hash").asText() + "&decision=" + decision;
        return browser.submit("/holds", "/api/feeds" + query, Map.of()).statusCode();
    }

    private static HttpResponse<String> decide(Browser browser, String sku, String hash, String decision)
            throws Exception {
        return browser.submit(
                "/holds",
                "/api/holds?supplier=ownerclan&sku=" + sku + "&hash=" + hash + "&decision=" + decision,
                Map.of());
    }

    private static void fault(String name) throws Exception {
        HUB.fault(name, "ownerclan", "allItems");
    }

    private long costs() {
        return one("select sum(cost_won) from product_stock where '' = ?", "");
    }

    private long cost(String sku) {
        return one("select min(cost_won) from product_stock where sku = ?", sku);
    }

    private long stock(String sku) {
        return one("select sum(stock) from product_stock where sku = ?", sku);
    }

    private long listed(String sku) {
        return one(
                "select sum((i.value ->> 'stock')::int) from listing, jsonb_array_elements(desired -> 'items') i where sku = ?",
                sku);
    }

    /** A product that is listed and in stock, whose number ends so; empty when there is none yet. */
    private String sold(String end) {
        return text("""
                select coalesce(min(sku), '') from listing join product_stock s using (supplier, sku)
                where s.stock between 1 and 9000 and sku like '%' || ?
                """, end);
    }

    private long one(String sql, String sku) {
        return database.sql(sql).param(sku).query(Long.class).single();
    }

    private String state(String sku) {
        return text("select state from product where sku = ?", sku);
    }

    private String name(String sku) {
        return text("select name from product where sku = ?", sku);
    }

    private String hash(String sku) {
        return text("select encode(hash, 'hex') from item_hold where sku = ?", sku);
    }

    private String text(String sql, String sku) {
        return database.sql(sql).param(sku).query(String.class).single();
    }
}
