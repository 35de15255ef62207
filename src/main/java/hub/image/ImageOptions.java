package hub.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Pictures on their way to markets that want them at home.
 *
 * @param markets what each takes, by name
 * @param folder where made pictures lie until they are uploaded; safe to lose
 * @param room of all files in the folder; the oldest go first
 * @param keep how long a made picture lies there, and for how long an address is believed to hold the picture that it
 *     held; afterwards its server is asked whether it changed
 * @param fetchWithin for one picture
 * @param productWithin for all pictures of a product; what is missing then is fetched at the next try
 * @param tries of a product before a picture that cannot be fetched is left out
 * @param threads that convert; 0: all cores but one
 * @param forget what was not used for that long: addresses, refusals, and what was uploaded
 */
@ConfigurationProperties(prefix = "hub.image", ignoreUnknownFields = false)
public record ImageOptions(
        @DefaultValue Map<String, ImageRule> markets,
        @DefaultValue("./data/images") Path folder,
        @DefaultValue("256MB") DataSize room,
        @DefaultValue("24h") Duration keep,
        @DefaultValue("10s") Duration fetchWithin,
        @DefaultValue("20s") Duration productWithin,
        @DefaultValue("3") int tries,
        @DefaultValue("0") int threads,
        @DefaultValue("400d") Duration forget) {

    private static final DataSize LEAST_ROOM = DataSize.ofMegabytes(100);

    public ImageOptions {
        if (keep.toSeconds() < 60 || forget.compareTo(keep) <= 0) {
            throw new IllegalArgumentException("hub.image: keep=" + keep + ", forget=" + forget
                    + "; keep is 60s or more, forget longer than keep");
        }
        if (fetchWithin.toMillis() < 100 || productWithin.compareTo(fetchWithin) < 0 || tries < 1) {
            throw new IllegalArgumentException("hub.image: fetch-within=" + fetchWithin + ", product-within="
                    + productWithin + ", tries=" + tries
                    + "; fetch-within is 100ms or more, product-within not shorter, tries 1 or more");
        }
        if (threads < 0 || threads > 64 || room.compareTo(LEAST_ROOM) < 0) {
            throw new IllegalArgumentException("hub.image: threads=" + threads + ", room=" + room
                    + "; threads is 0 to 64, room " + LEAST_ROOM + " or more: the pictures of one product must fit");
        }
    }

    /** @throws IllegalArgumentException if nothing is said of that market */
    ImageRule rule(String market) {
        ImageRule rule = markets.get(market);
        if (rule == null) {
            throw new IllegalArgumentException("hub.image.markets." + market + " is not set; say there what pictures "
                    + market + " takes, there is " + markets.keySet());
        }
        return rule;
    }

    int workers() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }
}
