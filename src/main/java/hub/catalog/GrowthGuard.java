package hub.catalog;

import hub.catalog.guard.Accepted;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.GrowthBounds;
import hub.catalog.guard.GuardOptions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Doubts a feed that grows without end or suddenly, and keeps what it brought from being listed until a person said
 * yes, or a whole pull is as it should be again. What was known before goes on being updated meanwhile.
 */
@Component
class GrowthGuard {

    private final NewProducts news;
    private final FeedGuards feeds;
    private final GuardOptions options;

    GrowthGuard(NewProducts news, FeedGuards feeds, GuardOptions options) {
        this.news = news;
        this.feeds = feeds;
        this.options = options;
    }

    GrowthBounds bounds(String supplier) {
        return options.growth(supplier);
    }

    /** A pull begins or goes on; to be called before any page of it is stored. */
    void begin(String supplier, boolean first, Accepted accepted) {
        news.begin(supplier, first, accepted.growthHeld());
    }

    Growth of(String supplier, boolean first, Accepted accepted) {
        return new Growth(supplier, news, bounds(supplier), accepted, first);
    }

    /** Holds the feed of a pull whose pages brought too much that is new; what was known goes on. */
    void look(Pull pull, Growth growth) {
        growth.doubt().ifPresent(doubt -> {
            growth.doubted(doubt.measured());
            feeds.hold(pull.supplier(), doubt);
            news.doubt(pull.supplier());
        });
    }

    /** A page was not believed: where it was for its growth nothing new is stored from now on. */
    void refused(String supplier, FeedDoubt doubt) {
        if (FeedGuard.OF_GROWTH.contains(doubt.guard())) {
            news.doubt(supplier);
        }
    }

    /** What became of the new products of a pull that was read to its end. */
    enum End {
        /** Nothing is in doubt. */
        BELIEVED,
        /** A person said yes while the pull left them out: it has to be read once more. */
        TO_BE_READ_AGAIN,
        /** They wait for a person. */
        HELD
    }

    /** A pull was read to its end: what it brought is believed, or is held. */
    End settle(Pull pull, Growth growth) {
        boolean nothing = !growth.isAny() && !news.anyWaiting(pull.supplier());
        End end = nothing ? End.BELIEVED : settleNew(pull, growth);
        if (end == End.BELIEVED && growth.isFirst() && pull.isWhole()) {
            news.settle(pull.supplier());
        }
        return end;
    }

    /**
     * Lets what is new be listed, unless so much is missing that the feed is held: it may be the same products under
     * other numbers, and the old ones are on sale still.
     *
     * @param shrunk whether too much is missing; known of a pull that saw everything only
     */
    void release(Pull pull, End end, boolean shrunk) {
        boolean held = pull.sawEverything() ? shrunk : feeds.isShrunk(pull.supplier());
        if (end != End.HELD && !held) {
            news.release(pull.supplier());
        }
    }

    private End settleNew(Pull pull, Growth growth) {
        String supplier = pull.supplier();
        if (pull.sawEverything()) {
            news.forgetMissing(supplier, pull.seen()::contains);
        }
        Accepted now = feeds.accepted(supplier);
        Optional<FeedDoubt> doubt = growth.doubtOfAll(now);
        // Of a feed that is held already only a whole pull knows how much it has grown, or that it is well again.
        boolean knows = pull.sawEverything() || !now.growthHeld();
        doubt.filter(found -> knows && !growth.hasTold(found.measured()))
                .ifPresent(found -> feeds.hold(supplier, found));
        if (doubt.isPresent() || !knows) {
            news.doubt(supplier);
            return End.HELD;
        }
        return settled(supplier, growth, now.has(FeedGuard.GROWTH));
    }

    private End settled(String supplier, Growth growth, boolean accepted) {
        if (accepted && growth.leftOut() > 0) {
            return End.TO_BE_READ_AGAIN;
        }
        if (accepted) {
            news.settle(supplier);
        }
        return End.BELIEVED;
    }
}
