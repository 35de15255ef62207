package hub.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether a file holds all that its blocks announce, told without decoding. A picture cut short in its transfer decodes
 * to one whose lower part is grey.
 */
final class Completeness {

    private static final int SCAN = 0xDA;
    private static final int END = 0xD9;

    /** A progressive JPEG has about ten; each is a pass over all pixels. */
    private static final int MAX_SCANS = 100;

    private Completeness() {}

    /** @throws ImageRefusedException if decoding it would take too long */
    static boolean of(PictureFormat format, byte[] file) {
        return switch (format) {
            case JPEG -> jpeg(file);
            case PNG -> png(file);
            case GIF -> gif(file);
            case BMP -> little(file, 2) <= file.length;
            case WEBP -> little(file, 4) + 8 <= file.length;
        };
    }

    /** Its segments and scans up to the marker that ends it. */
    private static boolean jpeg(byte[] file) {
        int at = 2;
        int scans = 0;
        while (at + 3 < file.length) {
            int marker = Byte.toUnsignedInt(file[at + 1]);
            if (file[at] != (byte) 0xFF) {
                return false;
            }
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == SCAN && ++scans > MAX_SCANS) {
                throw new ImageRefusedException(
                        ImageProblem.TOO_LARGE,
                        "picture has more than " + MAX_SCANS
                                + " scans, each as much work as a picture; offer it plain");
            }
            int length = Short.toUnsignedInt(ByteBuffer.wrap(file).getShort(at + 2));
            at = marker == SCAN ? behindScan(file, at + 2 + length) : at + 2 + length;
            if (at + 1 < file.length && marker == SCAN && Byte.toUnsignedInt(file[at + 1]) == END) {
                return true;
            }
        }
        return false;
    }

    /** Where the next marker stands behind compressed pixels; restarts and escaped FF belong to them. */
    private static int behindScan(byte[] file, int from) {
        for (int at = from; at + 1 < file.length; at++) {
            int next = Byte.toUnsignedInt(file[at + 1]);
            boolean pixels = next == 0 || next == 0xFF || (next >= 0xD0 && next <= 0xD7);
            if (file[at] == (byte) 0xFF && !pixels) {
                return at;
            }
        }
        return file.length;
    }

    private static boolean png(byte[] file) {
        long at = 8;
        while (at + 12 <= file.length) {
            int start = (int) at;
            if (file[start + 4] == 'I' && file[start + 5] == 'E' && file[start + 6] == 'N' && file[start + 7] == 'D') {
                return true;
            }
            at += 12 + Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(start));
        }
        return false;
    }

    /** Ends with a semicolon; some writers add zeros. */
    private static boolean gif(byte[] file) {
        int at = file.length - 1;
        while (at > 0 && file[at] == 0) {
            at--;
        }
        return file[at] == 0x3B;
    }

    private static long little(byte[] file, int at) {
        return at + 4 > file.length
                ? Long.MAX_VALUE / 2
                : Integer.toUnsignedLong(
                        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
    }
}
