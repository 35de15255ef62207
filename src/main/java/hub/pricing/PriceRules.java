package hub.pricing;

import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The price of a product on a market.
 *
 * <p>After the market's fee the price leaves cost, shipping and margin; it is never below what leaves the least margin,
 * nor below the supplier's price policy or the market's minimum. Every rounding is up. Units: whole won. Thread-safe.
 */
@Component
public class PriceRules {

    private final PriceOptions options;

    public PriceRules(PriceOptions options) {
        this.options = options;
    }

    /** The price; empty when the cost is not known or the price would not fit into a long. */
    public Optional<Price> price(String market, String supplier, PriceBasis basis) {
        Long cost = basis.costWon();
        if (cost == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(price(options.market(market), market, supplier, cost, basis));
        } catch (ArithmeticException overflow) {
            return Optional.empty();
        }
    }

    private Price price(PriceOptions.Market market, String name, String supplier, long cost, PriceBasis basis) {
        Rate margin = options.margin(supplier);
        Long told = basis.shippingWon();
        long shipping = market.shippingShare().of(told == null ? options.unknownShippingWon(supplier) : told);
        long spent = Math.addExact(cost, shipping);
        long wanted = market.fee().before(Math.addExact(spent, margin.of(cost)));
        long floor = floor(market, market.fee().before(Math.addExact(spent, options.minMarginWon(supplier))), basis);
        long won = Math.multiplyExact(Rate.ceilDiv(Math.max(wanted, floor), market.roundToWon()), market.roundToWon());
        // Put together by hand: a formatter took 2 % of all that listing ten thousand products took.
        String proof = name + "/" + supplier + ": (cost " + cost + " + shipping " + shipping
                + (told == null ? " (not told)" : "") + " + margin " + margin + " = "
                + margin.of(cost) + ") before fee " + market.fee() + " = " + wanted + "; floor " + floor
                + "; rounded up to " + market.roundToWon() + " = " + won;
        return new Price(won, floor, proof);
    }

    private static long floor(PriceOptions.Market market, long leastWon, PriceBasis basis) {
        Long policy = basis.floorWon();
        return Math.max(Math.max(leastWon, market.minPriceWon()), policy == null ? 0 : policy);
    }
}
