package hub.catalog;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pull did since this process goes on with it. Used under the lock of the {@link Pull}. */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

    private final Pull pull;
    private final Growth growth;
    private final int setBacks;
    private Instant committedAt = Instant.now();
    private int largest;
    private long written;
    private int items;
    private int same;
    private int unmappable;
    private int leftOut;
    private Upserted upserted = Upserted.NOTHING;

    /** @param setBacks how often Postgres was set back before */
    Reading(Pull pull, Growth growth, int setBacks) {
        this.pull = pull;
        this.growth = growth;
        this.setBacks = setBacks;
    }

    int setBacks() {
        return setBacks;
    }

    Growth growth() {
        return growth;
    }

    Pull pull() {
        return pull;
    }

    void add(int size, int as, int mapped, Upserted stored) {
        largest = Math.max(largest, size);
        items += size;
        same += as;
        unmappable += Math.max(0, size - as - mapped);
        written += stored.written();
        leftOut += stored.leftOut().size();
        upserted = upserted.plus(stored);
        growth.add(
                as
                        + mapped
                        - (long) stored.inserted()
                        - stored.rejected()
                        - stored.leftOut().size(),
                stored);
    }

    /** Items of the largest page. */
    int largest() {
        return largest;
    }

    long written() {
        return written;
    }

    /** Whether the place of numbered pages is to be committed again. */
    boolean isCommitDue() {
        return committedAt.plus(COMMIT_EVERY).isBefore(Instant.now());
    }

    void committed() {
        committedAt = Instant.now();
    }

    /** Says in one line what was read since the line before. */
    void say() {
        LOG.info(
                "{} page {}{}: {} items, {} as before, {} unmappable, {} written ({} new, {} changed){}",
                pull.supplier(),
                pull.page(),
                pull.pages() == 0 ? "" : " of " + pull.pages(),
                items,
                same,
                unmappable,
                upserted.written(),
                upserted.inserted(),
                upserted.updated(),
                leftOut == 0 ? "" : ", " + leftOut + " new ones left out, see /holds");
        items = same = unmappable = leftOut = 0;
        upserted = Upserted.NOTHING;
    }
}
