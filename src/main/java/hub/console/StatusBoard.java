package hub.console;

import hub.budget.BudgetView;
import hub.budget.CallBudgets;
import hub.catalog.ProductStore;
import hub.catalog.Rejects;
import hub.catalog.guard.FeedHold;
import hub.catalog.guard.Holds;
import hub.listing.Listings;
import hub.load.Load;
import hub.order.OrderLedger;
import hub.partner.Breakers;
import hub.partner.Partners;
import hub.partner.Stop;
import hub.partner.Stops;
import hub.partner.ledger.CallSums;
import hub.queue.Backlog;
import hub.queue.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** How the hub stands, always at hand: every count is made ahead by two threads of its own. */
@Component
class StatusBoard implements SmartLifecycle, DisposableBean {

    static final List<String> LISTING_STATES = List.of("live", "pending", "denied", "suspended", "failed");

    private final Counted<Map<String, Map<String, Long>>> products;
    private final Counted<Map<String, Map<String, Long>>> listings;
    private final Counted<Map<String, Long>> orders;
    private final Counted<Map<String, Backlog>> jobs;
    private final Counted<List<BudgetView>> budgets;
    private final Counted<List<Stop>> stops;
    private final Counted<Map<String, Long>> rejects;
    private final Counted<List<Status.RouteState>> routes;
    private final Counted<Holds.Summary> holds;
    private final Load load;
    private final Counted<List<CallSums.Sum>> calls;
    private final Counted<Collection<Breakers.Standing>> breakers;
    private final Counted<Map<String, Map<String, Long>>> deadLetters;
    private final StatusMeters meters;
    private @Nullable ExecutorService counting;

    StatusBoard(
            ProductStore products,
            Partners partners,
            Listings listings,
            OrderLedger orders,
            Jobs jobs,
            CallBudgets budgets,
            Stops stops,
            Rejects rejects,
            RouteTable routes,
            Holds holds,
            Load load,
            CallSums calls,
            Breakers breakers,
            StatusMeters meters,
            Clock clock) {
        this.products = new Counted<>("products", () -> products(products.counts(), partners), clock);
        this.listings = new Counted<>("listings", () -> listings(listings.counts()), clock);
        this.orders = new Counted<>("orders", () -> byName(orders.counts()), clock);
        this.jobs = new Counted<>("jobs", () -> byName(jobs.counts()), clock);
        this.budgets = new Counted<>("budgets", budgets::view, clock);
        this.stops = new Counted<>("stops", stops::all, clock);
        this.rejects = new Counted<>("rejects", rejects::counts, clock);
        this.routes = new Counted<>("routes", routes::routes, clock);
        this.holds = new Counted<>("held feeds and items", holds::summary, clock);
        this.load = load;
        this.calls = new Counted<>("calls of today", () -> today(calls, clock), clock);
        this.breakers = new Counted<>("breakers", breakers::now, clock);
        this.deadLetters = new Counted<>("dead letters", jobs::deadByPartnerAndKind, clock);
        this.meters = meters;
    }

    /**
     * What is held now, or at most a second ago.
     *
     * @throws NotCountedException when it cannot be read
     */
    Holds.Summary holds() {
        return holds.value();
    }

    /**
     * The calls of today whose minute is over, as counted at most a second ago.
     *
     * @throws NotCountedException when they cannot be read
     */
    List<CallSums.Sum> calls() {
        return calls.value();
    }

    /** The breakers that are not closed, as seen at most a second ago. */
    List<Breakers.Standing> openBreakers() {
        return breakers.value().stream()
                .filter(one -> one.state() != Breakers.State.CLOSED)
                .toList();
    }

    /**
     * How the hub stands now, or at most a second ago; longer where counting takes longer than 10 ms.
     *
     * @throws NotCountedException when something cannot be counted
     */
    Status status() {
        List<FeedHold> feeds = holds.value().feeds();
        return new Status(
                products.value(),
                listings.value(),
                orders.value(),
                jobs.value(),
                budgets.value().stream().map(Status.Budget::of).toList(),
                stops.value(),
                routes.value().stream()
                        .map(route -> route.holding(feeds).pausing(load.reason()))
                        .toList(),
                rejects.value(),
                all().map(Counted::at).min(Instant::compareTo).orElseThrow());
    }

    @Override
    public synchronized void start() {
        ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
        });
        executor.execute(() -> products.keepOn(executor, meters::products));
        executor.execute(() -> listings.keepOn(executor, meters::listings));
        executor.execute(() -> orders.keepOn(executor, meters::orders));
        executor.execute(() -> jobs.keepOn(executor, meters::jobs));
        executor.execute(() -> budgets.keepOn(executor, meters::budgets));
        executor.execute(() -> stops.keepOn(executor, meters::stops));
        executor.execute(() -> rejects.keepOn(executor, seen -> {}));
        executor.execute(() -> routes.keepOn(executor, seen -> {}));
        executor.execute(() -> holds.keepOn(executor, meters::holds));
        executor.execute(() -> calls.keepOn(executor, seen -> {}));
        executor.execute(() -> breakers.keepOn(executor, meters::breakers));
        executor.execute(() -> deadLetters.keepOn(executor, meters::deadLetters));
        counting = executor;
    }

    @Override
    public synchronized void stop() {
        if (counting != null) {
            counting.shutdownNow();
            counting = null;
        }
    }

    /** A start that fails later on stops nothing, but destroys what it made. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return counting != null;
    }

    private Stream<Counted<?>> all() {
        return Stream.of(products, listings, orders, jobs, budgets, stops, rejects, routes, holds);
    }

    private static List<CallSums.Sum> today(CallSums calls, Clock clock) {
        CallSpan today = CallSpan.today(clock.instant());
        return calls.of(Optional.empty(), today.from(), today.to());
    }

    private static Map<String, Map<String, Long>> products(Map<String, Map<String, Long>> counts, Partners partners) {
        counts.keySet().removeIf(supplier -> !partners.has(supplier));
        return counts;
    }

    private static Map<String, Map<String, Long>> listings(Map<String, Map<String, Long>> counts) {
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        counts.forEach((market, states) -> {
            Map<String, Long> kept = zeros(LISTING_STATES);
            kept.replaceAll((state, none) -> states.getOrDefault(state, 0L));
            shown.put(market, kept);
        });
        return shown;
    }

    private static Map<String, Long> zeros(List<String> states) {
        Map<String, Long> zeros = new LinkedHashMap<>();
        states.forEach(state -> zeros.put(state, 0L));
        return zeros;
    }

    private static <T> Map<String, T> byName(Map<? extends Enum<?>, T> counts) {
        Map<String, T> named = new LinkedHashMap<>();
        counts.forEach((key, count) -> named.put(key.name(), count));
        return named;
    }
}
