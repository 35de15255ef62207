package hub.catalog.guard;

import java.util.Arrays;
import java.util.Set;

/** What can be wrong with a feed as a whole. */
public enum FeedGuard {
    /** A whole catalogue without an item. */
    EMPTY("empty", false, true),
    /** The supplier declares far fewer products than last time. */
    TOTAL("total", true, false),
    /** A page in between has far fewer items than such a page usually has. */
    PAGE_SIZE("page-size", true, false),
    /** The catalogue ends far too early. */
    ENDS_EARLY("ends-early", true, true),
    /** Far fewer products came than the supplier declares. */
    INCOMPLETE("incomplete", true, true),
    /** Too many items of a page are without what a product needs. */
    REQUIRED("required-fields", true, false),
    /** Too many products are missing from a whole pull. */
    SHRINK("shrink", true, true),
    /** Far more products are new than such a supplier is believed to add in a day. */
    GROWTH("growth", true, true),
    /** Far more products came than the supplier declares. */
    BEYOND_TOTAL("beyond-total", true, true),
    /** The pages do not end. */
    ENDLESS("endless", false, true),
    /** A page leads back to one that was read. */
    LOOP("loop", false, true),
    /** A page has the items of one that was read. */
    REPEATED("repeated", false, true);

    private final String label;
    private final boolean acceptable;
    private final boolean ofTheWhole;

    FeedGuard(String label, boolean acceptable, boolean ofTheWhole) {
        this.label = label;
        this.acceptable = acceptable;
        this.ofTheWhole = ofTheWhole;
    }

    /** Those that doubt what is new: as long as one of them holds a feed, nothing new of it is stored or listed. */
    public static final Set<FeedGuard> OF_GROWTH = Set.of(GROWTH, BEYOND_TOTAL, ENDLESS);

    /** As tables, pages and the API name it. */
    public String label() {
        return label;
    }

    /** Whether a person can say yes to it: a pull that never ends, or an empty catalogue, cannot be taken as it is. */
    public boolean isAcceptable() {
        return acceptable;
    }

    /** Whether it was judged from all pages together: the next pull begins at the first. */
    public boolean isOfTheWhole() {
        return ofTheWhole;
    }

    static FeedGuard of(String label) {
        return Arrays.stream(values())
                .filter(guard -> guard.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no guard " + label));
    }
}
