package hub.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures as suppliers have them, good and bad, made here. */
public final class Samples {

    private Samples() {}

    /** Blue, its top left quarter red, and lines that a writer has to pay for. */
    public static byte[] file(String format, int width, int height) {
        return written(drawn(width, height, BufferedImage.TYPE_INT_RGB), format);
    }

    /** A JPEG that shows another picture for every number. */
    public static byte[] numbered(int number, int side) {
        BufferedImage image = drawn(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(number * 7919 & 0xFFFFFF));
        pen.fillRect(0, side / 2, side / 2, side / 2);
        pen.dispose();
        return written(image, "jpg");
    }

    /** Its lower half is transparent. */
    public static byte[] alpha(int width, int height) {
        BufferedImage image = drawn(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = height / 2; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0);
            }
        }
        return written(image, "png");
    }

    /** The JPEG with an EXIF block that holds nothing but the orientation. */
    public static byte[] turned(byte[] jpeg, int orientation) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
        out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
        out.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1});
        out.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        out.putInt(0).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    /** A GIF of five frames. */
    public static byte[] fiveFrames() {
        byte[] gif = file("gif", 400, 400);
        byte[] frame = {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0};
        ByteBuffer out = ByteBuffer.allocate(gif.length + 4 * frame.length);
        out.put(gif, 0, gif.length - 1);
        for (int i = 0; i < 4; i++) {
            out.put(frame);
        }
        return out.put((byte) 0x3B).array();
    }

    /** The beginning of a WebP that announces more than one frame. */
    public static byte[] animatedWebp() {
        byte[] head = new byte[30];
        System.arraycopy("RIFF\26\0\0\0WEBPVP8X\12\0\0\0\2".getBytes(StandardCharsets.ISO_8859_1), 0, head, 0, 21);
        return head;
    }

    /** A small PNG whose header says another size. */
    public static byte[] lying(int width, int height) {
        byte[] bomb = file("png", 200, 200);
        ByteBuffer.wrap(bomb).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());
        return bomb;
    }

    /** A PNG with a packed comment of that many megabytes. */
    public static byte[] longComment(int megabytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(text("zTXtComment\0\0"));
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < megabytes; i++) {
                out.write(new byte[1024 * 1024]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] png = file("png", 400, 400);
        byte[] chunk = packed.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(chunk);
        ByteBuffer out = ByteBuffer.allocate(png.length + chunk.length + 8);
        return out.put(png, 0, 33)
                .putInt(chunk.length - 4)
                .put(chunk)
                .putInt((int) crc.getValue())
                .put(png, 33, png.length - 33)
                .array();
    }

    /** The JPEG with its only scan many times over. */
    public static byte[] scans(byte[] jpeg, int times) {
        int scan = 2;
        while (jpeg[scan + 1] != (byte) 0xDA) {
            scan += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(scan + 2));
        }
        int length = jpeg.length - 2 - scan;
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + (times - 1) * length);
        out.put(jpeg, 0, scan);
        for (int i = 0; i < times; i++) {
            out.put(jpeg, scan, length);
        }
        return out.put(jpeg, jpeg.length - 2, 2).array();
    }

    public static byte[] cut(byte[] file) {
        return Arrays.copyOf(file, file.length * 2 / 3);
    }

    /** The JPEG with all its blocks, and pixels that make no sense. */
    public static byte[] unreadable(byte[] jpeg) {
        byte[] noise = jpeg.clone();
        for (int i = noise.length / 2; i < noise.length * 3 / 4; i++) {
            boolean marker = noise[i] == (byte) 0xFF || noise[i - 1] == (byte) 0xFF;
            noise[i] = marker ? noise[i] : (byte) 0x55;
        }
        return noise;
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BufferedImage drawn(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.BLUE);
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height / 2);
        pen.setColor(Color.YELLOW);
        for (int x = width / 2; x < width; x += 7) {
            pen.drawLine(x, height / 2, width - x / 2, height);
        }
        pen.dispose();
        return image;
    }

    private static byte[] written(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer of " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
