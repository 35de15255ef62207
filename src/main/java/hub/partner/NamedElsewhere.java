package hub.partner;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Options of other parts that are given by a partner's name. A misspelt one would be read by nobody: its bounds would
 * not hold, its fee would not be in the price.
 */
final class NamedElsewhere {

    private static final List<String> BY_NAME = List.of(
            "hub.guard.suppliers",
            "hub.image.markets",
            "hub.listing.markets",
            "hub.pricing.markets",
            "hub.pricing.suppliers");

    private final Binder binder;

    NamedElsewhere(Binder binder) {
        this.binder = binder;
    }

    /** A sentence for each name that is no partner's. */
    List<String> wrong(Set<String> partners) {
        return BY_NAME.stream()
                .flatMap(prefix -> names(prefix).stream()
                        .filter(name -> !partners.contains(name))
                        .map(name -> prefix + "." + name + ": there is no partner " + name + ", only "
                                + partners.stream().sorted().toList() + " (hub.partners); mend the name, or add "
                                + name + " there"))
                .toList();
    }

    private Set<String> names(String prefix) {
        return binder.bind(prefix, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet();
    }
}
