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
 * @param reserve how many of the limit only the lane {@code orders} may use
 * @param resetsAt when nothing of it is used any more, unless more calls come
 * @param pausedUntil empty when nobody paused the key
 * @param slowedFrom what the rule says, where fewer calls in a longer window hold since the partner refused one and did
 *     not say how many it takes; empty otherwise
 */
public record BudgetView(
        String partner,
        String key,
        int limit,
        Duration window,
        int used,
        int left,
        int reserve,
        Instant resetsAt,
        Optional<Instant> pausedUntil,
        Optional<Rule> slowedFrom) {

    /** So many calls in any window. */
    public record Rule(int calls, Duration window) {}

    /**
     * Whose calls are stopped because a limit of longer than a minute is used up, such as that of a day: none,
     * {@code catalogue} while orders go on with the reserve, or {@code all}.
     */
    public Optional<String> stopped() {
        boolean isShort = slowedFrom.map(Rule::window).orElse(window).toMillis() <= Limit.SHORT;
        if (isShort || used < limit - reserve) {
            return Optional.empty();
        }
        return Optional.of(used < limit ? "catalogue" : "all");
    }
}
