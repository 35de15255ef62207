package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.ContentText;
import hub.catalog.Hash;
import hub.catalog.KnownProducts;
import hub.catalog.Product;
import hub.catalog.Reject;
import hub.catalog.Rejects;
import hub.catalog.Sent;
import hub.catalog.Stock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/**
 * Suppliers' items to our products, by the supplier's jq.
 *
 * <p>The program is compiled once and run item by item, so that one item that it refuses does not take its page along:
 * that item goes to the rejects with its path and reason. Thread-safe.
 */
@Component
public class ProductMapping {

    private static final Set<String> STATES = Set.of("active", "soldout", "ended");
    private static final Pattern TABLE = Pattern.compile("\\btable\\(\"([a-z0-9-]+\\.json)\"\\)");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a partner's answer was cut by says here why an item is not whole. */
    private static final String REFUSED = "@refused";

    private static final int MAX_OPTIONS = 1000;
    private static final int MAX_CONTENT = 1_000_000;

    private final CamelContext camel;
    private final Rejects rejects;
    private final KnownProducts known;
    private final Map<String, Program> programs = new ConcurrentHashMap<>();

    /** Compiled; with the hash of its text, for whatever it mapped counts as changed when it changes. */
    private record Program(Jq jq, byte[] hash) {}

    ProductMapping(CamelContext camel, Rejects rejects, KnownProducts known) {
        this.camel = camel;
        this.rejects = rejects;
        this.known = known;
    }

    /**
     * The products of a page.
     *
     * @param program where the jq is, such as {@code file:routes/suppliers/acme/product.jq}
     * @param items as the supplier wrote them
     */
    public List<Product> map(String supplier, String program, List<JsonNode> items) {
        return mapNew(supplier, program, new NewItems(items, List.of(), "", List.of()));
    }

