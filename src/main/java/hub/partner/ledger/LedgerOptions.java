package hub.partner.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of the calls that were made.
 *
 * @param keep how long counts stay, by whole months; at least 31 days. Months that are older are dropped
 */
@ConfigurationProperties(prefix = "hub.call-ledger", ignoreUnknownFields = false)
public record LedgerOptions(@DefaultValue("400d") Duration keep) {

    private static final long LEAST_DAYS = 31;

    public LedgerOptions {
        if (keep.toDays() < LEAST_DAYS) {
            throw new IllegalArgumentException(
                    "hub.call-ledger.keep=" + keep + "; allowed are 31d and more, for months are kept whole");
        }
    }
}
