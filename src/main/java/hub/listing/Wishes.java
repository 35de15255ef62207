package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.pricing.Price;
import hub.pricing.PriceBasis;
import hub.pricing.PriceRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the desired state of a listing from a product.
 *
 * <p>A stock that is not known is never taken for 0 nor for plenty: not listed, or the last one for a while. What
 * cannot be priced is not sold. Thread-safe.
 */
final class Wishes {

    private static final JsonNode NO_OPTIONS = JsonNodeFactory.instance
            .arrayNode()
            .add(JsonNodeFactory.instance.objectNode().put("key", ""));

    /** What releases it has it planned again. */
    private static final String WAITS = "new: waits until its pull has ended and is believed";

    private static final Set<String> NOT_PAID_BY_US = Set.of("free", "uponArrival");

    private final ListingOptions options;
    private final PriceRules prices;
    private final Titles titles;

    Wishes(ListingOptions options, PriceRules prices) {
        this.options = options;
        this.prices = prices;
        this.titles = new Titles(options.bannedWords());
    }

    /** For a product that is not listed yet. */
    Wish first(Goods goods, String marketName) {
        if (goods.unlisted().contains(marketName)) {
            return Wish.refused(Unlisted.reason(marketName));
        }
        ListingOptions.Market market = market(marketName);
        String forbidden = Gate.forbidden(goods, market);
        String refusal = forbidden.isEmpty() ? Gate.unready(goods, marketName, market) : forbidden;
        if (refusal.isEmpty() && !goods.bought()) {
            refusal = Unbought.reason(goods.supplier());
        }
        if (refusal.isEmpty() && goods.waits()) {
            refusal = WAITS;
        }
        if (!refusal.isEmpty()) {
            return Wish.refused(refusal);
        }
        Items items = items(goods, marketName, null);
        if (items.list.isEmpty()) {
            return Wish.refused("no price");
        }
        String title = titles.clean(goods.content().path("name").asText(), market.titleLength());
        if (title.isEmpty() || !items.anyStock()) {
            return Wish.refused(title.isEmpty() ? "no title" : "no stock");
        }
        return wish(goods, title, Gate.category(goods, marketName), goods.contentHash(), items);
    }

    /**
     * For a product that is listed, with {@code last} desired.
     *
     * @param sent whether the market may have it
     */
    Wish next(Goods goods, String marketName, JsonNode last, boolean sent) {
        ListingOptions.Market market = market(marketName);
        String forbidden = Gate.forbidden(goods, market);
        if (!forbidden.isEmpty()) {
            return new Wish(stopped(last, forbidden), false, "", forbidden);
        }
        if (goods.waits() && !sent) {
            return new Wish(stopped(last, WAITS), false, "", WAITS);
        }
        if (!goods.bought()) {
            String why = Unbought.reason(goods.supplier());
            // Sold out rather than stopped: every market takes it back on sale by its stock.
            return new Wish(sent ? soldOut(last, why) : stopped(last, why), false, "", why);
        }
        Items items = items(goods, marketName, last);
        String unready = Gate.unready(goods, marketName, market);
        String title = titles.clean(goods.content().path("name").asText(), market.titleLength());
        if (!unready.isEmpty() || title.isEmpty()) {
            // Only price and stock are trusted: what is shown of the content stays.
            return wish(
                    goods,
                    last.path("title").asText(),
                    last.path("category").asText(),
                    last.path("content").asText(),
                    items);
        }
        return wish(goods, title, Gate.category(goods, marketName), goods.contentHash(), items);
    }

    private ListingOptions.Market market(String name) {
        ListingOptions.Market market = options.markets().get(name);
        if (market == null) {
            throw new IllegalArgumentException("hub.listing.markets has no " + name);
        }
        return market;
    }

    private static Wish wish(Goods goods, String title, String category, String content, Items items) {
        ObjectNode desired = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("category", category)
                .put("content", content)
                .put("onSale", true);
        desired.set("items", items.list);
        return new Wish(desired, items.held, items.proof, goods.state().equals("active") ? "" : goods.state());
    }

