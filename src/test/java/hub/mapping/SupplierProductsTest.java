package hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.Product;
import hub.catalog.Stock;
import hub.partner.SampleAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented answers of the suppliers, through the shipped jq, to our products. */
class SupplierProductsTest {

    private static final String[] FIELDS = {
        "sku", "name", "state", "category", "marketCategory", "priceFloorWon", "shipping", "options", "images", "html",
        "maker", "brand", "model", "origin", "taxFree", "adultOnly", "openMarket", "blocked", "notice", "certificates",
        "keywords"
    };

    @Test
    void page_of_ownerclan_maps() {
        JsonNode page = page("ownerclan", SampleAnswers.read("ownerclan/allItems.json"));
        List<JsonNode> products = products("ownerclan", page);

        assertThat(page.path("next").asText()).isEqualTo("Y3Vyc29yOjI=");
        assertThat(products).hasSize(2).allSatisfy(SupplierProductsTest::isProduct);
        JsonNode shelf = products.get(0);
        assertThat(shelf.path("sku").asText()).isEqualTo("W990001");
        assertThat(shelf.path("marketCategory").path("coupang").asText()).isEqualTo("77413");
        assertThat(shelf.path("marketCategory").path("naver").asText()).isEqualTo("50003307");
        assertThat(shelf.path("shipping").path("feeWon").asInt()).isEqualTo(3000);
        assertThat(shelf.path("blocked").asText()).isEmpty();
        assertThat(stocks(shelf)).containsExactly(new Stock("0", 12000, 120), new Stock("1", 12500, 0));
        assertThat(stocks(products.get(1))).containsExactly(new Stock("", 8000, 9999));
    }

    @Test
    void goods_that_may_not_be_sold_everywhere_are_blocked() {
        ObjectNode item =
                (ObjectNode) SampleAnswers.read("ownerclan/allItems.json").at("/data/allItems/edges/0/node");
        item.putArray("attributes").add("IS_SALE").add("PROHIBIT").add("ATTR_OVERSEA_X");

        assertThat(map("ownerclan", item).path("blocked").asText()).isEqualTo("PROHIBIT,ATTR_OVERSEA_X");
    }

    @Test
    void error_of_ownerclan_comes_with_200_and_is_said() {
        JsonNode answer = json("{\"data\": null, \"errors\": [{\"message\": \"token expired\"}]}");

        assertThat(page("ownerclan", answer).path("error").asText()).isEqualTo("token expired");
    }

    @Test
    void status_that_ownerclan_does_not_document_is_refused() {
        ObjectNode item =
                (ObjectNode) SampleAnswers.read("ownerclan/allItems.json").at("/data/allItems/edges/0/node");
        item.put("status", "sleeping");

        assertThatThrownBy(() -> map("ownerclan", item)).hasMessageContaining("sleeping");
    }

    @Test
    void catalogue_of_zentrade_maps() {
        List<JsonNode> products = products("zentrade", page("zentrade", SampleAnswers.read("zentrade/products.xml")));

        assertThat(products).hasSize(2).allSatisfy(SupplierProductsTest::isProduct);
        JsonNode shelf = products.get(0);
        assertThat(shelf.path("sku").asText()).isEqualTo("990001");
        assertThat(shelf.path("name").asText()).isEqualTo("슬라이딩 주방 선반 2단");
        assertThat(shelf.path("keywords")).hasSize(3);
        assertThat(stocks(shelf)).containsExactly(new Stock("화이트", 12000, 100), new Stock("블랙", 12500, 100));
        assertThat(products.get(1).path("state").asText()).isEqualTo("soldout");
        assertThat(stocks(products.get(1))).containsExactly(new Stock("", 6500, 0));
    }

    @Test
    void one_product_of_zentrade_is_a_list_of_one_and_none_is_an_empty_page() {
        assertThat(page("zentrade", SampleAnswers.read("zentrade/product-one.xml"))
                        .path("items"))
                .hasSize(1);
        assertThat(page("zentrade", SampleAnswers.read("zentrade/product-empty.xml"))
                        .path("items"))
                .isEmpty();
    }

    @Test
    void item_of_domeggook_maps_with_its_options() {
        JsonNode shelf = map("domeggook", item("getItemView-options"));

        isProduct(shelf);
        assertThat(shelf.path("sku").asText()).isEqualTo("59900001");
        assertThat(shelf.path("state").asText()).isEqualTo("active");
        assertThat(shelf.path("category").asText()).isEqualTo("생활>선반");
        assertThat(shelf.path("blocked").asText()).isEmpty();
        assertThat(stocks(shelf)).containsExactly(new Stock("00", 12000, 120), new Stock("01", 12500, 0));
    }

