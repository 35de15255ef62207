package hub.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of a supplier's catalogue is.
 *
 * @param running whether pages are read now
 * @param whole whether it is the whole catalogue, not only what changed
 * @param startedAt when it began, also when that was in another process
 * @param finishedAt null while it runs, and when it failed
 * @param pages pages stored
 * @param ofPages how many there are; null where the supplier does not say
 * @param items items of those pages that this process read
 * @param failure why it was broken off; empty when it was not
 */
public record PullProgress(
        String supplier,
        boolean running,
        boolean whole,
        Instant startedAt,
        @Nullable Instant finishedAt,
        int pages,
        @Nullable Integer ofPages,
        long items,
        String failure) {}
