package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides whether a product may be on a market at all. Answers a reason, or nothing when it may. */
final class Gate {

    private Gate() {}

    /** Reasons that also take a live listing off sale. */
    static String forbidden(Goods goods, ListingOptions.Market market) {
        JsonNode content = goods.content();
        if (goods.state().equals("ended")) {
            return "ended";
        }
        if (!content.path("openMarket").asBoolean(true)) {
            return "not for open markets";
        }
        if (!content.path("blocked").asText("").isEmpty()) {
            return "blocked: " + content.path("blocked").asText();
        }
        return content.path("adultOnly").asBoolean(false) && !market.allowAdult() ? "adults only" : "";
    }

    /** Reasons that keep a product from being listed, but leave a listing as it is. */
    static String unready(Goods goods, String marketName, ListingOptions.Market market) {
        JsonNode content = goods.content();
        if (!goods.state().equals("active")) {
            return goods.state();
        }
        if (!goods.complete()) {
            return "incomplete";
        }
        if (content.path("images").isEmpty()) {
            return "no image";
        }
        return category(goods, marketName).isEmpty() && !market.predictsCategory() ? "no category" : "";
    }

    static String category(Goods goods, String marketName) {
        return goods.content().path("marketCategory").path(marketName).asText("");
    }
}
