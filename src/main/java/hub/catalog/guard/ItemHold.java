package hub.catalog.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An item that is held.
 *
 * @param state {@code waiting} for a person, or {@code refused} by one
 * @param hash of what is in doubt; a decision names it
 * @param offSale whether it is not sold meanwhile; else it is sold at its old price
 * @param was {@code name, category, image, stocks: [{key, costWon}]} as known
 * @param offered the same as it came, with {@code state} and stocks
 */
public record ItemHold(
        String supplier,
        String sku,
        String guard,
        String state,
        String hash,
        boolean offSale,
        Instant since,
        JsonNode was,
        JsonNode offered) {}
