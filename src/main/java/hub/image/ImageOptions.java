package hub.image;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What markets take as pictures.
 *
 * @param keep how long a picture that was made is kept for the next market or product that shows the same
 * @param kept how much of them is kept in the memory of the process
 * @param markets by partner; one that is not named gets pictures as they are
 */
@ConfigurationProperties(prefix = "hub.images", ignoreUnknownFields = false)
public record ImageOptions(
        @DefaultValue("24h") Duration keep,
        @DefaultValue("16MB") DataSize kept,
        @DefaultValue Map<String, Market> markets) {

    public ImageOptions {
        if (keep.isNegative() || kept.isNegative()) {
            throw new IllegalArgumentException(
                    "hub.images: keep=" + keep + ", kept=" + kept + "; neither may be negative");
        }
    }

    /**
     * One market.
     *
     * @param formats what may be sent; JPEG must be among them
     * @param minSide the shorter side at least, in pixels
     * @param maxSide the longer side at most, in pixels
     * @param square whether both sides must be equal
     * @param maxBytes what one file may weigh
     * @param quality of pictures that are written anew
     */
    public record Market(
            @DefaultValue("JPEG") Set<PictureFormat> formats,
            @DefaultValue("1") int minSide,
            @DefaultValue("2000") int maxSide,
            @DefaultValue("false") boolean square,
            @DefaultValue("10MB") DataSize maxBytes,
            @DefaultValue("HIGH") PictureQuality quality) {

        public Market {
            rule(formats, minSide, maxSide, square, maxBytes); // refused at the start, not at the first picture
        }

        ImageRule rule() {
            return rule(formats, minSide, maxSide, square, maxBytes);
        }

        private static ImageRule rule(
                Set<PictureFormat> formats, int minSide, int maxSide, boolean square, DataSize maxBytes) {
            return new ImageRule(formats, minSide, maxSide, square, maxBytes.toBytes());
        }
    }
}
