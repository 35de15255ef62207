package hub.catalog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * {@code hub_pull_pages}, {@code hub_pull_pages_known} (0: not known), {@code hub_pull_items} and
 * {@code hub_pull_rejected} of the last reading of each supplier by this process, the running one included; and
 * {@code hub_pull_age_seconds}.
 */
@Component
public class PullMeters {

    private final Pulls pulls;
    private final MultiGauge pages;
    private final MultiGauge known;
    private final MultiGauge items;
    private final MultiGauge rejected;
    private final MultiGauge age;

    PullMeters(Pulls pulls, MeterRegistry registry) {
        this.pulls = pulls;
        pages = gauge(registry, "hub.pull.pages", "Pages of the last reading that are stored");
        known = gauge(registry, "hub.pull.pages.known", "Pages that it has; 0 where the supplier does not say");
        items = gauge(registry, "hub.pull.items", "Items of those pages");
        rejected = gauge(registry, "hub.pull.rejected", "Items that could not become a product");
        age = MultiGauge.builder("hub.pull.age")
                .description("How long ago a page or the end of a pull was stored last, by any process")
                .baseUnit("seconds")
                .register(registry);
    }

    public void count() {
        List<PullProgress> progress = pulls.progress();
        register(pages, progress, PullProgress::pages);
        register(known, progress, each -> each.ofPages() == null ? 0 : each.ofPages());
        register(items, progress, PullProgress::items);
        register(rejected, progress, PullProgress::rejected);
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        pulls.ages()
                .forEach((supplier, since) ->
                        ages.add(MultiGauge.Row.of(Tags.of("supplier", supplier), since.toMillis() / 1000.0)));
        age.register(ages, true);
    }

    private static void register(MultiGauge gauge, List<PullProgress> of, ToLongFunction<PullProgress> value) {
        gauge.register(
                of.stream()
                        .map(each -> MultiGauge.Row.of(Tags.of("supplier", each.supplier()), value.applyAsLong(each)))
                        .toList(),
                true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
