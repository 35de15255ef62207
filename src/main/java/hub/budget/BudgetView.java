package hub.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one budget stands.
 *
 * @param key the rule's, with the operation behind a slash where it counts by operation
 * @param used calls of the last window, and those booked already
 * @param left calls that the lane {@code orders} could still book for now
 * @param resetsAt when nothing of it is used any more, unless more calls come
 * @param pausedUntil empty when nobody paused the key
 */
public record BudgetView(
        String partner,
        String key,
        int limit,
        Duration window,
        int used,
        int left,
        Instant resetsAt,
        Optional<Instant> pausedUntil) {}
