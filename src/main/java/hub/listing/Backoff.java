package hub.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When something may be tried again. */
final class Backoff {

    private Backoff() {}

    /**
     * Full jitter: anywhere between the partner's own time and the doubled wait after it, so that a crowd spreads out.
     */
    static Instant retryAt(ListingOptions options, int attempt, @Nullable Instant notBefore) {
        Instant now = Instant.now();
        Instant from = notBefore == null || notBefore.isBefore(now) ? now : notBefore;
        long most = doubled(options.backoff(), attempt, options.backoffAtMost()).toMillis();
        return from.plusMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }

    static Instant checkAt(ListingOptions options, int attempt) {
        return Instant.now().plus(doubled(options.checkEvery(), attempt, options.checkAtMost()));
    }

    /** {@code first} at attempt 1, twice as long at each further one. */
    static Duration doubled(Duration first, int attempt, Duration most) {
        Duration wait = first;
        for (int i = 1; i < attempt && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
