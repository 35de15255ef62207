package hub.console;

import hub.budget.BudgetView;
import hub.catalog.guard.FeedHold;
import hub.catalog.guard.Holds;
import hub.partner.Breakers;
import hub.partner.Stop;
import hub.queue.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code hub_products}, {@code hub_listings}, {@code hub_orders}, {@code hub_jobs} by state and others, as last
 * counted.
 */
@Component
class StatusMeters {

    private final MultiGauge products;
    private final MultiGauge listings;
    private final MultiGauge orders;
    private final MultiGauge jobs;
    private final MultiGauge oldest;
    private final MultiGauge stops;
    private final MultiGauge heldFeeds;
    private final MultiGauge heldItems;
    private final MultiGauge paused;
    private final MultiGauge breakers;
    private final MultiGauge deadLetters;

    private final Clock clock;

    StatusMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        products = gauge(registry, "hub.products", "Products by supplier and state");
        listings = gauge(registry, "hub.listings", "Listings by market and state");
        orders = gauge(registry, "hub.orders", "Order lines by state of the ledger");
        jobs = gauge(registry, "hub.jobs", "Jobs by priority and state");
        stops = gauge(
                registry,
                "hub.partner.stops",
                "Calls that are stopped because the partner refused them again and again");
        heldFeeds = gauge(registry, "hub.holds.feeds", "Feeds that a guard holds, by what a person said");
        heldItems = gauge(registry, "hub.holds.items", "Items that a guard holds, by what a person said");
        deadLetters = gauge(registry, "hub.dead.letters", "Jobs that were given up, and wait for a person");
        breakers = gauge(registry, "hub.partner.breaker", "1 for the state that the circuit breaker of a call is in");
        paused = MultiGauge.builder("hub.budget.paused")
                .description("How long nothing is sent yet, because the partner asked for a pause")
                .baseUnit("seconds")
                .register(registry);
        oldest = MultiGauge.builder("hub.jobs.oldest")
                .description("How long the oldest due job has waited")
                .baseUnit("seconds")
                .register(registry);
    }

    void products(Map<String, Map<String, Long>> counts) {
        products.register(rows("supplier", counts), true);
    }

    void listings(Map<String, Map<String, Long>> counts) {
        listings.register(rows("market", counts), true);
    }

    void orders(Map<String, Long> counts) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((state, n) -> rows.add(MultiGauge.Row.of(Tags.of("state", state), n)));
        orders.register(rows, true);
    }

    void jobs(Map<String, Backlog> counts) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        counts.forEach((priority, backlog) -> {
            rows.add(MultiGauge.Row.of(Tags.of("priority", priority, "state", "ready"), backlog.ready()));
            rows.add(MultiGauge.Row.of(Tags.of("priority", priority, "state", "running"), backlog.running()));
            ages.add(MultiGauge.Row.of(Tags.of("priority", priority), backlog.oldestSeconds()));
        });
        jobs.register(rows, true);
        oldest.register(ages, true);
    }

    /** By partner, kind and the operation that was refused last; several requests of one operation are one row. */
    void stops(List<Stop> now) {
        Map<Tags, Long> counts = new LinkedHashMap<>();
        now.forEach(stop -> counts.merge(
                Tags.of("partner", stop.partner(), "kind", stop.kind().name(), "operation", stop.operation()),
                1L,
                Long::sum));
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((tags, n) -> rows.add(MultiGauge.Row.of(tags, n)));
        stops.register(rows, true);
    }

    void deadLetters(Map<String, Map<String, Long>> byPartnerAndKind) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        byPartnerAndKind.forEach((partner, kinds) ->
                kinds.forEach((kind, n) -> rows.add(MultiGauge.Row.of(Tags.of("partner", partner, "kind", kind), n))));
        deadLetters.register(rows, true);
    }

    void breakers(Collection<Breakers.Standing> now) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Breakers.Standing one : now) {
            for (Breakers.State state : Breakers.State.values()) {
                Tags tags = Tags.of("partner", one.partner(), "operation", one.operation(), "state", state.name());
                rows.add(MultiGauge.Row.of(tags, one.state() == state ? 1 : 0));
            }
        }
        breakers.register(rows, true);
    }

    /** Keys that are paused now, the operation behind a slash where a key counts by it. */
    void budgets(List<BudgetView> views) {
        Instant now = clock.instant();
        Map<Tags, Double> left = new LinkedHashMap<>();
        for (BudgetView view : views) {
            view.pausedUntil()
                    .map(until -> Duration.between(now, until).toMillis() / 1000.0)
                    .filter(seconds -> seconds > 0)
                    .ifPresent(seconds ->
                            left.merge(Tags.of("partner", view.partner(), "key", view.key()), seconds, Math::max));
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        left.forEach((tags, seconds) -> rows.add(MultiGauge.Row.of(tags, seconds)));
        paused.register(rows, true);
    }

    void holds(Holds.Summary held) {
        List<MultiGauge.Row<?>> feeds = new ArrayList<>();
        for (FeedHold feed : held.feeds()) {
            feeds.add(MultiGauge.Row.of(
                    Tags.of("supplier", feed.supplier(), "guard", feed.guard(), "state", feed.state()), 1));
        }
        List<MultiGauge.Row<?>> items = new ArrayList<>();
        for (Holds.Items some : held.items()) {
            items.add(MultiGauge.Row.of(
                    Tags.of("supplier", some.supplier(), "guard", some.guard(), "state", some.state()), some.count()));
        }
        heldFeeds.register(feeds, true);
        heldItems.register(items, true);
    }

    private static List<MultiGauge.Row<?>> rows(String of, Map<String, Map<String, Long>> counts) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((name, states) ->
                states.forEach((state, n) -> rows.add(MultiGauge.Row.of(Tags.of(of, name, "state", state), n))));
        return rows;
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
