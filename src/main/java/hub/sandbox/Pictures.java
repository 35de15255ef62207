package hub.sandbox;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Product pictures: 64 square JPEGs of 800 pixels, no two alike, each drawn when first asked for. */
final class Pictures {

    private static final int SIDE = 800;
    private static final int CELLS = 8;
    private static final int KINDS = 64;

    private final AtomicReferenceArray<byte[]> drawn = new AtomicReferenceArray<>(KINDS);

    /** A JPEG below 60 KB. */
    byte[] of(long number) {
        int kind = (int) Math.floorMod(number, (long) KINDS);
        byte[] picture = drawn.get(kind);
        if (picture == null) {
            picture = draw(kind);
            drawn.set(kind, picture);
        }
        return picture;
    }

    private static byte[] draw(int kind) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, SIDE, SIDE);
        SplittableRandom random = new SplittableRandom(kind);
        int cell = SIDE / CELLS;
        for (int i = 0; i < CELLS * CELLS; i++) {
            if (random.nextBoolean()) {
                pen.setColor(Color.getHSBColor(kind / (float) KINDS, 0.4f + random.nextInt(5) / 10f, 0.8f));
                pen.fillRect(i % CELLS * cell, i / CELLS * cell, cell, cell);
            }
        }
        pen.dispose();
        return jpeg(image);
    }

    private static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "jpg", out)) {
                throw new IllegalStateException("this Java has no JPEG writer; it needs the module java.desktop");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