    /** The products of what is new on a page. */
    public List<Product> mapNew(String supplier, String program, NewItems news) {
        Jq jq = program(program).jq();
        List<JsonNode> items = news.items();
        List<Product> products = new ArrayList<>(items.size());
        List<Reject> refused = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int before = products.size();
            map(supplier, jq, items.get(i), i, products, refused);
            if (products.size() == before + 1) {
                products.set(before, news.known(products.get(before), i));
            }
        }
        if (!refused.isEmpty()) {
            rejects.add(refused);
            // Else one that maps again as it was before would count as known, and its reject would stay.
            known.forget(supplier, refused.stream().map(Reject::sku).toList());
        }
        return products;
    }

    /**
     * What has to be mapped of a page: everything but items that were sent exactly as before, were stored then, and
     * would be mapped as then.
     *
     * @param key the field of an item that is the sku; empty where an item does not tell it
     */
    public NewItems news(String supplier, String program, String key, List<JsonNode> items) {
        if (key.isEmpty()) {
            return new NewItems(items, List.of(), key, List.of());
        }
        List<String> skus =
                items.stream().map(item -> item.path(key).asText("")).toList();
        List<byte[]> sources = ItemHashes.of(items, program(program).hash());
        List<Sent> sent = known.sent(supplier, skus, sources);
        List<JsonNode> fresh = new ArrayList<>();
        List<Sent> freshSent = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (known.isKnown(sent.get(i))) {
                same.add(skus.get(i));
            } else {
                fresh.add(items.get(i));
                freshSent.add(sent.get(i));
            }
        }
        return new NewItems(fresh, freshSent, key, same);
    }

    private Program program(String where) {
        return programs.computeIfAbsent(where, this::load);
    }

    private static void map(
            String supplier, Jq jq, JsonNode item, int position, List<Product> products, List<Reject> refused) {
        JsonNode mapped = null;
        try {
            if (item.hasNonNull(REFUSED)) {
                throw Fields.refuse("", "the item " + item.path(REFUSED).asText(), item);
            }
            BrokenText.refuse(item);
            for (JsonNode product : jq.all(item)) {
                mapped = product;
                products.add(product(supplier, product));
            }
        } catch (ItemRefusedException e) {
            String sku = mapped == null ? guess(item) : mapped.path("sku").asText();
            refused.add(new Reject(
                    supplier, named(sku, position), e.path(), String.valueOf(e.getMessage()), e.value(), e.remedy()));
        } catch (JqRefusedException e) {
            refused.add(new Reject(
                    supplier,
                    named(guess(item), position),
                    "product.jq",
                    String.valueOf(e.getMessage()),
                    item.toString(),
                    "mend product.jq for such an item"));
        }
    }

    static Product product(String supplier, JsonNode mapped) {
        String sku = Fields.text(mapped, "sku", "sku", 100);
        String name = Fields.text(mapped, "name", "name", 500);
        String state = Fields.text(mapped, "state", "state", 10);
        if (!STATES.contains(state)) {
            throw Fields.refuse("state", "one of active, soldout, ended is required", mapped.path("state"));
        }
        Terms.check(mapped);
        boolean summary = mapped.path("summary").asBoolean(false);
        List<Stock> stocks = summary ? List.of() : stocks(mapped.path("options"));
        ObjectNode content = content(mapped);
        byte[] text = ContentText.of(content);
        if (text.length > MAX_CONTENT) {
            throw Fields.refuse("", "a product is at most " + MAX_CONTENT + " bytes", mapped.path("name"));
        }
        byte[] contentHash = Hash.of(text);
        return new Product(
                supplier,
                sku,
                state,
                summary,
                name,
                mapped.path("category").asText("").replace('\0', '?'),
                Product.isBlocked(content),
                text,
                contentHash,
                summary ? Hash.of(ContentText.of(mapped)) : hash(contentHash, stocks),
                stocks,
                null);
    }

    private static List<Stock> stocks(JsonNode options) {
        if (!options.isArray() || options.isEmpty() || options.size() > MAX_OPTIONS) {
            throw Fields.refuse("options", "1 to " + MAX_OPTIONS + " options are required", options);
        }
        List<Stock> stocks = new ArrayList<>(options.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < options.size(); i++) {
            JsonNode option = options.get(i);
            String path = "options[" + i + "].";
            String key = option.path("key").asText("");
            if (key.length() > 200 || !Fields.isStorable(key) || !keys.add(key)) {
                throw Fields.refuse(
                        path + "key", "a key of at most 200 real characters, once a product", option.path("key"));
            }
            stocks.add(new Stock(
                    key,
                    Fields.won(option, "costWon", path + "costWon"),
                    Fields.pieces(option, "stock", path + "stock")));
        }
        return stocks;
    }

    /** Everything but cost and stock: those change all day and live in a table of their own. */
    private static ObjectNode content(JsonNode mapped) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.setAll((ObjectNode) mapped);
        if (mapped.path("options").isArray()) {
            ArrayNode options = content.putArray("options");
            mapped.path("options").forEach(option -> options.add(withoutStock(option)));
        }
        return content;
    }

    private static JsonNode withoutStock(JsonNode option) {
        if (!(option instanceof ObjectNode object)) {
            return option;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.setAll(object);
        return kept.remove(List.of("costWon", "stock"));
    }

    /** Of everything: what is not in the content is in the stocks. */
    private static byte[] hash(byte[] content, List<Stock> stocks) {
        StringBuilder costs = new StringBuilder();
        for (Stock stock : stocks) {
            costs.append(stock.costWon()).append(' ').append(stock.stock()).append(';');
        }
        byte[] tail = costs.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(content, content.length + tail.length);
        System.arraycopy(tail, 0, all, content.length, tail.length);
        return Hash.of(all);
    }

    private Program load(String program) {
        try {
            String text = text(program);
            Map<String, JsonNode> tables = tables(program, text);
            return new Program(new Jq(text, tables), Hash.of((text + tables).getBytes(StandardCharsets.UTF_8)));
        } catch (JqRefusedException e) {
            throw new JqRefusedException(program + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("mapping " + program, e);
        }
    }

    /** The JSON files beside the program that it names. */
    private Map<String, JsonNode> tables(String program, String text) throws IOException {
        Map<String, JsonNode> tables = new TreeMap<>();
        for (var named = TABLE.matcher(text); named.find(); ) {
            String beside = program.substring(0, program.lastIndexOf('/') + 1) + named.group(1);
            tables.put(named.group(1), JSON.readTree(text(beside)));
        }
        return tables;
    }

    private String text(String resource) throws IOException {
        try (var in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String named(String sku, int position) {
        return sku.isEmpty() ? "item " + (position + 1) : cut(sku);
    }

    private static String guess(JsonNode item) {
        for (String field : List.of("sku", "key", "no", "id", "@code", "product_id")) {
            if (item.hasNonNull(field)) {
                return item.path(field).asText();
            }
        }
        return "";
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