    @Test
    void item_of_domeggook_with_empty_types_maps() {
        JsonNode tumbler = map("domeggook", item("getItemView-plain"));

        isProduct(tumbler);
        assertThat(tumbler.path("sku").asText()).isEqualTo("59900003");
        assertThat(tumbler.path("state").asText()).isEqualTo("ended");
        assertThat(tumbler.path("blocked").asText()).contains("images");
        assertThat(stocks(tumbler)).containsExactly(new Stock("", 6500, 0));
    }

    @ParameterizedTest
    @CsvSource({"12000, 12000", "'\"12000\"', 12000", "'\"1+12000|20+11500\"', 12000"})
    void price_of_domeggook_is_a_number_or_text_or_tiers(String supply, long won) {
        ObjectNode item = item("getItemView-plain");
        ((ObjectNode) item.path("price")).set("supply", json(supply));

        assertThat(stocks(map("domeggook", item)).get(0).costWon()).isEqualTo(won);
    }

    @Test
    void base_price_of_domeggook_that_is_zero_leaves_no_option_at_its_addition_alone() {
        ObjectNode item = item("getItemView-options");
        ((ObjectNode) item.path("price")).put("supply", 0);

        assertThat(map("domeggook", item).path("options"))
                .hasSize(2)
                .allSatisfy(
                        option -> assertThat(option.path("costWon").asLong()).isZero());
    }

    @Test
    void item_that_is_not_sold_on_the_supply_side_is_blocked() {
        ObjectNode item = item("getItemView-plain");
        ((ObjectNode) item.path("price")).put("supply", "");

        JsonNode product = map("domeggook", item);

        assertThat(product.path("openMarket").asBoolean()).isFalse();
        assertThat(product.path("blocked").asText()).contains("도매매");
    }

    @Test
    void stock_that_domeggook_does_not_tell_is_unknown_and_text_is_refused() {
        ObjectNode item = item("getItemView-plain");
        ((ObjectNode) item.path("qty")).put("inventory", "");
        assertThat(stocks(map("domeggook", item)).get(0).stock()).isNull();

        ((ObjectNode) item.path("qty")).put("inventory", "plenty");
        assertThatThrownBy(() -> map("domeggook", item)).hasMessageContaining("not a whole number: plenty");
    }

    @Test
    void list_of_domeggook_is_read_whether_its_numbers_are_text_or_its_item_stands_alone() {
        JsonNode first = page("domeggook", SampleAnswers.read("domeggook/getItemList.json"));
        JsonNode last = page("domeggook", SampleAnswers.read("domeggook/getItemList-single.json"));

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("next").asInt()).isEqualTo(2);
        assertThat(last.path("items")).hasSize(1);
        assertThat(last.path("total").asInt()).isEqualTo(3);
        assertThat(last.path("next").isNull()).isTrue();
        Product line = ProductMapping.product(
                "domeggook", run("domeggook/summary.jq", first.path("items").path(0)));
        assertThat(line.summary()).isTrue();
        assertThat(line.sku()).isEqualTo("59900001");
    }

    @Test
    void error_of_domeggook_comes_with_200_and_is_said() {
        JsonNode page = page("domeggook", SampleAnswers.read("domeggook/getItemList-error.json"));

        assertThat(page.path("error").asText()).contains("API Key");
    }

    private static void isProduct(JsonNode product) {
        assertThat(product.fieldNames()).toIterable().containsExactlyInAnyOrder(FIELDS);
        assertThat(product.path("shipping").fieldNames()).toIterable().containsExactly("type", "feeWon", "boxQuantity");
        assertThat(product.path("shipping").path("type").asText()).isIn("inAdvance", "uponArrival", "free");
        assertThat(product.path("options"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.fieldNames())
                        .toIterable()
                        .containsExactly("key", "values", "costWon", "stock"));
    }

    private static List<Stock> stocks(JsonNode product) {
        return ProductMapping.product("acme", product).stocks();
    }

    private static JsonNode page(String supplier, JsonNode answer) {
        return run(supplier + "/pull-products.page.jq", answer);
    }

    private static List<JsonNode> products(String supplier, JsonNode page) {
        List<JsonNode> products = new ArrayList<>();
        page.path("items").forEach(item -> products.add(map(supplier, item)));
        return products;
    }

    private static JsonNode map(String supplier, JsonNode item) {
        return run(supplier + "/product.jq", item);
    }

    private static ObjectNode item(String sample) {
        return (ObjectNode)
                run("domeggook/pull-details.answer.jq", SampleAnswers.read("domeggook/" + sample + ".json"));
    }

    private static JsonNode json(String text) {
        return new Jq("fromjson").all(JsonNodeFactory.instance.textNode(text)).get(0);
    }

    private static JsonNode run(String program, JsonNode input) {
        try {
            List<JsonNode> results =
                    new Jq(Files.readString(Path.of("routes", "suppliers").resolve(program))).all(input);
            assertThat(results).as(program).hasSize(1);
            return results.get(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
