package hub.image;

import java.util.Set;

/**
 * What one market takes as a product picture.
 *
 * @param formats what may be sent
 * @param minSide the shorter side at least, in pixels; a smaller picture is refused, never blown up
 * @param maxSide the longer side at most, in pixels; a larger picture is made smaller
 * @param square whether both sides must be equal; what is missing is filled with white
 * @param maxBytes what one file may weigh, in bytes
 */
public record ImageRule(Set<PictureFormat> formats, int minSide, int maxSide, boolean square, long maxBytes) {

    public ImageRule {
        formats = Set.copyOf(formats);
        if (!formats.contains(PictureFormat.JPEG)) {
            throw new IllegalArgumentException(
                    "formats is " + formats + "; it must hold JPEG, which any picture can be made");
        }
        if (minSide < 1 || maxSide < minSide || maxBytes < 1) {
            throw new IllegalArgumentException("min-side " + minSide + ", max-side " + maxSide + ", max-bytes "
                    + maxBytes + ": must be 1 <= min-side <= max-side and max-bytes >= 1");
        }
    }

    /** Whether the file can go as it is. */
    boolean takes(PictureHeader header, int bytes) {
        return formats.contains(header.format())
                && header.longer() <= maxSide
                && bytes <= maxBytes
                && !header.turned()
                && (!square || header.width() == header.height());
    }
}
