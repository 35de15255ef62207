package hub.image;

import com.luciad.imageio.webp.WebPReadParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The pixels of a file; of a huge one only every so many, so that it is never whole in the memory. */
final class SourceRegion {

    private SourceRegion() {}

    /** 12 megapixels are 48 MB decoded, and the same again while they are turned or made smaller. */
    private static final long MOST = 12_000_000;

    /**
     * Every how many pixels one is read: so that twice what is wanted is left to be made smaller well, and never more
     * than the memory of a small machine has room for. The largest pictures may come out below what is wanted.
     */
    static int step(PictureHeader header, int wanted) {
        int bounded = (int) Math.ceil(Math.sqrt(header.pixels() / (double) MOST));
        return Math.max(Math.max(1, bounded), header.longer() / (2 * wanted));
    }

    static BufferedImage read(byte[] file, int step) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("no reader knows this format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                ImageReadParam how = reader.getDefaultReadParam();
                reduce(how, reader, step);
                return reader.read(0, how);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The reader of WebP knows no steps: it scales while it decodes. */
    private static void reduce(ImageReadParam how, ImageReader reader, int step) throws IOException {
        if (!(how instanceof WebPReadParam webp)) {
            how.setSourceSubsampling(step, step, 0, 0);
        } else if (step > 1) {
            webp.setUseScaling(true);
            webp.setScaledWidth(Math.max(1, reader.getWidth(0) / step));
            webp.setScaledHeight(Math.max(1, reader.getHeight(0) / step));
        }
    }
}
