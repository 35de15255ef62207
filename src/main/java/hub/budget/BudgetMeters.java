package hub.budget;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * {@code hub_budget_used}, {@code _left}, {@code _reset_seconds}, {@code _wait_seconds} and {@code _refused_total} by
 * partner and key, and {@code _stopped} by lane too.
 *
 * <p>Where a key has several windows or operations, the one with the least left counts. One scrape reads Redis once.
 */
final class BudgetMeters {

    private static final long FRESH = 1_000;

    private final MeterRegistry registry;
    private final Supplier<List<BudgetView>> source;
    private final Clock clock;
    private List<BudgetView> views = List.of();
    private long readAt = Long.MIN_VALUE / 2;

    BudgetMeters(MeterRegistry registry, Collection<Account> accounts, Supplier<List<BudgetView>> source, Clock clock) {
        this.registry = registry;
        this.source = source;
        this.clock = clock;
        for (Account account : accounts) {
            account.rules().stream().map(BudgetRule::key).distinct().forEach(key -> gauges(account.partner(), key));
        }
    }

    void waited(String partner, String key, long millis) {
        registry.timer("hub.budget.wait", "partner", partner, "key", key).record(Duration.ofMillis(millis));
    }

    void refused(String partner, String key) {
        registry.counter("hub.budget.refused", "partner", partner, "key", key).increment();
    }

    private void gauges(String partner, String key) {
        Gauge.builder("hub.budget.used", this, meters -> meters.used(partner, key))
                .tags("partner", partner, "key", key)
                .description("Calls of the last window, and those booked already")
                .register(registry);
        Gauge.builder("hub.budget.left", this, meters -> meters.left(partner, key))
                .tags("partner", partner, "key", key)
                .description("Calls that could be made now")
                .register(registry);
        Gauge.builder("hub.budget.reset", this, meters -> meters.reset(partner, key))
                .tags("partner", partner, "key", key)
                .baseUnit("seconds")
                .description("Until nothing of it is used any more, unless more calls come")
                .register(registry);
        stopped(partner, key, "catalogue", Set.of("catalogue", "all"));
        stopped(partner, key, "orders", Set.of("all"));
    }

    private void stopped(String partner, String key, String lane, Set<String> when) {
        Gauge.builder("hub.budget.stopped", this, meters -> meters.isStopped(partner, key, when) ? 1 : 0)
                .tags("partner", partner, "key", key, "lane", lane)
                .description("1 while a limit of more than a minute, such as a day's, leaves the lane no call")
                .register(registry);
    }

    private boolean isStopped(String partner, String key, Set<String> when) {
        return of(partner, key)
                .anyMatch(view -> view.stopped().filter(when::contains).isPresent());
    }

    private double used(String partner, String key) {
        return of(partner, key, true).max().orElse(Double.NaN);
    }

    private double left(String partner, String key) {
        return of(partner, key, false).min().orElse(Double.NaN);
    }

    private double reset(String partner, String key) {
        return of(partner, key)
                .mapToDouble(view -> Math.max(0, view.resetsAt().toEpochMilli() - clock.millis()) / 1000.0)
                .max()
                .orElse(Double.NaN);
    }

    private DoubleStream of(String partner, String key, boolean used) {
        return of(partner, key).mapToDouble(used ? BudgetView::used : BudgetView::left);
    }

    private Stream<BudgetView> of(String partner, String key) {
        return fresh().stream()
                .filter(view -> view.partner().equals(partner)
                        && (view.key().equals(key) || view.key().startsWith(key + "/")));
    }

    private synchronized List<BudgetView> fresh() {
        long now = clock.millis();
        if (now - readAt >= FRESH) {
            views = source.get();
            readAt = now;
        }
        return views;
    }
}
