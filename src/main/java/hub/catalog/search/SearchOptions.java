package hub.catalog.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How products are searched.
 *
 * @param timeout how long one search may take in Postgres, 1s to 30s
 */
@ConfigurationProperties(prefix = "hub.search", ignoreUnknownFields = false)
public record SearchOptions(@DefaultValue("3s") Duration timeout) {

    private static final int MOST_SECONDS = 30;

    public SearchOptions {
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > MOST_SECONDS) {
            throw new IllegalArgumentException("hub.search.timeout=" + timeout + "; allowed are 1s to 30s");
        }
    }
}
