package hub.budget;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One limit of a partner: so many calls in any window of time. Several rules may share a key, such as 10 in a second
 * and 1000 in an hour; a call has to suit all the rules that count it.
 *
 * @param key what the partner counts by, such as {@code vendor}
 * @param calls how many any window may hold
 * @param window at least 100 ms, at most 31 days. It slides: where the partner counts by its own day, whatever the time
 *     zone, none of them holds more, and no burst comes at midnight
 * @param burst how many may go back to back, the others are spread over the window at the same rate; the reserve comes
 *     on top for orders. 0: all of them
 * @param reserve how many of the calls only the lane {@code orders} may use
 * @param perOperation whether every operation has the calls for itself; such a rule follows what the partner's answers
 *     say about the rate
 * @param operations which operations count; empty: all
 * @param margin in place of {@link BudgetOptions#margin()}: little where the partner lets a bucket run empty, which
 *     takes no harm from calls that arrive a little closer together
 */
public record BudgetRule(
        String key,
        int calls,
        Duration window,
        @DefaultValue("0") int burst,
        @DefaultValue("0") int reserve,
        @DefaultValue("false") boolean perOperation,
        @DefaultValue List<String> operations,
        @Nullable Duration margin) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(31);

    public BudgetRule {
        operations = List.copyOf(operations);
        if (!key.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "budget key '" + key + "': a key is made of lower-case letters, digits and dashes");
        }
        if (calls < 1 || calls > 1_000_000) {
            throw new IllegalArgumentException(
                    "budget '" + key + "': calls=" + calls + ", it must be between 1 and 1000000");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "budget '" + key + "': window=" + window + ", it must be between 100 ms and 31 days");
        }
        if (margin != null && (margin.isNegative() || margin.compareTo(window) > 0)) {
            throw new IllegalArgumentException(
                    "budget '" + key + "': margin=" + margin + ", it must be between 0 and the window");
        }
        if (burst < 0 || burst > calls) {
            throw new IllegalArgumentException("budget '" + key + "': burst=" + burst + " of calls=" + calls
                    + ", it must be between 0 (no pacing) and calls");
        }
        if (reserve < 0 || reserve >= calls) {
            throw new IllegalArgumentException("budget '" + key + "': reserve=" + reserve + " of calls=" + calls
                    + ", it must be at least 0 and leave a call to the catalogue");
        }
    }

    /** How much longer than the partner's a window is taken. */
    Duration margin(Duration otherwise) {
        return margin == null ? otherwise : margin;
    }

    boolean counts(String operation) {
        return operations.isEmpty() || operations.contains(operation);
    }
}
