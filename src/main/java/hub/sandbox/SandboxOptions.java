package hub.sandbox;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the simulators are told.
 *
 * @param enabled whether the simulators run at all
 * @param port where they listen on 127.0.0.1
 * @param products how many products each supplier offers
 * @param pace how many simulated seconds pass in one real second: shipping, approval, buyers and catalogue changes
 * @param ordersPerHour orders that the buyers of one market place in one simulated hour
 * @param changesPerHour share of a supplier's catalogue that changes in one simulated hour, 0 to 1
 * @param seed what the catalogue and the buyers are drawn from; the same seed gives the same catalogue
 * @param handoff where the simulated clerk finds the hand-off files of suppliers without an order API
 */
@ConfigurationProperties(prefix = "hub.sandbox", ignoreUnknownFields = false)
public record SandboxOptions(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("9090") int port,
        @DefaultValue("3000") int products,
        @DefaultValue("720") double pace,
        @DefaultValue("1") double ordersPerHour,
        @DefaultValue("0.0005") double changesPerHour,
        @DefaultValue("7") long seed,
        @DefaultValue("data/handoff") Path handoff) {

    public SandboxOptions {
        if (products < 0 || pace <= 0 || ordersPerHour < 0 || changesPerHour < 0 || changesPerHour > 1) {
            throw new IllegalArgumentException("hub.sandbox: products=" + products + ", pace=" + pace
                    + ", orders-per-hour=" + ordersPerHour + ", changes-per-hour=" + changesPerHour
                    + "; products and rates may not be negative, pace must be above 0, changes-per-hour at most 1");
        }
    }
}
