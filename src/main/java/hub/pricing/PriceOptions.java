package hub.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rules of prices.
 *
 * @param margin of the cost, unless the supplier has its own
 * @param minMarginWon what one piece has to earn at least, unless the supplier has its own
 * @param unknownShippingWon what a piece is taken to cost to be sent where the supplier is to be paid for it and does
 *     not say how much, unless the supplier has its own
 * @param markets by market; a market that is not named has the defaults of {@link Market}
 * @param suppliers by supplier
 */
@ConfigurationProperties(prefix = "hub.pricing", ignoreUnknownFields = false)
public record PriceOptions(
        @DefaultValue("25%") Rate margin,
        @DefaultValue("500") long minMarginWon,
        @DefaultValue("3000") long unknownShippingWon,
        @DefaultValue Map<String, Market> markets,
        @DefaultValue Map<String, Supplier> suppliers) {

    public PriceOptions {
        if (minMarginWon < 0) {
            throw new IllegalArgumentException("hub.pricing.min-margin-won=" + minMarginWon + " is below 0");
        }
        if (unknownShippingWon < 0) {
            throw new IllegalArgumentException(
                    "hub.pricing.unknown-shipping-won=" + unknownShippingWon + " is below 0");
        }
    }

    Market market(String name) {
        Market market = markets.get(name);
        return market == null ? Market.DEFAULT : market;
    }

    Rate margin(String supplier) {
        Supplier own = suppliers.get(supplier);
        return own == null || own.margin() == null ? margin : own.margin();
    }

    long minMarginWon(String supplier) {
        Supplier own = suppliers.get(supplier);
        return own == null || own.minMarginWon() == null ? minMarginWon : own.minMarginWon();
    }

    long unknownShippingWon(String supplier) {
        Supplier own = suppliers.get(supplier);
        return own == null || own.unknownShippingWon() == null ? unknownShippingWon : own.unknownShippingWon();
    }

    /**
     * What a market asks.
     *
     * @param fee the market's share of the price
     * @param shippingShare how much of the supplier's shipping fee the price has to carry; 0% where the buyer is
     *     charged for it
     * @param minPriceWon the market takes no lower price
     * @param roundToWon prices are rounded up to a multiple of this
     */
    public record Market(
            @DefaultValue("12%") Rate fee,
            @DefaultValue("100%") Rate shippingShare,
            @DefaultValue("100") long minPriceWon,
            @DefaultValue("10") long roundToWon) {

        static final Market DEFAULT = new Market(new Rate(1_200), new Rate(Rate.WHOLE), 100, 10);

        public Market {
            if (fee.basisPoints() >= Rate.WHOLE || minPriceWon < 0 || roundToWon < 1) {
                throw new IllegalArgumentException("hub.pricing.markets: fee=" + fee + ", min-price-won=" + minPriceWon
                        + ", round-to-won=" + roundToWon
                        + "; the fee must be below 100%, the price not below 0, the step at least 1");
            }
        }
    }

    /** What differs for a supplier; null takes the rule for all. */
    public record Supplier(
            @Nullable Rate margin,
            @Nullable Long minMarginWon,
            @Nullable Long unknownShippingWon) {

        public Supplier {
            if ((minMarginWon != null && minMarginWon < 0) || (unknownShippingWon != null && unknownShippingWon < 0)) {
                throw new IllegalArgumentException("hub.pricing.suppliers: min-margin-won=" + minMarginWon
                        + ", unknown-shipping-won=" + unknownShippingWon + "; neither is below 0");
            }
        }
    }
}
