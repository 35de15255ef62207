package hub.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of a supplier's catalogue is.
 *
 * @param running whether pages are read now
 * @param whole whether it is the whole catalogue, not only what changed
 * @param from where the range begins that was asked for; null for a usual pull
 * @param to where it ends; null for a usual pull, and when it has no end
 * @param startedAt when it began, also when that was in another process
 * @param finishedAt null while it runs, and when it failed
 * @param pages pages stored
 * @param ofPages how many there are; null where the supplier does not say
 * @param items items of those pages that this process read
 * @param rejected of those, how many could not become a product
 * @param leftOut new products of those that are not stored, for the growth of the feed is not believed
 * @param failure why it was broken off; empty when it was not
 * @param againAt when a usual pull that was broken off is tried again; null when it was not
 */
public record PullProgress(
        String supplier,
        boolean running,
        boolean whole,
        @Nullable String from,
        @Nullable String to,
        Instant startedAt,
        @Nullable Instant finishedAt,
        int pages,
        @Nullable Integer ofPages,
        long items,
        long rejected,
        long leftOut,
        String failure,
        @Nullable Instant againAt) {

    PullProgress triedAgain(Instant at) {
        return new PullProgress(
                supplier,
                running,
                whole,
                from,
                to,
                startedAt,
                finishedAt,
                pages,
                ofPages,
                items,
                rejected,
                leftOut,
                failure,
                at);
    }
}
