package hub.sandbox;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the simulators are told.
 *
 * @param enabled whether the simulators run at all
 * @param port where they listen on 127.0.0.1; 0 for a free one, which the simulators are told
 * @param products how many products each supplier offers
 * @param pace how many simulated seconds pass in one real second: shipping, approval, buyers and catalogue changes
 * @param ordersPerHour orders that the buyers of one market place in one simulated hour
 * @param changesPerHour share of a supplier's catalogue that changes in one simulated hour, 0 to 1; none in the first
 *     hours, see {@link Turnover#QUIET}
 * @param seed what the catalogue and the buyers are drawn from; the same seed gives the same catalogue
 * @param state where the simulators remember what happened, so that a restart does not make them forget an order
 * @param handoff where the simulated clerk finds the hand-off files of suppliers without an order API
 * @param credentials by partner, the keys that its simulator accepts; invented, and worth nothing anywhere else
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
        @DefaultValue("data/sandbox") Path state,
        @DefaultValue("data/handoff") Path handoff,
        @DefaultValue Map<String, Map<String, String>> credentials) {

    public SandboxOptions {
        if (products < 0 || pace <= 0 || ordersPerHour < 0 || changesPerHour < 0 || changesPerHour > 1) {
            throw new IllegalArgumentException("hub.sandbox: products=" + products + ", pace=" + pace
                    + ", orders-per-hour=" + ordersPerHour + ", changes-per-hour=" + changesPerHour
                    + "; products and rates may not be negative, pace must be above 0, changes-per-hour at most 1");
        }
    }

    /** The key that the simulator of {@code partner} accepts. */
    public String credential(String partner, String key) {
        String value = credentials.getOrDefault(partner, Map.of()).get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("hub.sandbox.credentials." + partner + "." + key
                    + " is missing; the simulator cannot check a call");
        }
        return value;
    }

    /** The same, as they are once the port is known. */
    SandboxOptions at(int bound) {
        return new SandboxOptions(
                enabled, bound, products, pace, ordersPerHour, changesPerHour, seed, state, handoff, credentials);
    }

    /** Where the simulator serves pictures, such as {@code http://127.0.0.1:9090/images/ownerclan/17.jpg}. */
    public String imageUrl(String partner, long number) {
        return "http://127.0.0.1:" + port + "/images/" + partner + "/" + number + ".jpg";
    }
}
