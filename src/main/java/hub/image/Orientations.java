package hub.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How the camera was held, by EXIF. Of all that a file says of itself only that block is read: others may be packed,
 * and unpack to any size.
 */
final class Orientations {

    private static final int UPRIGHT = 1;
    private static final int CHUNK_HEAD = 8;

    private Orientations() {}

    /** 1 to 8; a broken block does not spoil the picture: it counts as upright. */
    static int of(PictureFormat format, byte[] file) {
        try {
            return switch (format) {
                case JPEG ->
                    in(JpegMetadataReader.readMetadata(new ByteArrayInputStream(file), List.of(new ExifReader())));
                case WEBP -> in(webp(file));
                case PNG, GIF, BMP -> UPRIGHT;
            };
        } catch (JpegProcessingException | IOException e) {
            return UPRIGHT;
        }
    }

    private static int in(Metadata metadata) {
        ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer found = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return found == null || found < 1 || found > 8 ? UPRIGHT : found;
    }

    private static Metadata webp(byte[] file) {
        Metadata metadata = new Metadata();
        ByteBuffer chunks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long at = 12;
        while (at + CHUNK_HEAD <= file.length) {
            int start = (int) at + CHUNK_HEAD;
            long length = Integer.toUnsignedLong(chunks.getInt((int) at + 4));
            if (new String(file, (int) at, 4, StandardCharsets.ISO_8859_1).equals("EXIF")
                    && start + length <= file.length) {
                byte[] block = Arrays.copyOfRange(file, start, start + (int) length);
                new ExifReader().extract(new ByteArrayReader(block), metadata);
                return metadata;
            }
            at = start + length + (length & 1);
        }
        return metadata;
    }
}
