package hub.sandbox.naver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a {@code multipart/form-data} body. Source: RFC 7578. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile("(?i)multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\r\n]*[; ]name=\"?([^\";\r\n]+)");

    private Multipart() {}

    /** The contents of all parts of that name; none when the body is not multipart. */
    static List<byte[]> parts(String contentType, byte[] body, String name) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        List<byte[]> parts = new ArrayList<>();
        if (!boundary.matches()) {
            return parts;
        }
        // Latin-1 maps every byte to one character and back, so that text search finds byte positions.
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n--" + boundary.group(1);
        int at = text.indexOf(delimiter);
        while (at >= 0) {
            int next = text.indexOf(delimiter, at + delimiter.length());
            if (next > 0) {
                add(text.substring(at + delimiter.length(), next), name, parts);
            }
            at = next;
        }
        return parts;
    }

    private static void add(String part, String name, List<byte[]> parts) {
        int content = part.indexOf("\r\n\r\n");
        Matcher named = NAME.matcher(part);
        if (content >= 0
                && named.find()
                && named.start() < content
                && named.group(1).equals(name)) {
            parts.add(part.substring(content + 4).getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
