package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a market shows, against what it was sent.
 *
 * @param shown what was sent, with price, stock and sale as read back
 * @param differs whether the price differs, or more can be bought than may be: nothing is proven
 * @param sold whether less stock is left than was sent, as after a sale
 * @param oversells whether something can be bought that should not be
 */
record Read(JsonNode shown, boolean differs, boolean sold, boolean oversells) {

    /** A value the market does not tell is taken to be as sent; an item it does not tell at all is not proven. */
    static Read of(JsonNode sent, JsonNode read) {
        Map<String, JsonNode> shownItems = byKey(read);
        ObjectNode shown = sent.deepCopy();
        boolean differs = false;
        boolean sold = false;
        boolean oversells = false;
        for (JsonNode item : shown.path("items")) {
            JsonNode found = shownItems.get(item.path("key").asText());
            if (found == null) {
                differs |= item.path("stock").asInt() > 0;
                continue;
            }
            long stock = item.path("stock").asLong();
            long shownStock = found.path("stock").asLong(stock);
            boolean shownOnSale = found.path("onSale").asBoolean(true) && shownStock > 0;
            boolean onSale = sent.path("onSale").asBoolean() && stock > 0;
            differs |= found.path("priceWon").asLong(item.path("priceWon").asLong())
                    != item.path("priceWon").asLong();
            differs |= onSale && !found.path("onSale").asBoolean(true);
            oversells |= shownOnSale && !onSale;
            differs |= shownOnSale && shownStock > stock;
            sold |= onSale && shownStock < stock;
            overwrite((ObjectNode) item, found);
        }
        return new Read(shown, differs || oversells, sold, oversells);
    }

    /**
     * Whether a market shows all that is desired, as far as can be read: not where other content is, which cannot.
     *
     * @param state that it tells
     */
    static boolean showsDesired(Listing listing, String state, JsonNode shown) {
        if (!listing.onSale()) {
            return state.equals("suspended");
        }
        JsonNode sent = listing.sent();
        boolean sameContent = sent != null && Step.content(sent).equals(Step.content(listing.desired()));
        if (!sameContent || !state.equals("live") || !shown.isObject()) {
            return false;
        }
        Read read = of(listing.desired(), shown);
        return !read.differs() && !read.sold();
    }

    static boolean hasStock(JsonNode document) {
        for (JsonNode item : document.path("items")) {
            if (item.path("stock").asInt() > 0) {
                return true;
            }
        }
        return false;
    }

    static Map<String, JsonNode> byKey(@Nullable JsonNode document) {
        Map<String, JsonNode> items = new HashMap<>();
        if (document != null) {
            document.path("items").forEach(item -> items.put(item.path("key").asText(), item));
        }
        return items;
    }

    private static void overwrite(ObjectNode item, JsonNode found) {
        for (String field : new String[] {"priceWon", "stock"}) {
            if (found.path(field).isIntegralNumber()) {
                item.set(field, found.get(field));
            }
        }
    }
}
