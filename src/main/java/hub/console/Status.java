package hub.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import hub.budget.BudgetView;
import hub.catalog.guard.FeedHold;
import hub.partner.Stop;
import hub.queue.Backlog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the hub stands; as JSON the answer of {@code /api/status}.
 *
 * @param products by supplier and state
 * @param listings by market and state
 * @param orders lines by state of the ledger
 * @param jobs by priority
 * @param stops what is not called any more because a partner refused it again and again; JSON has it under
 *     {@code /api/stops}
 * @param rejects items by supplier that could not be stored
 * @param countedAt when the oldest of the counts was made; not part of the JSON, which names it in a header
 */
record Status(
        Map<String, Map<String, Long>> products,
        Map<String, Map<String, Long>> listings,
        Map<String, Long> orders,
        Map<String, Backlog> jobs,
        List<Budget> budgets,
        @JsonIgnore List<Stop> stops,
        List<RouteState> routes,
        Map<String, Long> rejects,
        @JsonIgnore Instant countedAt) {

    /**
     * A call budget.
     *
     * @param window in seconds
     * @param left calls that could be made now
     * @param stopped whose calls wait because a limit of more than a minute is used up: catalogue (orders go on) or
     *     all; JSON leaves it out otherwise
     * @param slowed why limit and window are not those of the rule; JSON leaves it out otherwise
     */
    record Budget(
            String partner,
            String key,
            int limit,
            BigDecimal window,
            int used,
            int left,
            Instant resetsAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String stopped,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Slowed slowed) {

        static Budget of(BudgetView view) {
            return new Budget(
                    view.partner(),
                    view.key(),
                    view.limit(),
                    seconds(view.window()),
                    view.used(),
                    view.left(),
                    view.resetsAt(),
                    view.stopped().orElse(null),
                    view.slowedFrom().map(rule -> Slowed.of(view, rule)).orElse(null));
        }

        private static BigDecimal seconds(Duration window) {
            BigDecimal exact = BigDecimal.valueOf(window.toMillis(), 3).stripTrailingZeros();
            return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
        }
    }

    /**
     * What a rule allows, and what is used of it since the partner refused a call and did not say how many it takes.
     *
     * @param calls of the rule
     * @param window of the rule, in seconds
     * @param perMinute calls that hold now
     */
    record Slowed(int calls, BigDecimal window, BigDecimal perMinute, String why) {

        static Slowed of(BudgetView now, BudgetView.Rule rule) {
            BigDecimal perMinute = BigDecimal.valueOf(now.limit() * 60_000L)
                    .divide(BigDecimal.valueOf(now.window().toMillis()), 1, RoundingMode.HALF_UP);
            BigDecimal window = Budget.seconds(rule.window());
            String why = now.limit() + " calls in " + Budget.seconds(now.window()) + " s (" + perMinute
                    + " a minute) instead of " + rule.calls() + " in " + window
                    + " s: the partner refused a call and did not say how many it takes; more is tried step by step";
            return new Slowed(rule.calls(), window, perMinute, why);
        }
    }

    /**
     * A route of Camel.
     *
     * @param state as Camel calls it, such as Started
     * @param lastSuccess when an exchange last went through; null when none did since the start
     * @param exchanges finished since the start, failed ones included
     * @param held why what the route pulls is not believed and not stored, such as {@code shrink: …}; of
     *     {@code growth}, {@code beyond-total} and {@code endless} only what is new is not; empty for most
     * @param paused why the route reads no catalogue for now, {@code memory} or {@code cpu}; empty when it does, and
     *     for routes that read none
     */
    record RouteState(
            String id,
            String state,
            @Nullable Instant lastSuccess,
            long exchanges,
            long failed,
            List<String> held,
            String paused) {

        /** Pulls are what pauses. */
        RouteState pausing(String reason) {
            String mine = id.endsWith("-pull-products") || id.endsWith("-pull-details") ? reason : "";
            return new RouteState(id, state, lastSuccess, exchanges, failed, held, mine);
        }

        /** With what is held of the supplier that it pulls. */
        RouteState holding(List<FeedHold> feeds) {
            List<String> mine = feeds.stream()
                    .filter(feed -> !feed.state().equals("accepted") && id.startsWith(feed.supplier() + "-pull-"))
                    .map(feed -> feed.guard() + ": " + feed.reason())
                    .toList();
            return new RouteState(id, state, lastSuccess, exchanges, failed, mine, paused);
        }
    }
}