    private static JsonNode stopped(JsonNode last, String why) {
        return soldOut(last, why).put("onSale", false);
    }

    private static ObjectNode soldOut(JsonNode last, String why) {
        ObjectNode soldOut = last.deepCopy();
        soldOut.put("why", why).path("items").forEach(item -> ((ObjectNode) item).put("stock", 0));
        return soldOut;
    }

    private Items items(Goods goods, String marketName, @Nullable JsonNode last) {
        Map<String, JsonNode> before = new LinkedHashMap<>();
        if (last != null) {
            last.path("items").forEach(item -> before.put(item.path("optionKey").asText(), item));
        }
        Items items = new Items();
        JsonNode offered = goods.content().path("options");
        for (JsonNode option : offered.isEmpty() ? NO_OPTIONS : offered) {
            String key = option.path("key").asText("");
            items.add(goods, marketName, option, before.remove(key));
        }
        // The supplier no longer has these; the market still does.
        before.values().forEach(gone -> items.list.add(((ObjectNode) gone.deepCopy()).put("stock", 0)));
        return items;
    }

    private Optional<Price> price(Goods goods, String marketName, StockLine line) {
        Long fee = fee(goods.content().path("shipping"));
        // Ownerclan's is a Float such as 12000.0.
        Long floorWon = goods.content().hasNonNull("priceFloorWon")
                ? Long.valueOf(Math.max(0, goods.content().path("priceFloorWon").asLong()))
                : null;
        return prices.price(marketName, goods.supplier(), new PriceBasis(line.costWon(), fee, floorWon));
    }

    /**
     * What we pay for a piece to be sent, whatever the type is called: Ownerclan also knows "all". Null when the
     * supplier does not say how much, or its mapping nothing of shipping: taken for none, it would be paid from margin.
     */
    private static @Nullable Long fee(JsonNode shipping) {
        String type = shipping.path("type").asText();
        if (NOT_PAID_BY_US.contains(type)) {
            return 0L;
        }
        return shipping.hasNonNull("feeWon")
                ? Long.valueOf(Math.max(0, shipping.path("feeWon").asLong()))
                : null;
    }

    /** The items of one listing while they are put together. */
    private final class Items {

        private final ArrayNode list = JsonNodeFactory.instance.arrayNode();
        private boolean held;
        private String proof = "";
        private long lowest = Long.MAX_VALUE;

        boolean anyStock() {
            for (JsonNode item : list) {
                if (item.path("stock").asInt() > 0) {
                    return true;
                }
            }
            return false;
        }

        void add(Goods goods, String marketName, JsonNode option, @Nullable JsonNode before) {
            String optionKey = option.path("key").asText("");
            StockLine line = goods.stocks().get(optionKey);
            Optional<Price> price = line == null ? Optional.empty() : price(goods, marketName, line);
            if (line == null || price.isEmpty()) {
                if (before != null) {
                    list.add(((ObjectNode) before.deepCopy()).put("stock", 0));
                }
                return;
            }
            String key = SellerCode.of(goods.supplier(), goods.sku());
            ObjectNode item = list.addObject()
                    .put("key", SellerCode.ofItem(key, optionKey))
                    .put("optionKey", optionKey)
                    .put("priceWon", price.get().won())
                    .put("stock", goods.state().equals("soldout") ? 0 : stock(line, market(marketName), before));
            item.set("values", option.path("values").isArray() ? option.path("values") : item.arrayNode());
            if (price.get().won() < lowest) {
                lowest = price.get().won();
                proof = price.get().proof();
            }
        }

        private int stock(StockLine line, ListingOptions.Market market, @Nullable JsonNode before) {
            Integer stock = line.stock();
            if (stock != null) {
                return Math.max(0, Math.min(stock - market.safetyStock(), market.stockCap()));
            }
            if (before == null || line.stale()) {
                return 0;
            }
            held = true;
            return before.path("stock").asInt();
        }
    }
}
