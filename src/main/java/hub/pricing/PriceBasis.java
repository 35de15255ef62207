package hub.pricing;

import org.jspecify.annotations.Nullable;

/**
 * What a price is made of.
 *
 * @param costWon what the supplier asks for one piece; null when it is not known
 * @param shippingWon what the seller pays the supplier to send one piece; 0 when the buyer pays on arrival, null when
 *     it is not known
 * @param floorWon the supplier's price policy: not to be sold below; null without one
 */
public record PriceBasis(
        @Nullable Long costWon,
        @Nullable Long shippingWon,
        @Nullable Long floorWon) {

    public PriceBasis {
        if ((costWon != null && costWon <= 0)
                || (shippingWon != null && shippingWon < 0)
                || (floorWon != null && floorWon < 0)) {
            throw new IllegalArgumentException("cost " + costWon + ", shipping " + shippingWon + ", floor " + floorWon
                    + ": a known cost is above 0, nothing is below 0");
        }
    }
}
