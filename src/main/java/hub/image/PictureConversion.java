package hub.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.filters.ImageFilter;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Makes a picture fit a rule: turned upright, made smaller, filled up to a square, written in the lightest format
 * taken.
 */
final class PictureConversion {

    private PictureConversion() {}

    /** @throws ImageRefusedException no picture, a bomb, animated, too small, or too heavy even when written anew */
    static Picture fit(byte[] file, ImageRule rule) {
        return fit(file, PictureHeader.of(file), rule);
    }

    /**
     * Makes it fit. A file within the rule goes as it is: a JPEG or WebP always, since writing it anew would lose a
     * little for nothing, another one unless it becomes lighter.
     *
     * @throws ImageRefusedException too small, broken, or too heavy even when written anew
     */
    static Picture fit(byte[] file, PictureHeader header, ImageRule rule) {
        refuseSmall(header, rule);
        boolean taken = rule.takes(header, file.length);
        if (taken && !header.format().lossless()) {
            return Picture.asItIs(file, header);
        }
        BufferedImage image = drawn(file, header, rule);
        if (Math.min(image.getWidth(), image.getHeight()) < rule.minSide()) {
            throw new ImageRefusedException(
                    ImageProblem.TOO_SMALL,
                    "picture is too long for its width: made to fit it is " + image.getWidth() + " x "
                            + image.getHeight() + " pixels; the market wants " + rule.minSide()
                            + " at least; offer another one");
        }
        Picture written = written(image, rule);
        if (taken && file.length <= written.bytes().length) {
            return Picture.asItIs(file, header);
        }
        refuseHeavy(written, rule);
        return written;
    }

    private static void refuseSmall(PictureHeader header, ImageRule rule) {
        int shorter = Math.max(header.shorter(), rule.shortestBeside(header.longer()));
        if (shorter < rule.minSide()) {
            throw new ImageRefusedException(
                    ImageProblem.TOO_SMALL,
                    "picture is " + header.width() + " x " + header.height() + " pixels; the market wants "
                            + rule.minSide() + " at least; offer a larger one");
        }
    }

    private static void refuseHeavy(Picture written, ImageRule rule) {
        if (written.bytes().length > rule.maxBytes().toBytes()) {
            throw new ImageRefusedException(
                    ImageProblem.TOO_HEAVY,
                    "picture still has " + written.bytes().length + " bytes when written anew, more than the market's "
                            + rule.maxBytes().toBytes() + ", at the lowest quality; offer a smaller picture");
        }
    }

    private static BufferedImage drawn(byte[] file, PictureHeader header, ImageRule rule) {
        BufferedImage decoded = decoded(file, SourceRegion.step(header, rule.maxSide()));
        double scale = Math.min(1.0, rule.maxSide() / (double) Math.max(decoded.getWidth(), decoded.getHeight()));
        int width = Math.max(1, (int) Math.round(decoded.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(decoded.getHeight() * scale));
        // Smaller before it is turned: turning needs the same memory again.
        BufferedImage small = scale < 1 ? smaller(decoded, width, height) : decoded;
        return onWhite(turn(small, header.orientation()), rule);
    }

    private static BufferedImage decoded(byte[] file, int step) {
        try {
            return SourceRegion.read(file, step);
        } catch (IOException | RuntimeException e) { // readers throw whatever a broken file leads them to
            throw new ImageRefusedException(
                    ImageProblem.BROKEN, "picture cannot be decoded; offer it anew as a plain JPEG", e);
        }
    }

    private static BufferedImage turn(BufferedImage image, int orientation) {
        ImageFilter filter = ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation));
        return orientation == 1 ? image : filter.apply(image);
    }

    private static BufferedImage smaller(BufferedImage image, int width, int height) {
        try {
            return Thumbnails.of(image).forceSize(width, height).asBufferedImage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** White behind what is transparent: JPEG would show it black. */
    private static BufferedImage onWhite(BufferedImage image, ImageRule rule) {
        int least = rule.shortestBeside(Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(image.getWidth(), least);
        int height = Math.max(image.getHeight(), least);
        // Of any other type the writer of JPEG makes copies line by line, three times the picture in all.
        boolean asIs = image.getType() == BufferedImage.TYPE_3BYTE_BGR;
        if (asIs && width == image.getWidth() && height == image.getHeight()) {
            return image;
        }
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = canvas.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.drawImage(image, (width - image.getWidth()) / 2, (height - image.getHeight()) / 2, null);
        pen.dispose();
        return canvas;
    }

    /** In the quality that the rule wants; where that weighs more than the market takes, in the next lower one. */
    private static Picture written(BufferedImage image, ImageRule rule) {
        PictureQuality quality = rule.quality();
        Picture written = lightest(image, rule, quality);
        while (written.bytes().length > rule.maxBytes().toBytes()
                && quality.lower().isPresent()) {
            quality = quality.lower().get();
            written = lightest(image, rule, quality);
        }
        return written;
    }

    private static Picture lightest(BufferedImage image, ImageRule rule, PictureQuality quality) {
        PictureFormat format = PictureFormat.JPEG;
        byte[] bytes = encoded(image, format, quality);
        if (rule.formats().contains(PictureFormat.WEBP)) {
            byte[] webp = encoded(image, PictureFormat.WEBP, quality);
            if (webp.length < bytes.length) {
                format = PictureFormat.WEBP;
                bytes = webp;
            }
        }
        return new Picture(bytes, format, image.getWidth(), image.getHeight(), false);
    }

    private static byte[] encoded(BufferedImage image, PictureFormat format, PictureQuality quality) {
        ImageWriter writer =
                ImageIO.getImageWritersByMIMEType(format.mediaType()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(how.getCompressionTypes()[0]);
            how.setCompressionQuality(quality.share());
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
