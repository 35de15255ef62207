package hub.restore;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is believed of a Postgres that was set back.
 *
 * @param at when a person set it back, such as 2026-11-28T09:00:00Z; needed only where it does not show, as of a copy
 *     of the data folder that was put back whole
 * @param listingsFor how long after it each new listing is looked up at its market before it is created: until every
 *     product that Postgres forgot has come again and was opened; zero or more
 */
@ConfigurationProperties(prefix = "hub.restore", ignoreUnknownFields = false)
public record RestoreOptions(
        @Nullable Instant at, @DefaultValue("14d") Duration listingsFor) {

    public RestoreOptions {
        if (listingsFor.isNegative()) {
            throw new IllegalArgumentException(
                    "hub.restore.listings-for=" + listingsFor + "; it may not be below 0, 14d is usual");
        }
        if (at != null && at.isAfter(Instant.now())) {
            throw new IllegalArgumentException("hub.restore.at=" + at
                    + " has not come yet; give the time at which Postgres was set back, such as 2026-11-28T09:00:00Z");
        }
    }
}
