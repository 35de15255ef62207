package hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.TestDatabase;
import hub.TestRedis;
import hub.catalog.CatalogRig;
import hub.catalog.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One item that is no product is refused with its path; the rest of its page is not. */
class ProductMappingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static CatalogRig catalog;

    private final List<JsonNode> page = new ArrayList<>();
    private ProductMapping mapping;
    private String program;

    @BeforeAll
    static void open() {
        catalog = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        catalog.clear();
        mapping = new ProductMapping(new DefaultCamelContext(), catalog.rejects, catalog.known);
        program = "file:" + Files.writeString(folder.resolve("product.jq"), "if .bad then error(\"bad\") else . end");
    }

    @Test
    void refused_item_leaves_the_rest_of_its_page() {
        page.add(item("A", "1000"));
        page.add(item("B", "\"1,000\""));
        page.add(json("{\"bad\": true, \"key\": \"C\"}"));
        page.add(json("\"no object\""));
        page.add(item("D", "1000"));

        assertThat(mapped()).containsExactly("A", "D");
        assertThat(catalog.rejected())
                .containsExactlyInAnyOrder("B options[0].costWon", "C product.jq", "item 4 product.jq");
    }

    @Test
    void characters_that_postgres_takes_for_none_keep_no_page_away() {
        page.add(item("A\\u0000B", "1000"));
        page.add(item("B\\ud800C", "1000"));
        page.add(json("{\"bad\": true, \"key\": \"C\\u0000\", \"note\": \"" + "x".repeat(170) + "\\ud83d\\ude00\"}"));
        page.add(json("{\"bad\": true, \"key\": \"D\", \"note\": \"" + "x".repeat(171) + "\\ud83d\\ude00\"}"));
        page.add(item("E", "1000"));

        assertThat(mapped()).containsExactly("E");
        assertThat(catalog.rejected())
                .containsExactlyInAnyOrder("A\uFFFDB sku", "B\uFFFDC sku", "C\uFFFD product.jq", "D product.jq");
    }

    @Test
    void item_with_bytes_that_were_no_characters_is_refused_and_not_mended() {
        page.add(item("A", "1000"));
        page.add(((ObjectNode) item("B", "1000")).put("name", "나\uFDD0다"));
        page.add(item("C", "1000"));

        assertThat(mapped()).containsExactly("A", "C");
        assertThat(catalog.rejected()).containsExactly("B name");
    }

    @Test
    void number_of_a_thousand_digits_keeps_its_own_item_away_only() throws IOException {
        program = "file:"
                + Files.writeString(
                        Path.of(program.substring("file:".length())),
                        "if (.options[0].costWon | floor) > 5000 then .note = \"dear\" else . end");
        page.add(item("A", "9".repeat(1000)));
        page.add(item("B", "-" + "9".repeat(999)));
        page.add(item("C", "0." + "3".repeat(990)));
        page.add(item("D", "1000"));

        assertThat(mapped()).containsExactly("D");
        assertThat(catalog.rejected())
                .containsExactlyInAnyOrder("A options[0].costWon", "B options[0].costWon", "C options[0].costWon");
    }

    @Test
    void reject_heals_when_the_item_maps_again_as_it_was_before() {
        page.add(item("A", "1000"));
        catalog.store(map());
        page.set(0, item("A", "0"));
        catalog.store(map());
        assertThat(catalog.rejected()).hasSize(1);

        page.set(0, item("A", "1000"));
        catalog.store(map());

        assertThat(catalog.rejected()).isEmpty();
    }

    @Test
    void item_sent_exactly_as_before_is_not_mapped_again_until_it_or_the_mapping_changes() throws IOException {
        page.add(item("A", "1000"));
        page.add(item("B", "1000"));
        store();
        assertThat(news().same()).containsExactly("A", "B");

        page.set(0, item("A", "2000"));
        assertThat(news().same()).containsExactly("B");
        Files.writeString(Path.of(program.substring("file:".length())), ".");
        mapping = new ProductMapping(new DefaultCamelContext(), catalog.rejects, catalog.known);
        assertThat(news().same()).isEmpty();
    }

    @Test
    void item_that_was_refused_is_mapped_whenever_it_comes() {
        page.add(item("A", "1000"));
        store();
        page.set(0, item("A", "0"));
        store();

        assertThat(news().items()).hasSize(1);
    }

    private NewItems news() {
        return mapping.news(CatalogRig.SUPPLIER, program, "sku", page);
    }

    private void store() {
        catalog.store(mapping.mapNew(CatalogRig.SUPPLIER, program, news()));
    }

    @Test
    void options_need_keys_that_are_different_and_real() {
        assertRefused("{\"options\": []}", "options");
        assertRefused("{\"options\": null}", "options");
        assertRefused(
                "{\"options\": [{\"key\": \"a\", \"costWon\": 1}, {\"key\": \"a\", \"costWon\": 1}]}",
                "options[1].key");
        assertRefused("{\"options\": [{\"key\": \"\\ud800\", \"costWon\": 1}]}", "options[0].key");
        assertRefused("{\"options\": [{\"key\": \"\\u0000\", \"costWon\": 1}]}", "options[0].key");
        assertRefused("{\"options\": [7]}", "options[0].costWon");
        assertRefused("{\"state\": \"gone\"}", "state");
        assertRefused("{\"sku\": \"\"}", "sku");
    }

    @Test
    void terms_of_a_sale_are_of_their_type_or_the_item_is_refused() {
        for (String fee :
                List.of("\"3,000\"", "\"3000원\"", "\"３０００\"", "-1", "2500.5", "1e400", "99999999999", "true", "{}")) {
            assertRefused("{\"shipping\": {\"type\": \"inAdvance\", \"feeWon\": " + fee + "}}", "shipping.feeWon");
            assertRefused("{\"priceFloorWon\": " + fee + "}", "priceFloorWon");
        }
        assertRefused("{\"shipping\": \"free\"}", "shipping");
        assertRefused("{\"shipping\": [3000]}", "shipping");
        for (String flag : List.of("openMarket", "adultOnly", "taxFree")) {
            assertRefused("{\"" + flag + "\": \"N\"}", flag);
            assertRefused("{\"" + flag + "\": 1}", flag);
        }
        assertRefused("{\"blocked\": [\"PROHIBIT\"]}", "blocked");
        assertRefused("{\"blocked\": false}", "blocked");
    }

    @Test
    void terms_that_are_well_or_not_told_are_taken() {
        assertTaken("{\"shipping\": {\"type\": \"inAdvance\", \"feeWon\": 3000}, \"priceFloorWon\": 12000.0}");
        assertTaken("{\"shipping\": {\"feeWon\": \"3000\"}, \"priceFloorWon\": 0, \"blocked\": \"\"}");
        assertTaken(
                "{\"shipping\": {\"feeWon\": null}, \"priceFloorWon\": null, \"blocked\": null, \"taxFree\": null}");
        assertTaken("{\"shipping\": null, \"openMarket\": false, \"adultOnly\": true, \"blocked\": \"PROHIBIT\"}");
    }

    private static void assertTaken(String changes) {
        assertThat(ProductMapping.product("acme", with(changes)).sku()).isEqualTo("A");
    }

    @Test
    void description_that_was_cut_within_an_emoji_keeps_no_price_from_being_stored() {
        Product cut = ProductMapping.product("acme", with("{\"description\": \"cut \\ud83d\"}"));
        Product whole = ProductMapping.product("acme", with("{\"description\": \"\\ud83d\\ude00\"}"));

        assertThat(new String(cut.json(), StandardCharsets.UTF_8)).contains("\"cut ?\"");
        assertThat(new String(whole.json(), StandardCharsets.UTF_8)).contains("😀");
    }

    @Test
    void nul_in_a_description_or_category_keeps_no_price_from_being_stored() {
        page.add(
                with(
                        "{\"description\": \"cut\\u0000 \\\\u0000 \\\\\\u0000\", \"category\": \"c\\u0000d\", \"k\\u0000\": 1}"));

        List<Product> products = map();
        catalog.store(products);

        assertThat(catalog.rejected()).isEmpty();
        assertThat(new String(products.get(0).json(), StandardCharsets.UTF_8))
                .contains("\"cut? \\\\u0000 \\\\?\"", "\"c?d\"", "\"k?\"");
        assertThat(products.get(0).category()).isEqualTo("c?d");
    }

    @Test
    void items_that_differ_in_kind_or_place_only_have_hashes_of_their_own() {
        List<JsonNode> items = List.of(
                json("[1]"),
                json("[1.0]"),
                json("[\"1\"]"),
                json("[true]"),
                json("[\"true\"]"),
                json("[null]"),
                json("[\"null\"]"),
                json("[[]]"),
                json("[{}]"),
                json("[[1],2]"),
                json("[[1,2]]"),
                json("[1,[2]]"),
                json("[\"ab\",\"c\"]"),
                json("[\"a\",\"bc\"]"),
                json("{\"a\":1,\"b\":2}"),
                json("{\"b\":1,\"a\":2}"));

        assertThat(ItemHashes.of(items, new byte[] {1}).stream().map(HexFormat.of()::formatHex))
                .doesNotHaveDuplicates();
        assertThat(ItemHashes.of(items, new byte[] {1}).get(0))
                .isEqualTo(ItemHashes.of(items, new byte[] {1}).get(0));
        assertThat(ItemHashes.of(items, new byte[] {2}).get(0))
                .isNotEqualTo(ItemHashes.of(items, new byte[] {1}).get(0));
    }

    @Test
    void squeeze_leaves_one_space_of_whatever_kind_there_were() {
        Jq squeeze = new Jq("squeeze");

        for (String text : List.of("a b", " a  b ", "a \u00a0b", "a\u3000 b", "\ta\n\u202fb")) {
            assertThat(squeeze.all(new TextNode(text))).containsExactly(new TextNode("a b"));
        }
        assertThatThrownBy(() -> squeeze.all(new IntNode(7))).hasMessageContaining("squeeze takes text, not 7");
    }

    @Test
    void product_of_50_000_options_or_a_million_bytes_is_none() {
        StringBuilder options = new StringBuilder("{\"options\": [{\"key\": \"first\", \"costWon\": 1}");
        for (int i = 0; i < 50_000; i++) {
            options.append(", {\"key\": \"").append(i).append("\", \"costWon\": 1}");
        }
        assertRefused(options + "]}", "options");

        ObjectNode wide = (ObjectNode) item("A", "1");
        for (int i = 0; i < 50_000; i++) {
            wide.put("key of some length " + i, i);
        }
        assertThatThrownBy(() -> ProductMapping.product("acme", wide))
                .isInstanceOf(ItemRefusedException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void line_of_a_list_needs_no_options() {
        Product line = ProductMapping.product("acme", with("{\"summary\": true, \"options\": [1]}"));

        assertThat(line.summary()).isTrue();
        assertThat(line.stocks()).isEmpty();
    }

    @Test
    void price_changes_the_hash_of_everything_and_not_that_of_the_content() {
        Product before = ProductMapping.product("acme", item("A", "1000"));
        Product after = ProductMapping.product("acme", item("A", "1001"));

        assertThat(after.contentHash()).isEqualTo(before.contentHash());
        assertThat(after.hash()).isNotEqualTo(before.hash());
        assertThat(before.content().path("options").path(0).has("costWon")).isFalse();
    }

    private List<String> mapped() {
        return map().stream().map(Product::sku).toList();
    }

    private List<Product> map() {
        return mapping.map("acme", program, page);
    }

    private static void assertRefused(String changes, String path) {
        assertThatThrownBy(() -> ProductMapping.product("acme", with(changes)))
                .isInstanceOfSatisfying(
                        ItemRefusedException.class, e -> assertThat(e.path()).isEqualTo(path));
    }

    private static JsonNode with(String changes) {
        ObjectNode item = (ObjectNode) item("A", "1000");
        return item.setAll((ObjectNode) json(changes));
    }

    private static JsonNode item(String sku, String cost) {
        return json("{\"sku\": \"" + sku
                + "\", \"name\": \"n\", \"state\": \"active\", \"options\": [{\"key\": \"\", \"costWon\": " + cost
                + ", \"stock\": 1}]}");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
