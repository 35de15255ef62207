package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.guard.Accepted;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import hub.catalog.guard.GrowthBounds;
import java.util.Optional;

/**
 * What a whole pull has to hold to be believed, from what the last one held.
 *
 * @param total products of the last whole pull, 0 when there was none
 * @param pageSize items of its pages, 0 when there was none
 * @param share of the usual below which nothing is believed
 * @param accepted what a person took as it is
 * @param growth how much more than that it may hold
 */
record Believed(long total, int pageSize, double share, Accepted accepted, GrowthBounds growth) {

    /** The total and the size of a page, or what a person accepted instead. */
    static Believed of(long total, int pageSize, double share, Accepted accepted, GrowthBounds growth) {
        long lower = accepted.least(FeedGuard.TOTAL, accepted.least(FeedGuard.ENDS_EARLY, total));
        return new Believed(lower, (int) accepted.least(FeedGuard.PAGE_SIZE, pageSize), share, accepted, growth);
    }

    /** The same, whatever the size of a page. */
    Believed ofAnySize() {
        return new Believed(total, 0, share, accepted, growth);
    }

    /** Why a page is not believed; empty when it is. */
    Optional<FeedDoubt> doubt(int size, boolean last, JsonNode declared) {
        if (declared.isNumber() && declared.asLong() < enough()) {
            String why = "the supplier declares " + declared.asLong() + " products, last time it had " + total;
            return Optional.of(new FeedDoubt(FeedGuard.TOTAL, declared.asLong(), enough(), why));
        }
        if (last || size >= pageSize * share) {
            return Optional.empty();
        }
        String why = "it has " + size + " items, such a page usually has " + pageSize;
        return Optional.of(new FeedDoubt(FeedGuard.PAGE_SIZE, size, (long) (pageSize * share), why));
    }

    /** Why all pages together are not believed; empty when they are. */
    Optional<FeedDoubt> doubtOfAll(long items, long declared) {
        if (items < enough()) {
            String why = "the catalogue ends after " + items + " products, last time it had " + total;
            return Optional.of(new FeedDoubt(FeedGuard.ENDS_EARLY, items, enough(), why));
        }
        long least = (long) (declared * share);
        if (items >= accepted.least(FeedGuard.INCOMPLETE, least)) {
            return Optional.empty();
        }
        String why = "only " + items + " of " + declared + " declared products came";
        return Optional.of(new FeedDoubt(FeedGuard.INCOMPLETE, items, least, why));
    }

    /**
     * Why no page follows any more; empty where it may.
     *
     * @param items of the pull with this page
     */
    Optional<FeedDoubt> doubtOfMore(long items, JsonNode declared) {
        if (items > growth.mostItems()) {
            String why = "with it the pull has " + items + " items, one may have " + growth.mostItems()
                    + ": its pages seem not to end; if the supplier truly has more, raise hub.guard.most-items";
            return Optional.of(new FeedDoubt(FeedGuard.ENDLESS, items, growth.mostItems(), why));
        }
        long more = declared.asLong(0);
        long most = more + growth.beside(more);
        if (more <= 0 || items <= most || accepted.has(FeedGuard.BEYOND_TOTAL)) {
            return Optional.empty();
        }
        String why = "with it the pull has " + items + " items, the supplier declares " + more + " products";
        return Optional.of(new FeedDoubt(FeedGuard.BEYOND_TOTAL, items, most, why));
    }

    private long enough() {
        return (long) (total * share);
    }
}
