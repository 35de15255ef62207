package hub.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A format of picture, known by its first bytes: what a file is called proves nothing. */
public enum PictureFormat {
    JPEG("image/jpeg", "jpg", 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", "png", 0, "\u0089PNG\r\n\u001a\n"),
    GIF("image/gif", "gif", 0, "GIF8"),
    BMP("image/bmp", "bmp", 0, "BM"),
    WEBP("image/webp", "webp", 8, "WEBP");

    private final String mediaType;
    private final String ending;
    private final int offset;
    private final String mark;

    PictureFormat(String mediaType, String ending, int offset, String mark) {
        this.mediaType = mediaType;
        this.ending = ending;
        this.offset = offset;
        this.mark = mark;
    }

    public String mediaType() {
        return mediaType;
    }

    /** What a file of it is called, behind the dot. */
    public String ending() {
        return ending;
    }

    static PictureFormat ofEnding(String ending) {
        for (PictureFormat format : values()) {
            if (format.ending.equals(ending)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no format of pictures ends with ." + ending);
    }

    /** Whether it keeps every pixel as it is; writing it anew as JPEG loses a little, once. */
    boolean lossless() {
        return this == PNG || this == BMP || this == GIF;
    }

    static Optional<PictureFormat> of(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
        for (PictureFormat format : values()) {
            if (head.startsWith(format.mark, format.offset)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
