package hub.budget;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits that count one operation of an account.
 *
 * @param arguments the same as the script {@code budget.lua} reads them
 */
record OperationLimits(List<Limit> all, List<byte[]> arguments) {

    private static final int MOST_AT_ONCE = 256;
    private static final int PROCESSES = 64;
    private static final long LONGEST_HOLD = 100;

    OperationLimits(List<Limit> all) {
        this(
                all,
                all.stream()
                        .flatMap(OperationLimits::numbers)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    static OperationLimits of(List<BudgetRule> rules, String operation, Duration margin) {
        return new OperationLimits(Limit.of(rules, operation, margin));
    }

    /**
     * How many calls a process may take at once: so few of a limit that many processes can do so. 1 where calls are
     * few, are to be spread, or follow what the partner says.
     */
    int atOnce() {
        long most = MOST_AT_ONCE;
        for (Limit limit : all) {
            boolean single = limit.burst() > 0 || !limit.learned().isEmpty();
            most = Math.min(most, single ? 1 : (limit.calls() - limit.reserve()) / PROCESSES);
        }
        return (int) Math.max(1, most);
    }

    /** How long calls that were taken at once may be kept; the budget counts them at the end of it. Milliseconds. */
    long hold() {
        long shortest = all.stream().mapToLong(Limit::window).min().orElse(0);
        return Math.min(LONGEST_HOLD, Math.max(1, shortest / 200));
    }

    private static Stream<String> numbers(Limit limit) {
        return Stream.of(
                limit.log(),
                limit.pause(),
                limit.learned(),
                Integer.toString(limit.calls()),
                Long.toString(limit.window()),
                Long.toString(limit.grain()),
                Long.toString(limit.span()),
                Integer.toString(limit.burst()),
                Long.toString(limit.pace()),
                Integer.toString(limit.reserve()));
    }
}
