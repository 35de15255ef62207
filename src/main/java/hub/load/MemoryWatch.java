package hub.load;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether memory is short.
 *
 * <p>What counts is what a collection left, not the saw-tooth between two. But when reading pauses little is allocated,
 * so no collection may come for an hour that would show that there is room again: what one found is believed for a
 * while only, and less than it as soon as everything in use, garbage included, is below where reading goes on. Used
 * under the lock of {@link Load}.
 */
final class MemoryWatch {

    private final double pause;
    private final double resume;
    private final Duration believed;

    private long needed;
    private Instant foundAt = Instant.MIN;
    private boolean isShort;

    MemoryWatch(double pause, double resume, Duration believed) {
        this.pause = pause;
        this.resume = resume;
        this.believed = believed;
    }

    /** Looks again; answers whether memory is short. */
    boolean look(Machine machine, Instant now) {
        long found = machine.needed();
        // Two collections never leave the same number of bytes, so another number is another collection.
        boolean isNew = found != needed;
        if (isNew) {
            needed = found;
            foundAt = now;
        }
        double share = (double) found / machine.most();
        double all = (double) machine.used() / machine.most();
        if (isShort) {
            isShort = share >= resume && all >= resume && now.isBefore(foundAt.plus(believed));
        } else {
            isShort = isNew && share >= pause && all >= resume;
        }
        return isShort;
    }
}
