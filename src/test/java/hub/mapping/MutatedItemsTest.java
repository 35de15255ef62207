package hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.Product;
import hub.catalog.Stock;
import hub.partner.SampleAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The shipped mappings of items as suppliers document them, of which some values were exchanged for what nobody sends
 * on purpose: each becomes a product within its bounds, or is refused with a path; nothing else, and nothing is stored
 * that Postgres would not take.
 */
class MutatedItemsTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final long DEAREST = 10_000_000_000L;
    private static final int MOST_PIECES = 999_999_999;

    private static final List<JsonNode> ODD = odd();

    private static final Map<String, JsonNode> ITEMS = Map.of(
            "ownerclan", SampleAnswers.read("ownerclan/allItems.json").at("/data/allItems/edges/0/node"),
            "domeggook",
                    run("domeggook/pull-details.answer.jq", SampleAnswers.read("domeggook/getItemView-options.json"))
                            .get(0),
            "zentrade",
                    run("zentrade/pull-products.page.jq", SampleAnswers.read("zentrade/products.xml"))
                            .get(0)
                            .at("/items/0"));

    private static final Map<String, Jq> MAPPINGS = Map.of(
            "ownerclan", mapping("ownerclan"), "domeggook", mapping("domeggook"), "zentrade", mapping("zentrade"));

    private int mapped;
    private int refused;

    @Property(tries = 400)
    void item_is_a_product_within_its_bounds_or_is_refused_with_its_path(@ForAll long seed) {
        Random random = new Random(seed);
        ITEMS.forEach((supplier, item) -> {
            JsonNode broken = item.deepCopy();
            for (int i = random.nextInt(4); i >= 0; i--) {
                exchange(broken, random);
            }
            look(supplier, broken);
        });
    }

    @Property(tries = 1)
    void some_are_mapped_and_some_are_refused() {
        for (int seed = 0; seed < 300; seed++) {
            item_is_a_product_within_its_bounds_or_is_refused_with_its_path(seed);
        }

        assertThat(mapped).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private void look(String supplier, JsonNode item) {
        try {
            for (JsonNode result :
                    Objects.requireNonNull(MAPPINGS.get(supplier)).all(item)) {
                isWithinBounds(ProductMapping.product(supplier, result));
                mapped++;
            }
        } catch (ItemRefusedException e) {
            assertThat(e.path()).isNotNull();
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.remedy()).isNotBlank();
            refused++;
        } catch (JqRefusedException e) {
            assertThat(e.getMessage()).isNotBlank();
            refused++;
        }
    }

    private static void isWithinBounds(Product product) {
        assertThat(product.sku()).isNotBlank().hasSizeLessThanOrEqualTo(100);
        assertThat(product.name()).isNotBlank().hasSizeLessThanOrEqualTo(500);
        assertThat(product.json()).hasSizeLessThanOrEqualTo(1_000_000);
        String stored = new String(product.json(), StandardCharsets.UTF_8);
        assertThat(stored).doesNotContain("\\ud8", "\\uD8").doesNotContain("\0");
        assertThat(product.stocks()).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
        for (Stock stock : product.stocks()) {
            assertThat(stock.costWon()).isBetween(1L, DEAREST);
            if (stock.stock() != null) {
                assertThat(stock.stock()).isBetween(0, MOST_PIECES);
            }
        }
    }

    /** Puts something odd in the place of some value, however deep. */
    private static void exchange(JsonNode item, Random random) {
        List<Runnable> places = new ArrayList<>();
        // A copy: else the next exchange could put it into itself.
        collect(item, ODD.get(random.nextInt(ODD.size())).deepCopy(), places);
        if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void collect(JsonNode node, JsonNode odd, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(() -> object.set(field.getKey(), odd));
                collect(field.getValue(), odd, places);
            });
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int place = i;
                places.add(() -> list.set(place, odd));
                collect(list.get(i), odd, places);
            }
        }
    }

    private static List<JsonNode> odd() {
        ObjectNode wide = JSON.createObjectNode();
        for (int i = 0; i < 50_000; i++) {
            wide.put("k" + i, i);
        }
        List<JsonNode> odd = new ArrayList<>(List.of(
                wide,
                JSON.getNodeFactory().textNode("a\ud800b"),
                JSON.getNodeFactory().textNode("a\udc00"),
                JSON.getNodeFactory().textNode("a\0b"),
                JSON.getNodeFactory().textNode("x".repeat(1_100_000))));
        for (String text : List.of(
                "null",
                "true",
                "{}",
                "[]",
                "\"\"",
                "\"１２０００\"",
                "\"٣\"",
                "1e400",
                "-1e400",
                "-1",
                "-0.0",
                "0.1",
                "\"-5\"",
                "\"1e9\"",
                "\"12,000\"",
                "987654321098765432",
                "\"987654321098765432\"",
                "99999999999999999999999999",
                "\"NaN\"",
                "\"\\u202e\\u200b\"",
                "[".repeat(60) + "]".repeat(60),
                "{\"a\":".repeat(60) + "1" + "}".repeat(60))) {
            odd.add(json(text));
        }
        return odd;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Jq mapping(String supplier) {
        return jq(supplier + "/product.jq");
    }

    private static List<JsonNode> run(String program, JsonNode input) {
        return jq(program).all(input);
    }

    private static Jq jq(String program) {
        try {
            return new Jq(Files.readString(Path.of("routes", "suppliers").resolve(program)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
