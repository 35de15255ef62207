package hub.budget;

import java.time.Duration;
import java.util.List;

/**
 * A rule as it stands for one operation, in the numbers and under the names that the script {@code budget.lua} reads.
 *
 * <p>Units: milliseconds.
 *
 * @param log the field that holds the booked calls
 * @param pause the field that holds until when the key is paused
 * @param learned the field that holds what the partner's answers said about the rate; empty when this limit does not
 *     ask
 * @param window as the rule states it
 * @param grain bookings are noted in steps of this, so that a long log stays short; 1/1000 of the window
 * @param span what is enforced: the window, the margin, and a step for the rounding
 * @param pace how long {@code burst} calls have to last; meaningless where burst is 0
 */
record Limit(
        String log,
        String pause,
        String learned,
        int calls,
        long window,
        long grain,
        long span,
        int burst,
        long pace,
        int reserve) {

    /** Windows up to here count as full after a lost Redis: nobody minds waiting that long. */
    static final long SHORT = 60_000;

    static Limit of(BudgetRule rule, String operation, boolean learns, Duration margin) {
        String scope = rule.key() + (rule.perOperation() ? "/" + operation : "");
        long window = rule.window().toMillis();
        long grain = Math.max(1, window / 1000);
        long rounding = grain > 1 ? grain : 0;
        long span = up(window + rule.margin(margin).toMillis(), grain) + rounding;
        return new Limit(
                "log:" + scope + ":" + window,
                "pause:" + scope,
                learns ? "learned:" + scope : "",
                rule.calls(),
                window,
                grain,
                span,
                rule.burst() == rule.calls() ? 0 : rule.burst(),
                up((span * rule.burst() + rule.calls() - 1) / rule.calls(), grain),
                rule.reserve());
    }

    /**
     * The limits of all {@code rules} that count {@code operation}; the shortest one by operation learns, unless it is
     * of a day or so.
     */
    static List<Limit> of(List<BudgetRule> rules, String operation, Duration margin) {
        List<BudgetRule> counting =
                rules.stream().filter(rule -> rule.counts(operation)).toList();
        Duration shortest = counting.stream()
                .filter(rule -> rule.perOperation() && rule.window().toMillis() <= SHORT)
                .map(BudgetRule::window)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        return counting.stream()
                .map(rule ->
                        of(rule, operation, rule.perOperation() && rule.window().equals(shortest), margin))
                .toList();
    }

    /** The rule's key, with the operation where it counts by operation. */
    String scope() {
        return pause.substring("pause:".length());
    }

    /** Whether it is taken to be used up after a lost Redis, or half used. */
    boolean countsAsFull() {
        return window <= SHORT;
    }

    /**
     * This limit with the figures of the partner's gateway in place of the rule's.
     *
     * <p>Its bucket gains {@code perSecond} calls a second. A second's worth of the bucket is left as margin for
     * jitter; where it does not hold that much, calls are spread evenly, and where it holds no more than two, the usual
     * margin is kept as well.
     */
    Limit follow(int perSecond, int bucket, Duration margin) {
        int calls = Math.max(perSecond, bucket - perSecond);
        long second = (1000L * calls + perSecond - 1) / perSecond;
        boolean deep = bucket >= 2 * perSecond;
        long slack = deep ? 0 : bucket <= 2 ? margin.toMillis() : margin.toMillis() / 10;
        long followed = up(second + slack, grain) + (grain > 1 ? grain : 0);
        int burst = deep || calls == 1 ? 0 : 1;
        long pace = burst == 0 ? 0 : up((1000L + perSecond - 1) / perSecond, grain);
        return new Limit(
                log, pause, learned, calls, second, grain, followed, burst, pace, Math.min(reserve, calls - 1));
    }

    /**
     * This limit after a refusal that nobody explained, as the script slows it: as many calls as go into a window at
     * the rate, one at least, and the time they take.
     *
     * @param rate calls a window; those of the rule or more change nothing
     */
    Limit slowed(double rate) {
        if (rate >= calls) {
            return this;
        }
        int fewer = Math.max(1, (int) rate);
        long longer = (long) Math.ceil(window * fewer / rate) + span - window;
        int bursts = Math.min(burst, fewer);
        long paced = (longer * bursts + fewer - 1) / fewer;
        return new Limit(
                log, pause, learned, fewer, window, grain, longer, bursts, paced, Math.min(reserve, fewer / 4));
    }

    private static long up(long millis, long grain) {
        return (millis + grain - 1) / grain * grain;
    }
}
