package hub.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What a picture says of itself, read without decoding a pixel.
 *
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param orientation the EXIF orientation, 1 to 8; 1 is upright
 */
record PictureHeader(PictureFormat format, int width, int height, int orientation) {

    /** 10 MiB. */
    static final int MAX_BYTES = 10 * 1024 * 1024;

    /** 40 megapixels: 160 MB decoded. */
    static final long MAX_PIXELS = 40_000_000;

    /** @throws ImageRefusedException too heavy, too large, animated, or no picture we know */
    static PictureHeader of(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw new ImageRefusedException(
                    ImageProblem.TOO_HEAVY,
                    "picture has " + file.length + " bytes, more than " + MAX_BYTES + "; offer a smaller file");
        }
        PictureFormat format = PictureFormat.of(file)
                .orElseThrow(() -> new ImageRefusedException(
                        ImageProblem.NOT_A_PICTURE, "not a picture: must begin as JPEG, PNG, GIF, BMP or WebP does"));
        if (Animation.in(format, file)) {
            throw new ImageRefusedException(
                    ImageProblem.ANIMATED, "picture is an animated " + format + "; offer a still one");
        }
        PictureHeader header = measured(format, file);
        if (!Completeness.of(format, file)) {
            throw new ImageRefusedException(
                    ImageProblem.BROKEN,
                    "picture is cut short: this " + format + " has no end; offer the picture anew");
        }
        return header;
    }

    long pixels() {
        return (long) width * height;
    }

    int longer() {
        return Math.max(width, height);
    }

    int shorter() {
        return Math.min(width, height);
    }

    boolean turned() {
        return orientation != 1;
    }

    private static PictureHeader measured(PictureFormat format, byte[] file) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new ImageRefusedException(
                        ImageProblem.BROKEN, "this " + format + " cannot be read; offer a plain JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return bounded(format, reader.getWidth(0), reader.getHeight(0), file);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ImageRefusedException(
                    ImageProblem.BROKEN, "the header of this " + format + " is broken; offer the picture anew", e);
        }
    }

    private static PictureHeader bounded(PictureFormat format, int width, int height, byte[] file) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
            throw new ImageRefusedException(
                    ImageProblem.TOO_LARGE,
                    "picture is " + width + " x " + height + " pixels; must be 1 to " + MAX_PIXELS
                            + " in all; offer a smaller one");
        }
        return new PictureHeader(format, width, height, Orientations.of(format, file));
    }
}
