package hub.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A format of picture, known by its first bytes: what a file is called proves nothing. */
public enum PictureFormat {
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
    GIF("image/gif", 0, "GIF8"),
    BMP("image/bmp", 0, "BM"),
    WEBP("image/webp", 8, "WEBP");

    private final String mediaType;
    private final int offset;
    private final String mark;

    PictureFormat(String mediaType, int offset, String mark) {
        this.mediaType = mediaType;
        this.offset = offset;
        this.mark = mark;
    }

    public String mediaType() {
        return mediaType;
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
