package hub.image;

import java.time.OffsetDateTime;

/**
 * A picture that a listing goes without.
 *
 * @param place among the product's pictures, from 0
 * @param problem as the meter names it
 * @param reason what is wrong, and what to do
 */
public record LeftOut(
        String market,
        String account,
        String supplier,
        String sku,
        int place,
        String url,
        String problem,
        String reason,
        OffsetDateTime at) {}
