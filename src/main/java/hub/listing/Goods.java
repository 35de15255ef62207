package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * A product that changed, with all that decides about its listings.
 *
 * @param state of the product; {@code ended} when the supplier no longer has it at all
 * @param bought whether anything buys from the supplier
 * @param waits whether it is new and the pull that brought it is not believed yet
 * @param unlisted markets on which no route lists anything
 * @param contentHash of the content without its state
 * @param stocks by option key
 */
record Goods(
        String supplier,
        String sku,
        String state,
        boolean complete,
        boolean bought,
        boolean waits,
        Set<String> unlisted,
        JsonNode content,
        String contentHash,
        Map<String, StockLine> stocks) {}
