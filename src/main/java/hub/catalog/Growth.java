package hub.catalog;

import hub.catalog.guard.Accepted;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import hub.catalog.guard.GrowthBounds;
import java.util.Optional;

/**
 * What a pull brings that its supplier did not have. The first whole pull of a supplier does not grow.
 *
 * <p>Postgres is asked at its beginning, at its end, and once when more came than is believed in any case; never page
 * by page. Used under the lock of the {@link Pull}.
 */
final class Growth {

    /** A page of which one item in ten is known is no page that was made up. */
    private static final int TENTH = 10;

    private final String supplier;
    private final NewProducts news;
    private final GrowthBounds bounds;
    private final Accepted accepted;
    private final boolean first;
    private final long before;
    private long stored;
    private long leftOut;
    private long inARow;
    private long most;
    private long there = -1;
    private long told = -1;
    private boolean doubted;

    /**
     * @param first whether no whole pull of the supplier was done before
     * @param accepted what a person said of its feed
     */
    Growth(String supplier, NewProducts news, GrowthBounds bounds, Accepted accepted, boolean first) {
        this.supplier = supplier;
        this.news = news;
        this.bounds = bounds;
        this.accepted = accepted;
        this.first = first;
        this.doubted = accepted.growthHeld();
        this.before = first ? 0 : news.fresh(supplier);
    }

    boolean isFirst() {
        return first;
    }

    /** Whether it was doubted before it began, or is since. */
    boolean isDoubted() {
        return doubted;
    }

    /** It is held, with so many new products. */
    void doubted(long fresh) {
        doubted = true;
        told = fresh;
    }

    /** Whether this pull has told that number already: one pull is one time. */
    boolean hasTold(long fresh) {
        return told == fresh;
    }

    long leftOut() {
        return leftOut;
    }

    /** Whether anything new came or waits. */
    boolean isAny() {
        return doubted || before + stored + leftOut > 0;
    }

    /**
     * A page is stored.
     *
     * @param known of its items, how many were known
     */
    void add(long known, Upserted page) {
        stored += page.inserted();
        leftOut += page.leftOut().size();
        inARow = known * TENTH > page.leftOut().size()
                ? 0
                : inARow + page.leftOut().size();
    }

    /** Why what came so far is not believed, once. */
    Optional<FeedDoubt> doubt() {
        return doubted || first ? Optional.empty() : doubt(before + stored + leftOut, accepted, " so far");
    }

    /** Why it is not believed when all of it came. */
    Optional<FeedDoubt> doubtOfAll(Accepted now) {
        if (first) {
            return Optional.empty();
        }
        there = -1; // with what others stored meanwhile
        return doubt(news.fresh(supplier) + leftOut, now, "");
    }

    private Optional<FeedDoubt> doubt(long fresh, Accepted now, String when) {
        if (fresh <= bounds.count()) {
            return Optional.empty();
        }
        count(now);
        return fresh <= most
                ? Optional.empty()
                : Optional.of(new FeedDoubt(FeedGuard.GROWTH, fresh, most, why(fresh, when)));
    }

    private void count(Accepted now) {
        if (there < 0) {
            NewProducts.Counts counts = news.counts(supplier);
            there = counts.there();
            most = now.growth(bounds, counts.had());
        }
    }

    private String why(long fresh, String when) {
        return fresh + " products are new within a day" + when + ", beside " + there + " that are stored; at most "
                + most + " are believed (hub.guard.growth-share, growth-count)";
    }

    /** Why the pages of a doubted feed are not read on: so many in a row have nothing that is known. */
    Optional<FeedDoubt> doubtOfMore() {
        if (!doubted || inARow <= bounds.count()) {
            return Optional.empty();
        }
        count(accepted);
        if (inARow <= there + bounds.count()) {
            return Optional.empty();
        }
        String why =
                inARow + " items in a row are new, beside " + there + " that are stored: its pages seem not to end";
        return Optional.of(
                new FeedDoubt(first ? FeedGuard.ENDLESS : FeedGuard.GROWTH, before + stored + leftOut, most, why));
    }
}
