package hub.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
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
    static Picture fit(byte[] file, ImageRule rule, PictureQuality quality) {
        PictureHeader header = PictureHeader.of(file);
        if (header.shorter() < rule.minSide() && !(rule.square() && header.longer() >= rule.minSide())) {
            throw new ImageRefusedException("picture is " + header.width() + " x " + header.height()
                    + " pixels; the market wants " + rule.minSide() + " at least; offer a larger one");
        }
        if (rule.takes(header, file.length)) {
            return new Picture(file, header.format(), header.width(), header.height(), 0);
        }
        BufferedImage image = drawn(file, header, rule);
        if (Math.min(image.getWidth(), image.getHeight()) < rule.minSide()) {
            throw new ImageRefusedException("picture is too long for its width: made to fit it is " + image.getWidth()
                    + " x " + image.getHeight() + " pixels; the market wants " + rule.minSide()
                    + " at least; offer another one");
        }
        return written(image, file.length, rule, quality);
    }

    private static BufferedImage drawn(byte[] file, PictureHeader header, ImageRule rule) {
        BufferedImage upright = turn(decoded(file), header.orientation());
        double scale = Math.min(1.0, rule.maxSide() / (double) header.longer());
        int width = Math.max(1, (int) Math.round(upright.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(upright.getHeight() * scale));
        return onWhite(scale < 1 ? smaller(upright, width, height) : upright, rule.square());
    }

    private static BufferedImage decoded(byte[] file) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            if (image != null) {
                return image;
            }
            throw new ImageRefusedException("picture cannot be decoded; offer a plain JPEG");
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new ImageRefusedException("picture is broken behind its header; offer the picture anew", e);
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
    private static BufferedImage onWhite(BufferedImage image, boolean square) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        int width = square ? longer : image.getWidth();
        int height = square ? longer : image.getHeight();
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = canvas.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        pen.drawImage(image, (width - image.getWidth()) / 2, (height - image.getHeight()) / 2, null);
        pen.dispose();
        return canvas;
    }

    private static Picture written(BufferedImage image, int before, ImageRule rule, PictureQuality quality) {
        PictureFormat format = PictureFormat.JPEG;
        byte[] bytes = encoded(image, format, quality);
        if (rule.formats().contains(PictureFormat.WEBP)) {
            byte[] webp = encoded(image, PictureFormat.WEBP, quality);
            if (webp.length < bytes.length) {
                format = PictureFormat.WEBP;
                bytes = webp;
            }
        }
        if (bytes.length > rule.maxBytes()) {
            throw new ImageRefusedException(
                    "picture still has " + bytes.length + " bytes when written anew, more than the market's "
                            + rule.maxBytes() + "; choose a lower quality or offer a smaller picture");
        }
        return new Picture(bytes, format, image.getWidth(), image.getHeight(), Math.max(0, before - bytes.length));
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
