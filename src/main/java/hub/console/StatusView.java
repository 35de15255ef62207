package hub.console;

import hub.catalog.ProductStore;
import hub.console.Status.Budget;
import hub.console.Status.RouteState;
import hub.partner.Concurrency;
import hub.partner.Partner;
import hub.queue.Backlog;
import hub.time.Seoul;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The status as a page shows it. Times are of Seoul.
 *
 * @param onSale products that are active
 * @param live listings that buyers see
 * @param running routes that are started
 * @param lines of orders, in any state
 * @param waiting jobs that nobody works on
 */
record StatusView(
        Status status,
        List<String> productStates,
        List<String> listingStates,
        List<BudgetRow> budgets,
        List<RouteRow> routes,
        long onSale,
        long live,
        long running,
        long lines,
        long waiting,
        String countedAt) {

    /** A budget with its reset time. */
    record BudgetRow(Budget budget, String resetsAt) {}

    /**
     * Calls of one operation in flight.
     *
     * @param points the last limits as a line in a box of 100 by 20
     */
    record FlightRow(String partner, String operation, Concurrency.Level level, String points) {

        static FlightRow of(String partner, String operation, Concurrency.Level level) {
            List<Integer> lately = level.lately();
            String points = IntStream.range(0, lately.size())
                    .mapToObj(i ->
                            100 * i / Math.max(1, lately.size() - 1) + "," + (20 - 19 * lately.get(i) / level.most()))
                    .collect(Collectors.joining(" "));
            return new FlightRow(partner, operation, level, lately.size() == 1 ? points + " 100,1" : points);
        }
    }

    /** Operations whose limit was ever other than its cap, in the order of partners and operations. */
    static List<FlightRow> flights(Map<String, Partner> partners) {
        return new TreeMap<>(partners)
                .entrySet().stream()
                        .flatMap(partner -> partner.getValue().concurrency().entrySet().stream()
                                .filter(one -> one.getValue().lately().size() > 1)
                                .map(one -> FlightRow.of(partner.getKey(), one.getKey(), one.getValue())))
                        .toList();
    }

    /** A route; the last success is empty when there was none. */
    record RouteRow(RouteState route, boolean started, String lastSuccess) {}

    /** A time of Seoul, for the page. */
    public String time(Instant at) {
        return Seoul.second(at);
    }

    static StatusView of(Status status) {
        List<RouteRow> routes = status.routes().stream()
                .map(route -> new RouteRow(route, route.state().equals("Started"), day(route.lastSuccess())))
                .toList();
        return new StatusView(
                status,
                ProductStore.STATES,
                StatusBoard.LISTING_STATES,
                status.budgets().stream()
                        .map(budget -> new BudgetRow(budget, Seoul.timeOfDay(budget.resetsAt())))
                        .toList(),
                routes,
                total(status.products(), "active"),
                total(status.listings(), "live"),
                routes.stream().filter(RouteRow::started).count(),
                total(status.orders()),
                status.jobs().values().stream().mapToLong(Backlog::ready).sum(),
                Seoul.timeOfDay(status.countedAt()));
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long total(Map<String, Map<String, Long>> counts, String state) {
        return counts.values().stream()
                .mapToLong(states -> states.getOrDefault(state, 0L))
                .sum();
    }

    private static String day(@Nullable Instant at) {
        return at == null ? "" : Seoul.second(at);
    }
}
