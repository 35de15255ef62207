package hub.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of earlier prices and stocks.
 *
 * @param keep how long a change stays, by whole months; at least 31 days
 */
@ConfigurationProperties(prefix = "hub.history", ignoreUnknownFields = false)
public record HistoryOptions(@DefaultValue("400d") Duration keep) {

    private static final long LEAST_DAYS = 31;

    public HistoryOptions {
        if (keep.toDays() < LEAST_DAYS) {
            throw new IllegalArgumentException(
                    "hub.history.keep=" + keep + "; allowed are 31d and more, for months are kept whole");
        }
    }
}
