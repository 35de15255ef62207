package hub.catalog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a supplier's catalogue is read.
 *
 * @param fullEvery after how long an incremental supplier is read whole again
 * @param retryAfter how soon a pull that failed is made again; twice as late, up to 15 minutes, each time that it comes
 *     no further than before
 * @param overlap how far an incremental pull reaches back behind the last one; at least twice the time between two
 *     pulls (Ownerclan manual, allItems)
 * @param believableShare share of the usual number of items below which a page or a whole feed is not believed, 0 to 1
 * @param maxVanished how many products may be missing from one whole pull before all of them are held back
 * @param maxVanishedShare the same as a share of the catalogue, 0 to 1; the smaller of the two counts
 * @param batch products a database batch
 */
@ConfigurationProperties(prefix = "hub.pull", ignoreUnknownFields = false)
public record PullOptions(
        @DefaultValue("24h") Duration fullEvery,
        @DefaultValue("30s") Duration retryAfter,
        @DefaultValue("10m") Duration overlap,
        @DefaultValue("0.6") double believableShare,
        @DefaultValue("200") int maxVanished,
        @DefaultValue("0.1") double maxVanishedShare,
        @DefaultValue("500") int batch) {

    public PullOptions {
        if (believableShare < 0 || believableShare > 1 || maxVanishedShare < 0 || maxVanishedShare > 1) {
            throw new IllegalArgumentException("hub.pull: believable-share=" + believableShare + ", max-vanished-share="
                    + maxVanishedShare + "; a share is between 0 and 1");
        }
        if (batch < 1 || batch > 5000) {
            throw new IllegalArgumentException("hub.pull.batch=" + batch + "; allowed are 1 to 5000 products");
        }
    }
}
