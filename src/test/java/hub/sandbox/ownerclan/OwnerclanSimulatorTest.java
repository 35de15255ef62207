package hub.sandbox.ownerclan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Turnover;
import hub.sandbox.ownerclan.Desk.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the requests of the contract's samples; what they answered there is invented, so values are not compared. */
class OwnerclanSimulatorTest {

    private static final String EVERYTHING = "{\"first\":200,\"after\":null,\"from\":0,\"to\":1793000000000}";

    @TempDir
    private Path state;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(state, 500, 0);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void password_buys_a_text_token_for_30_days() {
        Reply right = desk.auth("open sesame");
        assertThat(right.answer().status()).isEqualTo(200);
        assertThat(right.answer().headers().get("Content-Type")).startsWith("text/plain");
        assertThat(right.text()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(desk.auth("wrong").answer().status()).isEqualTo(401);
        assertThat(desk.auth("wrong").text()).isEqualTo("Unauthorized");
    }

    @Test
    void token_that_is_forged_or_old_is_refused() {
        String query = "{item(key:\"W000001\"){key}}";
        assertThat(desk.graphql(query, "{}").answer().status()).isEqualTo(200);
        desk.pass(Duration.ofDays(30).plusSeconds(1));
        assertThat(desk.graphql(query, "{}").answer().status()).isEqualTo(401);
        String sampled = Desk.sample("allItems-01-page1")
                .at("/request/headers/Authorization")
                .asText();
        desk.bearer(sampled.substring("Bearer ".length()));
        assertThat(desk.graphql(query, "{}").answer().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allItems-01-page1",
                "allItems-02-last",
                "allOrders-01-shipped-after",
                "allOrders-02-by-note",
                "itemHistories-01-ok",
                "itemsByKeys-01-ok"
            })
    void sampled_reading_is_understood(String sample) {
        JsonNode body = Desk.sample(sample).at("/request/body");
        String variables = body.path("variables").toString().replace("Y3Vyc29yOjI=", "Y3Vyc29yOjE6MA==");
        Reply reply = desk.graphql(body.path("query").asText(), variables.isEmpty() ? "{}" : variables);
        assertThat(reply.error()).isEmpty();
        assertThat(shape(reply.data())).isSubsetOf(shape(Desk.sample(sample).at("/response/body/data")));
    }

    @Test
    void item_has_the_fields_of_the_sample() {
        Reply reply = desk.played("allItems-01-page1", EVERYTHING);
        JsonNode sampled = Desk.sample("allItems-01-page1").at("/response/body/data");
        assertThat(shape(reply.data()))
                .containsAll(shape(sampled.path("allItems").path("pageInfo")));
        JsonNode node = reply.data().at("/allItems/edges/0/node");
        assertThat(shape(reply.data())).containsAll(shape(sampled.at("/allItems/edges/0/node")));
        assertThat(node.path("updatedAt").asLong()).isGreaterThan(1_700_000_000_000L);
    }

    @Test
    void pages_bring_every_sellable_item_once_by_date() {
        List<String> keys = new ArrayList<>();
        long last = 0;
        String after = "null";
        boolean more = true;
        while (more) {
            JsonNode page = desk.played("allItems-01-page1", EVERYTHING.replace("null", after))
                    .data()
                    .path("allItems");
            for (JsonNode edge : page.path("edges")) {
                keys.add(edge.at("/node/key").asText());
                assertThat(edge.at("/node/updatedAt").asLong()).isGreaterThanOrEqualTo(last);
                last = edge.at("/node/updatedAt").asLong();
            }
            more = page.at("/pageInfo/hasNextPage").asBoolean();
            after = page.at("/pageInfo/endCursor").toString();
        }
        assertThat(keys)
                .hasSize(490)
                .doesNotHaveDuplicates()
                .contains("W000001")
                .doesNotContain("W000050");
    }

    @Test
    void page_can_be_read_backwards_and_by_price() {
        String query = "query($n:Int,$b:String){allItems(%s,sortBy:%s){edges{cursor node{key price}}}}";
        List<String> all = keys(desk.graphql(query.formatted("first:$n,after:$b", "dateAsc"), "{\"n\":6}"));
        assertThat(keys(desk.graphql(query.formatted("first:$n,after:$b", "dateDesc"), "{\"n\":2}")))
                .containsExactly("W000500", "W000499");
        assertThat(keys(desk.graphql(query.formatted("last:$n,before:$b", "dateDesc"), "{\"n\":6}")))
                .containsExactlyInAnyOrderElementsOf(all);
        JsonNode cheap = desk.graphql(query.formatted("first:$n,after:$b", "priceAsc"), "{\"n\":500}")
                .data();
        List<Long> prices = new ArrayList<>();
        cheap.at("/allItems/edges")
                .forEach(edge -> prices.add(edge.at("/node/price").asLong()));
        assertThat(prices).isSorted().hasSize(500);
        String cursor = cheap.at("/allItems/edges/9/cursor").toString();
        assertThat(keys(desk.graphql(
                        query.formatted("first:$n,after:$b", "priceAsc"), "{\"n\":1,\"b\":" + cursor + "}")))
                .containsExactly(cheap.at("/allItems/edges/10/node/key").asText());
    }

    @Test
    void catalogue_shows_what_a_hub_has_to_survive() {
        Set<String> found = new TreeSet<>();
        String query = "{allItems(first:500,sortBy:dateAsc){edges{node{status openmarketSellable attributes metadata"
                + " options{quantity}}}}}";
        for (JsonNode edge : desk.graphql(query, "{}").data().at("/allItems/edges")) {
            JsonNode item = edge.path("node");
            found.add(item.path("status").asText());
            found.add(item.path("metadata").isTextual() ? "metadata as text" : "metadata as object");
            item.path("attributes").forEach(attribute -> found.add(attribute.asText()));
            item.path("options")
                    .forEach(option -> found.add(option.path("quantity").asInt() == 9999 ? "9999" : "few"));
        }
        assertThat(found)
                .contains("available", "soldout", "discontinued", "PROHIBIT", "9999")
                .contains("metadata as text", "metadata as object");
    }

    @Test
    void unknown_key_is_null_in_a_list_and_an_error_alone() {
        JsonNode items = desk.graphql("{itemsByKeys(keys:[\"W000001\",\"W000000X\"]){key}}", "{}")
                .data()
                .path("itemsByKeys");
        assertThat(items.get(0).path("key").asText()).isEqualTo("W000001");
        assertThat(items.get(1).isNull()).isTrue();
        Reply alone = desk.played("item-02-error-not-found", "{\"k\":\"W000000X\"}");
        assertThat(alone.json())
                .isEqualTo(Desk.sample("item-02-error-not-found").at("/response/body"));
    }

    @Test
    void query_by_get_is_answered_and_mutation_by_get_is_not() {
        assertThat(desk.get("query=%7Bitem(key%3A%22W000001%22)%7Bkey%20options%7Bquantity%7D%7D%7D")
                        .data()
                        .at("/item/key")
                        .asText())
                .isEqualTo("W000001");
        assertThat(desk.get("query=mutation%7BcancelOrder(key%3A%22x%22)%7Bkey%7D%7D")
                        .error())
                .contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{order(key:\"1\"){products{status}}}",
                "{item(key:\"W000001\",colour:\"red\"){key}}",
                "{item{key}}",
                "{item(key:\"W000001\")}",
                "{item(key:\"W000001\"){key{x}}}",
                "{allItems(first:\"ten\"){edges{cursor}}}",
                "{allItems(sortBy:\"dateAsc\"){edges{cursor}}}",
                "{allItems(sortBy:sideways){edges{cursor}}}",
                "{allItems(first:1001){edges{cursor}}}",
                "{item(key:$k){key}}",
                "query($k:String){item(key:$k){key}}",
                "query($k:ID!){item(key:$k){key}}",
                "mutation{createOrder(input:{products:[]}){key}}",
                "{item(key:\"W000001\"){key}",
                "",
            })
    void query_that_the_schema_does_not_allow_fails_as_a_whole(String query) {
        Reply reply = desk.graphql(query, "{}");
        assertThat(reply.answer().status()).isEqualTo(200);
        assertThat(reply.error()).isNotEmpty();
        assertThat(reply.data().isNull()).isTrue();
    }

    @Test
    void fields_can_have_other_names_and_several_can_be_asked() {
        JsonNode data = desk.graphql("query A{a:item(key:\"W000001\"){k:key __typename} b:item(key:\"W1\"){key}}", "{}")
                .data();
        assertThat(data.at("/a/k").asText()).isEqualTo("W000001");
        assertThat(data.at("/a/__typename").asText()).isEqualTo("Item");
        assertThat(data.path("b").isNull()).isTrue();
    }

    @Test
    void change_moves_the_item_in_time_and_is_noted() {
        desk.close();
        desk = new Desk(state, 500, 1);
        desk.pass(Turnover.QUIET);
        desk.pass(Duration.ofMinutes(30));
        long from = desk.instant().toEpochMilli();
        JsonNode changed = desk.graphql(
                        "query($f:Timestamp){allItems(dateFrom:$f,sortBy:dateAsc){edges{node{key updatedAt}}}}",
                        "{\"f\":" + from + "}")
                .data()
                .at("/allItems/edges");
        assertThat(changed.size()).isBetween(100, 250);
        JsonNode histories = desk.played("itemHistories-01-ok", "{\"f\":1000,\"from\":" + from + "}")
                .data()
                .at("/itemHistories/edges");
        assertThat(histories.findValuesAsText("kind")).contains("soldout", "priceIncreased", "priceDecreased");
        assertThat(keys(desk.graphql("{allItems(sortBy:dateAsc){edges{node{key}}}}", "{}")))
                .hasSize(500)
                .doesNotHaveDuplicates();
        JsonNode range = Desk.sample("itemHistories-02-error-range").at("/request/body/variables");
        assertThat(desk.played("itemHistories-02-error-range", range.toString()).json())
                .isEqualTo(Desk.sample("itemHistories-02-error-range").at("/response/body"));
    }

    @Test
    void content_faults_spoil_the_catalogue() {
        String query = "{allItems(first:1000,sortBy:dateAsc){edges{node{key price status}}}}";
        assertThat(keys(desk.graphql(query, "{}", "empty-catalogue"))).isEmpty();
        assertThat(keys(desk.graphql(query, "{}", "half-catalogue"))).hasSize(250);
        JsonNode spoilt = desk.graphql(query, "{}", "price-zero", "soldout-all").data();
        assertThat(spoilt.findValuesAsText("price")).containsOnly("0");
        assertThat(spoilt.findValuesAsText("status")).containsOnly("soldout");
    }

    @Test
    void endless_catalogue_goes_on_behind_its_end_with_items_that_nobody_has() {
        String query = "query($a:String){allItems(first:1000,after:$a,sortBy:dateAsc){pageInfo{hasNextPage endCursor}"
                + " edges{node{key}}}}";
        Set<String> all = new TreeSet<>();
        String variables = "{}";
        for (int page = 0; page < 3; page++) {
            Reply reply = desk.graphql(query, variables, "endless");
            JsonNode info = reply.data().at("/allItems/pageInfo");
            assertThat(info.path("hasNextPage").asBoolean()).isTrue();
            variables = "{\"a\":" + info.path("endCursor") + "}";
            all.addAll(keys(reply));
        }
        assertThat(all).hasSize(2000);
    }

    @Test
    void million_items_are_paged_without_being_held() {
        desk.close();
        desk = new Desk(state.resolve("large"), 1_000_000, 0);
        String query = "{allItems(first:3,sortBy:dateDesc){edges{node{key}}}}";
        assertThat(keys(desk.graphql(query, "{}"))).containsExactly("W1000000", "W999999", "W999998");
    }

    private static List<String> keys(Reply reply) {
        List<String> keys = new ArrayList<>();
        reply.data()
                .at("/allItems/edges")
                .forEach(edge -> keys.add(edge.at("/node/key").asText()));
        return keys;
    }

    /** The names of all fields, wherever they are. */
    private static Set<String> shape(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        json.forEach(inner -> names.addAll(shape(inner)));
        return names;
    }
}
