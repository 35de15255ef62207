package hub.sandbox.domeggook;

import static hub.sandbox.domeggook.DomeggookBench.body;
import static hub.sandbox.domeggook.DomeggookBench.refusal;
import static hub.sandbox.domeggook.DomeggookBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import hub.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomeggookCatalogueTest {

    private static final int PRODUCTS = 450;

    @TempDir
    private Path folder;

    private DomeggookBench bench;

    @BeforeEach
    void open() {
        bench = new DomeggookBench(folder, PRODUCTS);
    }

    @Test
    void list_pages_hold_each_of_the_products_once_and_views_know_some_that_are_gone() {
        Set<Long> listed = new HashSet<>();
        int pages = header(bench.list("sz=200&so=da")).path("numberOfPages").asInt();
        for (int page = 1; page <= pages; page++) {
            items(bench.list("sz=200&so=da&pg=" + page))
                    .forEach(item ->
                            assertThat(listed.add(item.path("no").asLong())).isTrue());
        }

        assertThat(listed)
                .hasSize(PRODUCTS)
                .allSatisfy(no -> assertThat(status(no)).isEqualTo("판매중"));
        assertThat(Set.of(status(Ware.FIRST + PRODUCTS), status(Ware.FIRST + PRODUCTS + 1)))
                .containsExactlyInAnyOrder("기간종료", "판매종료");
        assertThat(header(bench.list("")).path("numberOfItems").asInt()).isEqualTo(PRODUCTS);
    }

    @Test
    void newest_first_is_the_reverse_of_the_rank() {
        JsonNode first = items(bench.list("sz=1&so=rd")).get(0);
        int total = header(bench.list("")).path("numberOfItems").asInt();

        assertThat(items(bench.list("sz=1&so=da&pg=" + total)).get(0)).isEqualTo(first);
    }

    @Test
    void price_order_and_price_bounds_are_kept() {
        List<JsonNode> items = items(bench.list("sz=200&so=aa&mnp=20000&mxp=60000"));

        assertThat(items.stream().map(item -> item.path("price").asLong()))
                .isSorted()
                .allMatch(won -> won >= 20_000 && won <= 60_000);
    }

    @Test
    void answers_have_the_fields_of_the_samples() {
        JsonNode list = body(bench.list("sz=200"));
        assertThat(paths(list)).containsAll(paths(sample("getItemList-01-page1")));
        assertThat(paths(allViews())).containsAll(paths(sample("getItemView-01-options")));
        JsonNode categories = body(bench.get("mode=getCategoryList&ver=1.0&aid=key&om=json"));
        assertThat(paths(categories)).containsAll(paths(sample("getCategoryList-01")));
    }

    @Test
    void types_vary_and_the_same_item_always_looks_the_same() {
        Set<JsonNodeType> numbers = new HashSet<>();
        Set<JsonNodeType> keywords = new HashSet<>();
        Set<JsonNodeType> duties = new HashSet<>();
        Set<String> flags = new HashSet<>();
        for (long no = Ware.FIRST; no < Ware.FIRST + 100; no++) {
            JsonNode view = bench.view(no);
            numbers.add(view.path("basis").path("no").getNodeType());
            keywords.add(view.path("basis").path("keywords").path("kw").getNodeType());
            duties.add(view.path("detail").path("infoDuty").path("item").getNodeType());
            flags.add(view.path("desc").path("license").path("usable").asText());
            assertThat(bench.view(no)).isEqualTo(view);
        }

        assertThat(numbers).containsExactlyInAnyOrder(JsonNodeType.NUMBER, JsonNodeType.STRING);
        assertThat(keywords).containsExactlyInAnyOrder(JsonNodeType.ARRAY, JsonNodeType.STRING, JsonNodeType.MISSING);
        assertThat(duties).containsExactlyInAnyOrder(JsonNodeType.ARRAY, JsonNodeType.OBJECT, JsonNodeType.MISSING);
        assertThat(flags).containsExactlyInAnyOrder("true", "y", "false", "n");
    }

    @Test
    void some_prices_are_tiers_and_options_are_json_in_a_text() throws Exception {
        Set<String> prices = new HashSet<>();
        int optional = 0;
        for (long no = Ware.FIRST; no < Ware.FIRST + 60; no++) {
            JsonNode view = bench.view(no);
            prices.add(view.path("price").path("supply").asText().replaceAll("\\d+", "n"));
            if (!view.path("selectOpt").asText().isEmpty()) {
                optional++;
                JsonNode options =
                        new ObjectMapper().readTree(view.path("selectOpt").asText());
                assertThat(options.path("data").properties())
                        .allMatch(option -> option.getKey().matches("\\d\\d(_\\d\\d)?"));
            }
        }

        assertThat(prices).containsExactlyInAnyOrder("n", "n+n|n+n");
        assertThat(optional).isPositive();
    }

    @Test
    void half_a_catalogue_shrinks_the_total_and_half_a_page_does_not() {
        int total = header(bench.list("")).path("numberOfItems").asInt();

        JsonNode half = header(bench.list("", "half-catalogue"));
        assertThat(half.path("numberOfItems").asInt()).isEqualTo(total / 2);
        Answer page = bench.list("sz=100", "half-page");
        assertThat(header(page).path("numberOfItems").asInt()).isEqualTo(total);
        assertThat(items(page)).hasSize(50);
        assertThat(header(bench.list("", "empty-catalogue"))
                        .path("numberOfItems")
                        .asInt())
                .isZero();
    }

    @Test
    void price_faults_reach_list_and_view() {
        assertThat(items(bench.list("", "price-zero")))
                .allMatch(item -> item.path("price").asLong(-1) == 0);
        assertThat(items(bench.list("", "renamed-field"))).noneMatch(item -> item.has("price"));
        assertThat(bench.view(Ware.FIRST, "renamed-field").has("price")).isFalse();
        assertThat(bench.simulator.contentFaults()).contains("price-zero", "half-page");
    }

    @Test
    void changes_move_goods_in_and_out_of_the_list_and_are_told() {
        DomeggookBench busy = new DomeggookBench(folder.resolve("busy"), PRODUCTS, 0.2);
        int before = header(busy.list("")).path("numberOfItems").asInt();
        for (int minute = 0; minute < 30; minute++) {
            busy.pass(Duration.ofMinutes(1));
            busy.simulator.tick();
        }

        int after = header(busy.list("")).path("numberOfItems").asInt();
        JsonNode told = body(busy.privately("mode=getAllSupplyChk&ver=1.1&type=all&status=SOLDOUT_AMT&date=20260301"))
                .path("domeggook");
        assertThat(paths(told))
                .containsAll(paths(sample("getAllSupplyChk-01-changes").path("domeggook")));
        assertThat(told.path("items").path("item"))
                .allMatch(change ->
                        Set.of("SOLDOUT", "AMT").contains(change.path("status").asText()));
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void a_million_products_are_paged_to_the_last() {
        DomeggookBench large = new DomeggookBench(folder.resolve("large"), 1_000_000);
        JsonNode header = header(large.list("sz=200&so=da"));

        int last = header.path("numberOfPages").asInt();
        assertThat(items(large.list("sz=200&so=da&pg=" + last)).size())
                .isEqualTo((header.path("numberOfItems").asInt() - 1) % 200 + 1);
    }

    @Test
    void list_without_market_or_with_too_large_a_page_is_refused() {
        assertThat(refusal(bench.get("mode=getItemList&ver=4.1&aid=key&om=json")))
                .isEqualTo("INVALID_PARAM");
        assertThat(refusal(bench.list("sz=201"))).isEqualTo("INVALID_PARAM");
    }

    private String status(long no) {
        return bench.view(no).path("basis").path("status").asText();
    }

    private JsonNode allViews() {
        return Loose.NODES
                .arrayNode()
                .addAll(LongStream.range(Ware.FIRST, Ware.FIRST + 100)
                        .mapToObj(no -> Loose.object().set("domeggook", bench.view(no)))
                        .map(JsonNode.class::cast)
                        .toList());
    }

    private static JsonNode header(Answer answer) {
        return body(answer).path("domeggook").path("header");
    }

    private static List<JsonNode> items(Answer answer) {
        JsonNode item = body(answer).path("domeggook").path("list").path("item");
        return item.isObject()
                ? List.of(item)
                : StreamSupport.stream(item.spliterator(), false).toList();
    }

    /** Where every field stands, without the places in arrays. */
    static Set<String> paths(JsonNode node) {
        Set<String> paths = new LinkedHashSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(JsonNode node, String at, Set<String> into) {
        node.properties().forEach(field -> {
            into.add(at + "/" + field.getKey());
            collect(field.getValue(), at + "/" + field.getKey(), into);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, at, into));
        }
    }
}
