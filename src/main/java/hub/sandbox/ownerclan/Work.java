package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** The root fields for one request, and what they changed. */
final class Work implements Execution.Root {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_KEYS = 5000;
    private static final int TENTH = 10;

    /** How the cursor of an endless catalogue begins. */
    private static final String MADE_UP = "made-up:";

    private static final Map<String, String> EFFECTS = Map.of(
            "createOrder", "order-created",
            "cancelOrder", "order-cancelled",
            "requestOrderCancellation", "cancellation-requested",
            "updateOrderNotes", "notes-updated");

    private final Shop shop;
    private final Set<String> faults;
    private final Instant now;
    private String effect = "";
    private String ref = "";

    Work(Shop shop, Set<String> faults, Instant now) {
        this.shop = shop;
        this.faults = faults;
        this.now = now;
    }

    /** What was changed; empty for nothing. */
    String effect() {
        return effect;
    }

    /** The note of an order that was made, or the key of one that was changed. */
    String ref() {
        return ref;
    }

    @Override
    public JsonNode value(String field, ObjectNode arguments) {
        JsonNode value = switch (field) {
            case "item" -> json(item(arguments.get("key")));
            case "allItems" -> allItems(arguments);
            case "itemsByKeys" -> itemsByKeys(arguments.get("keys"));
            case "itemHistories" -> shop.histories().find(arguments, now.toEpochMilli());
            case "category" -> category(arguments.get("key").asText());
            case "order" -> shop.orders().get(key(arguments));
            case "allOrders" -> new OrderSearch(arguments).find(shop.orders());
            case "simulateCreateOrder" -> basket(arguments).simulation();
            case "createOrder" -> create(arguments);
            case "cancelOrder" ->
                shop.orders()
                        .cancel(
                                key(arguments),
                                arguments.path("requestOrderCancellation").asBoolean());
            case "requestOrderCancellation" -> shop.orders().requestCancellation(key(arguments));
            case "updateOrderNotes" -> shop.orders().updateNotes(key(arguments), (ObjectNode) arguments.get("input"));
            default -> throw new GraphqlException("The sandbox does not play " + field + ".");
        };
        note(field, arguments, value);
        return value;
    }

    private void note(String field, ObjectNode arguments, JsonNode value) {
        if (EFFECTS.containsKey(field)) {
            boolean asked = value.path("status").asText().equals("cancellationRequested");
            effect = asked ? "cancellation-requested" : EFFECTS.getOrDefault(field, "");
            ref = field.equals("createOrder")
                    ? arguments.path("input").path("note").asText("")
                    : key(arguments);
        }
    }

    private JsonNode allItems(ObjectNode arguments) {
        Listing listing = Listing.of(arguments);
        if (faults.contains("endless")) {
            return endless(listing, arguments);
        }
        if (faults.contains("empty-catalogue")) {
            return listing.page(Collections.<Item>emptyIterator(), ItemSearch::place, this::json);
        }
        ItemSearch search = new ItemSearch(shop.catalog(), arguments, faults);
        ObjectNode page = listing.page(search.items(listing), ItemSearch::place, this::json);
        if (faults.contains("loop-page") || faults.contains("duplicate-page")) {
            misplace(page, search, new Listing(listing.size(), listing.backwards(), ""));
        }
        return page;
    }

    /** Behind the last page follow more and more of items that nobody has, each under a number of its own. */
    private ObjectNode endless(Listing listing, ObjectNode arguments) {
        boolean madeUp = listing.cursor().startsWith(MADE_UP);
        Listing asked = madeUp ? new Listing(listing.size(), listing.backwards(), "") : listing;
        long number = madeUp ? Long.parseLong(listing.cursor().substring(MADE_UP.length())) : 0;
        ObjectNode all = madeUp ? JSON.createObjectNode() : arguments;
        ObjectNode page =
                asked.page(new ItemSearch(shop.catalog(), all, faults).items(asked), ItemSearch::place, this::json);
        if (madeUp) {
            page.path("edges").forEach(edge -> rename((ObjectNode) edge.path("node"), number));
        }
        boolean last = !page.path("pageInfo").path("hasNextPage").asBoolean();
        if (!madeUp && last) {
            fill((ArrayNode) page.path("edges"), listing.size());
        }
        if (madeUp || last) {
            ((ObjectNode) page.path("pageInfo"))
                    .put("hasNextPage", true)
                    .put("endCursor", Listing.opaque(MADE_UP + (number + 1)));
        }
        return page;
    }

