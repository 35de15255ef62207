package hub.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whether a file holds more than one frame, told by its blocks and without decoding. */
final class Animation {

    private static final int WEBP_FLAGS = 20;
    private static final int WEBP_ANIMATED = 0x02;

    private Animation() {}

    static boolean in(PictureFormat format, byte[] file) {
        return switch (format) {
            case GIF -> gifFrames(file) > 1;
            case PNG -> pngControl(file);
            case WEBP ->
                "VP8X".equals(text(file, 12)) && file.length > WEBP_FLAGS && (file[WEBP_FLAGS] & WEBP_ANIMATED) != 0;
            case JPEG, BMP -> false;
        };
    }

    /** An animated PNG has an acTL chunk before its first pixels. */
    private static boolean pngControl(byte[] file) {
        long at = 8;
        while (at + 8 <= file.length) {
            String chunk = text(file, (int) at + 4);
            if ("acTL".equals(chunk) || "IDAT".equals(chunk)) {
                return "acTL".equals(chunk);
            }
            at += 12 + Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt((int) at));
        }
        return false;
    }

    /** Frames of a GIF, counted to two; a cut file counts what it holds. */
    private static int gifFrames(byte[] file) {
        int frames = 0;
        int at = 13 + palette(file, 10);
        while (at < file.length && frames < 2) {
            if (file[at] == 0x2C) {
                frames++;
                at = afterBlocks(file, at + 11 + palette(file, at + 9));
            } else if (file[at] == 0x21) {
                at = afterBlocks(file, at + 2);
            } else {
                return frames;
            }
        }
        return frames;
    }

    private static int palette(byte[] file, int flagsAt) {
        if (flagsAt >= file.length || (file[flagsAt] & 0x80) == 0) {
            return 0;
        }
        return 3 << ((file[flagsAt] & 0x07) + 1);
    }

    private static int afterBlocks(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != 0) {
            at += 1 + Byte.toUnsignedInt(file[at]);
        }
        return at + 1;
    }

    private static String text(byte[] file, int at) {
        return at + 4 > file.length ? "" : new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }
}
