package hub.image;

import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one market takes as a product picture, from {@code hub.image.markets.<market>}.
 *
 * @param asIs whether the market fetches pictures itself: they go as they are, those outside of the rule not at all
 * @param formats what may be sent
 * @param minSide the shorter side at least, in pixels; a smaller picture is refused, never blown up
 * @param maxSide the longer side at most, in pixels; a larger picture is made smaller
 * @param ratio the longer side may be this many times the shorter, what is missing is filled with white; 1 is a square,
 *     0 is any
 * @param maxBytes what one file may weigh
 * @param quality of a main picture that is written anew; a lower one where it would weigh too much
 * @param further the same for the pictures after it
 * @param pictures of one product at most
 */
public record ImageRule(
        @DefaultValue("false") boolean asIs,
        @DefaultValue("JPEG") Set<PictureFormat> formats,
        @DefaultValue("300") int minSide,
        @DefaultValue("2000") int maxSide,
        @DefaultValue("0") double ratio,
        @DefaultValue("3MB") DataSize maxBytes,
        @DefaultValue("high") PictureQuality quality,
        @DefaultValue("medium") PictureQuality further,
        @DefaultValue("10") int pictures) {

    public ImageRule {
        formats = Set.copyOf(formats);
        if (!formats.contains(PictureFormat.JPEG)) {
            throw new IllegalArgumentException(
                    "hub.image.markets: formats=" + formats + "; must hold jpeg, which any picture can be made into");
        }
        if (minSide < 1 || maxSide < minSide || maxBytes.toBytes() < 1 || pictures < 1) {
            throw new IllegalArgumentException("hub.image.markets: min-side=" + minSide + ", max-side=" + maxSide
                    + ", max-bytes=" + maxBytes + ", pictures=" + pictures
                    + "; must be 1 <= min-side <= max-side, max-bytes and pictures 1 or more");
        }
        if (ratio != 0 && !(ratio >= 1 && ratio <= maxSide)) {
            throw new IllegalArgumentException("hub.image.markets: ratio=" + ratio + "; 0, or 1 to max-side");
        }
    }

    /** Whether the file can go as it is. */
    boolean takes(PictureHeader header, int bytes) {
        return formats.contains(header.format())
                && header.shorter() >= minSide
                && header.longer() <= maxSide
                && bytes <= maxBytes.toBytes()
                && !header.turned()
                && shortestBeside(header.longer()) <= header.shorter();
    }

    /** @throws ImageRefusedException if the file cannot go as it is, for what no market minds but its rule */
    void refuse(PictureHeader header, int bytes) {
        String is = "picture is " + header.width() + " x " + header.height() + " pixels; the market ";
        refuseIf(
                !formats.contains(header.format()),
                ImageProblem.WRONG_FORMAT,
                "picture is a " + header.format() + "; the market takes " + new TreeSet<>(formats));
        refuseIf(header.shorter() < minSide, ImageProblem.TOO_SMALL, is + "wants " + minSide + " at least");
        refuseIf(header.longer() > maxSide, ImageProblem.TOO_LARGE, is + "takes " + maxSide + " at most");
        refuseIf(
                shortestBeside(header.longer()) > header.shorter(),
                ImageProblem.WRONG_SHAPE,
                is + "takes a longer side of at most " + ratio + " times the shorter");
        refuseIf(
                bytes > maxBytes.toBytes(),
                ImageProblem.TOO_HEAVY,
                "picture has " + bytes + " bytes; the market takes " + maxBytes.toBytes());
    }

    private static void refuseIf(boolean outside, ImageProblem problem, String what) {
        if (outside) {
            throw new ImageRefusedException(problem, what + "; it fetches pictures itself, so offer one that fits");
        }
    }

    /** For the pictures after the main one. */
    ImageRule afterMain() {
        return new ImageRule(asIs, formats, minSide, maxSide, ratio, maxBytes, further, further, pictures);
    }

    /** What the shorter side must be when the longer is that, in pixels. */
    int shortestBeside(int longer) {
        return ratio == 0 ? 1 : (int) Math.ceil(longer / ratio);
    }

    /** The same for two markets that take the same; what was made for one serves the other. */
    String fingerprint() {
        String shape =
                new TreeSet<>(formats) + "/" + minSide + "/" + maxSide + "/" + ratio + "/" + maxBytes + "/" + quality;
        return DigestUtils.sha256Hex(shape).substring(0, 12);
    }
}