    /** No page but the last is cut short, and there is no last. */
    private void fill(ArrayNode edges, int size) {
        Listing first = new Listing(size, false, "");
        ItemSearch search = new ItemSearch(shop.catalog(), JSON.createObjectNode(), faults);
        for (JsonNode edge :
                first.page(search.items(first), ItemSearch::place, this::json).path("edges")) {
            if (edges.size() < size) {
                rename((ObjectNode) edge.path("node"), 0);
                edges.add(edge);
            }
        }
    }

    private static void rename(ObjectNode item, long number) {
        item.put("key", "M" + number + "-" + item.path("key").asText());
    }

    /** Every page leads back to the end of the first, or shows what the first shows. */
    private void misplace(ObjectNode page, ItemSearch search, Listing first) {
        ObjectNode before = first.page(search.items(first), ItemSearch::place, this::json);
        if (faults.contains("loop-page")) {
            page.set("pageInfo", before.get("pageInfo"));
        } else {
            page.set("edges", before.get("edges"));
        }
    }

    private JsonNode itemsByKeys(JsonNode keys) {
        if (keys.size() > MOST_KEYS) {
            throw new GraphqlException("한 번에 최대 " + MOST_KEYS + "개까지 조회할 수 있습니다.")
                    .about("keys", LongNode.valueOf(keys.size()));
        }
        ArrayNode items = JSON.createArrayNode();
        keys.forEach(key -> items.add(
                shop.catalog().item(key.asText()).<JsonNode>map(this::json).orElse(NullNode.getInstance())));
        return items;
    }

    private Item item(JsonNode key) {
        return shop.catalog()
                .item(key.asText())
                .orElseThrow(() -> new GraphqlException("존재하지 않는 상품입니다.").about("key", key));
    }

    private ObjectNode json(Item item) {
        Item shown = item;
        if (faults.contains("price-zero")) {
            shown = new Item(shown.goods(), shown.now().priced(0), shown.imageUrl());
        }
        if (faults.contains("soldout-all")) {
            shown = new Item(shown.goods(), shown.now().soldOut(), shown.imageUrl());
        }
        if (faults.contains("price-jump")) {
            shown = new Item(shown.goods(), shown.now().priced(jumped(shown)), shown.imageUrl());
        }
        if (faults.contains("identity-swap") && item.goods().number() % TENTH == 0) {
            shown = other(shown);
        }
        ObjectNode json = shown.json().put("key", item.key());
        if (faults.contains("renamed-field") && item.goods().number() % 2 == 0) {
            json.set("productName", json.remove("name"));
        }
        return json;
    }

    /** Of ten items one costs three times as much, and one a third. */
    private static long jumped(Item item) {
        int digit = item.goods().number() % TENTH;
        return digit == 0
                ? item.now().won() * 3
                : digit == 1 ? item.now().won() / 3 : item.now().won();
    }

    /** The next item of another category, whole, under the key of this one. */
    private Item other(Item item) {
        int number = item.goods().number();
        Item other = item;
        while (other.categoryKey().equals(item.categoryKey())) {
            number = (number + 1) % shop.catalog().size();
            other = shop.catalog().item(number);
        }
        return new Item(other.goods(), other.now().at(item.now().updatedAt()), other.imageUrl());
    }

    private JsonNode category(String key) {
        return Item.category(key).<JsonNode>map(json -> json).orElse(NullNode.getInstance());
    }

    private Basket basket(ObjectNode arguments) {
        return new Basket(shop.catalog(), (ObjectNode) arguments.get("input"));
    }

    private JsonNode create(ObjectNode arguments) {
        Basket basket = basket(arguments);
        ArrayNode made =
                shop.orders().create(basket, (ObjectNode) arguments.get("input"), faults.contains("balance-empty"));
        for (Basket.Line line : basket.lines()) {
            Change before = shop.catalog().item(line.item().goods().number()).now();
            shop.market().put(before, before.less(line.option(), line.quantity()), now);
        }
        return made;
    }

    private String key(ObjectNode arguments) {
        return arguments.path("key").asText();
    }
}
