package hub.sandbox.naver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a product picture must be: JPG, GIF, PNG or BMP by its content, called and labelled so, still, whole, 300 to
 * 4000 pixels a side and 20 MB at most.
 *
 * <p>Source: product-images/upload for the formats; the sizes are Naver's guide as sellers and Cafe24 quote it.
 */
final class StillPicture {

    private static final int MAX_BYTES = 20 * 1024 * 1024;
    private static final int MIN_SIDE = 300;
    private static final int MAX_SIDE = 4000;

    /** How files of a format begin, what they are labelled, and how their names end. */
    private record Format(String beginning, String type, List<String> endings) {}

    private static final List<Format> FORMATS = List.of(
            new Format("\u00ff\u00d8\u00ff", "image/jpeg", List.of(".jpg", ".jpeg")),
            new Format("GIF8", "image/gif", List.of(".gif")),
            new Format("\u0089PNG", "image/png", List.of(".png")),
            new Format("BM", "image/bmp", List.of(".bmp")));

    private StillPicture() {}

    /** What is wrong with it; null when nothing is. */
    static @Nullable String fault(Multipart.Part part) {
        String head = new String(part.content(), 0, Math.min(part.content().length, 4), StandardCharsets.ISO_8859_1);
        for (Format format : FORMATS) {
            if (head.startsWith(format.beginning)) {
                return fault(part, format);
            }
        }
        return "JPG, GIF, PNG, BMP만 등록할 수 있습니다.";
    }

    private static @Nullable String fault(Multipart.Part part, Format format) {
        String name = part.fileName().toLowerCase(Locale.ROOT);
        if (!part.type().equalsIgnoreCase(format.type)) {
            return "Content-Type이 파일 형식과 다릅니다: " + part.type();
        }
        if (format.endings.stream().noneMatch(name::endsWith)) {
            return "파일 확장자가 파일 형식과 다릅니다: " + name;
        }
        return part.content().length > MAX_BYTES ? "20MB 이하의 파일만 등록할 수 있습니다." : seen(part.content());
    }

    private static @Nullable String seen(byte[] file) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return "이미지를 읽을 수 없습니다.";
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return measured(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return "손상된 이미지입니다.";
        }
    }

    private static @Nullable String measured(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
            return "이미지 크기는 300~4000px이어야 합니다: " + width + "x" + height;
        }
        if (reader.getNumImages(true) != 1) {
            return "정지 이미지만 등록할 수 있습니다.";
        }
        boolean[] cut = new boolean[1];
        reader.addIIOReadWarningListener((source, warning) -> cut[0] = true);
        reader.read(0);
        return cut[0] ? "손상된 이미지입니다." : null;
    }
}
