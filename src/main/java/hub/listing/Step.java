package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Priority;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to be done so that a market shows a new desired state.
 *
 * @param kind of the job; empty when what is under way will see to it; {@link #FORGET} when there is nothing to keep
 * @param state of the listing from now on
 */
record Step(String kind, String state, Priority priority) {

    static final String FORGET = "forget";

    static Step of(Listing listing, JsonNode desired) {
        boolean sameContent = content(desired).equals(content(listing.desired()));
        boolean onSale = desired.path("onSale").asBoolean();
        return switch (listing.state()) {
            case "planned" -> planned(listing, onSale);
            case "pending" -> wait(listing);
            case "suspended" -> onSale && isStopped(listing) ? update(listing, desired) : wait(listing);
            case "denied" -> sameContent ? wait(listing) : update(listing, desired);
            case "failed" -> failed(listing, desired, sameContent);
            default -> update(listing, desired);
        };
    }

    /** Whether it was us who took it off sale; what the market has suspended, only the market brings back. */
    private static boolean isStopped(Listing listing) {
        JsonNode sent = listing.sent();
        return sent != null && !sent.path("onSale").asBoolean(true);
    }

    private static Step planned(Listing listing, boolean onSale) {
        boolean untouched = !listing.opened() && listing.createSentAt() == null;
        return untouched && !onSale ? new Step(FORGET, "planned", Priority.LOW) : wait(listing);
    }

    private static Step failed(Listing listing, JsonNode desired, boolean sameContent) {
        if (listing.listed()) {
            return update(listing, desired);
        }
        // The market refused this content; only another is worth a call.
        boolean hopeless = sameContent || !desired.path("onSale").asBoolean();
        return hopeless ? wait(listing) : new Step(Work.CREATE, "planned", Priority.LOW);
    }

    /** HIGH when something that may be on sale cannot be delivered any more. */
    static Priority urgency(JsonNode before, JsonNode desired) {
        if (before.path("onSale").asBoolean() && !desired.path("onSale").asBoolean()) {
            return Priority.HIGH;
        }
        Map<String, Integer> stocks = new HashMap<>();
        before.path("items")
                .forEach(item ->
                        stocks.put(item.path("key").asText(), item.path("stock").asInt()));
        for (JsonNode item : desired.path("items")) {
            boolean sold = stocks.getOrDefault(item.path("key").asText(), 0) > 0;
            if (sold && item.path("stock").asInt() == 0) {
                return Priority.HIGH;
            }
        }
        return Priority.MEDIUM;
    }

    private static Step wait(Listing listing) {
        return new Step("", listing.state(), Priority.LOW);
    }

    private static Step update(Listing listing, JsonNode desired) {
        return new Step(Work.UPDATE, listing.state(), urgency(listing.desired(), desired));
    }

    /** What the market has to approve. */
    static String content(JsonNode desired) {
        return desired.path("content").asText() + "\n" + desired.path("title").asText() + "\n"
                + desired.path("category").asText();
    }
}
