package hub.sandbox.coupang;

import java.time.Duration;
import java.time.Instant;

/**
 * The calls one vendor may make: a bucket that fills evenly, and a block once it was found empty.
 *
 * <p>Thread-safe. Source: article 20414599556889 (10 calls a second); the real block lasts minutes to tens of minutes.
 */
final class CallBucket {

    private int perSecond;
    private final Duration block;
    private double tokens;
    private Instant filledAt = Instant.EPOCH;
    private Instant blockedUntil = Instant.EPOCH;

    CallBucket(int perSecond, Duration block) {
        this.perSecond = perSecond;
        this.block = block;
        this.tokens = perSecond;
    }

    /** From the next call on. */
    synchronized void allow(int calls) {
        perSecond = calls;
    }

    /** Takes one call; a refused one does not make the block longer. */
    synchronized boolean take(Instant now) {
        if (now.isBefore(blockedUntil)) {
            return false;
        }
        double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
        tokens = Math.min(perSecond, tokens + seconds * perSecond);
        filledAt = now;
        if (tokens < 1) {
            blockedUntil = now.plus(block);
            return false;
        }
        tokens--;
        return true;
    }
}
