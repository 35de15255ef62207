package hub.catalog.guard;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From where on a feed or an item is not believed without a person. How far a feed may shrink is under
 * {@code hub.pull}.
 *
 * @param priceJump share of its cost by which an item may become dearer or cheaper at once, above 0
 * @param unmappableShare share of a page's items that may be without what a product needs, 0 to 1
 * @param repeatedShare share of a page's items that the same pull may have had before, 0 to 1
 * @param few as many unmappable or repeated items are believed on any page, however small
 */
@ConfigurationProperties(prefix = "hub.guard", ignoreUnknownFields = false)
public record GuardOptions(
        @DefaultValue("0.3") double priceJump,
        @DefaultValue("0.2") double unmappableShare,
        @DefaultValue("0.5") double repeatedShare,
        @DefaultValue("5") int few) {

    private static final int WHOLE = 1000;

    public GuardOptions {
        if (priceJump < 0.001 || priceJump > 100) {
            throw new IllegalArgumentException("hub.guard.price-jump=" + priceJump + "; allowed are 0.001 to 100");
        }
        if (unmappableShare < 0 || unmappableShare > 1 || repeatedShare < 0 || repeatedShare > 1 || few < 0) {
            throw new IllegalArgumentException("hub.guard: unmappable-share=" + unmappableShare + ", repeated-share="
                    + repeatedShare + ", few=" + few + "; a share is between 0 and 1, few is 0 or more");
        }
    }

    /** In thousandths of the old cost: won are compared as whole numbers. */
    long dearest() {
        return WHOLE + Math.round(priceJump * WHOLE);
    }

    /** In thousandths of the old cost; 0 where no fall is too deep. */
    long cheapest() {
        return Math.max(0, WHOLE - Math.round(priceJump * WHOLE));
    }

    /** How many of a page's items may be unmappable. */
    public long unmappable(int items) {
        return Math.max(few, (long) (items * unmappableShare));
    }

    /** How many of a page's items may have come before. */
    public long repeated(int items) {
        return Math.max(few, (long) (items * repeatedShare));
    }
}
