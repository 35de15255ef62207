package hub.catalog.guard;

import java.util.Map;
import org.jspecify.annotations.Nullable;
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
 * @param growthShare share by which the products of a supplier may become more within a day, 0 or more
 * @param growthCount as many new products a day are believed of any supplier, however small
 * @param mostItems items that one pull may have; a supplier that goes on is taken for endless
 * @param suppliers what holds of one supplier instead, by its name
 */
@ConfigurationProperties(prefix = "hub.guard", ignoreUnknownFields = false)
public record GuardOptions(
        @DefaultValue("0.3") double priceJump,
        @DefaultValue("0.2") double unmappableShare,
        @DefaultValue("0.5") double repeatedShare,
        @DefaultValue("5") int few,
        @DefaultValue("0.5") double growthShare,
        @DefaultValue("3000") long growthCount,
        @DefaultValue("2000000") long mostItems,
        @DefaultValue Map<String, Own> suppliers) {

    private static final int WHOLE = 1000;

    public GuardOptions {
        if (priceJump < 0.001 || priceJump > 100) {
            throw new IllegalArgumentException("hub.guard.price-jump=" + priceJump + "; allowed are 0.001 to 100");
        }
        if (unmappableShare < 0 || unmappableShare > 1 || repeatedShare < 0 || repeatedShare > 1 || few < 0) {
            throw new IllegalArgumentException("hub.guard: unmappable-share=" + unmappableShare + ", repeated-share="
                    + repeatedShare + ", few=" + few + "; a share is between 0 and 1, few is 0 or more");
        }
        check("hub.guard", new GrowthBounds(growthShare, growthCount, mostItems));
        suppliers = Map.copyOf(suppliers);
        for (Map.Entry<String, Own> own : suppliers.entrySet()) {
            check("hub.guard.suppliers." + own.getKey(), own.getValue().over(growthShare, growthCount, mostItems));
        }
    }

    private static void check(String where, GrowthBounds bounds) {
        if (!(bounds.share() >= 0) || bounds.count() < 0 || bounds.mostItems() < 1) {
            throw new IllegalArgumentException(where + ": growth-share=" + bounds.share() + ", growth-count="
                    + bounds.count() + ", most-items=" + bounds.mostItems()
                    + "; growth-share and growth-count are 0 or more, most-items is 1 or more");
        }
    }

    /**
     * What holds of one supplier; null where it is as for all.
     *
     * @param growthShare as above
     * @param growthCount as above
     * @param mostItems as above
     */
    public record Own(
            @Nullable Double growthShare,
            @Nullable Long growthCount,
            @Nullable Long mostItems) {

        GrowthBounds over(double share, long count, long most) {
            return new GrowthBounds(
                    growthShare == null ? share : growthShare,
                    growthCount == null ? count : growthCount,
                    mostItems == null ? most : mostItems);
        }
    }

    /** How much the feed of a supplier may grow. */
    public GrowthBounds growth(String supplier) {
        Own own = suppliers.getOrDefault(supplier, new Own(null, null, null));
        return own.over(growthShare, growthCount, mostItems);
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
