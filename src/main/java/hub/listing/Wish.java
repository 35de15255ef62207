package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a market should show of a product.
 *
 * @param desired null when it should not be listed
 * @param held whether a stock shown is the last known one
 * @param proof how the lowest price came about; empty without a price of today
 * @param refusal why it should not be listed, or why it is taken off sale; empty otherwise
 */
record Wish(@Nullable JsonNode desired, boolean held, String proof, String refusal) {

    static Wish refused(String reason) {
        return new Wish(null, false, "", reason);
    }
}
