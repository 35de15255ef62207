package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What besides cost and stock decides whether a product is sold, and for how much.
 *
 * <p>Read later as they are: there a fee of {@code "3,000"} would count as none, so that the price lies below what the
 * piece costs, and {@code "N"} of {@code openMarket} as a yes.
 */
final class Terms {

    private static final List<String> FLAGS = List.of("openMarket", "adultOnly", "taxFree");

    private Terms() {}

    /** @throws ItemRefusedException if one of them is not of its type */
    static void check(JsonNode mapped) {
        JsonNode shipping = mapped.path("shipping");
        if (!Fields.isNothing(shipping) && !shipping.isObject()) {
            throw Fields.refuse("shipping", "an object with type and feeWon is required", shipping);
        }
        Fields.feeOrNothing(shipping, "feeWon", "shipping.feeWon");
        Fields.feeOrNothing(mapped, "priceFloorWon", "priceFloorWon");
        FLAGS.forEach(flag -> Fields.flagOrNothing(mapped, flag));
        JsonNode blocked = mapped.path("blocked");
        if (!Fields.isNothing(blocked) && !blocked.isTextual()) {
            throw Fields.refuse("blocked", "the text of a reason is required, empty where there is none", blocked);
        }
    }
}
