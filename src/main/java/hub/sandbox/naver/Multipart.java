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
    private static final Pattern FILE = Pattern.compile("(?i)content-disposition:[^\r\n]*filename=\"?([^\";\r\n]+)");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^;\r\n]+)");

    private Multipart() {}

    /**
     * One file.
     *
     * @param fileName as the sender calls it; empty when it does not
     * @param type as the sender says; empty when it does not
     */
    record Part(String fileName, String type, byte[] content) {}

    /** All parts of that name; none when the body is not multipart. */
    static List<Part> parts(String contentType, byte[] body, String name) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        List<Part> parts = new ArrayList<>();
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

    private static void add(String part, String name, List<Part> parts) {
        int content = part.indexOf("\r\n\r\n");
        if (content < 0) {
            return;
        }
        String head = part.substring(0, content);
        if (found(NAME, head).equals(name)) {
            byte[] bytes = part.substring(content + 4).getBytes(StandardCharsets.ISO_8859_1);
            parts.add(new Part(found(FILE, head), found(TYPE, head), bytes));
        }
    }

    private static String found(Pattern pattern, String head) {
        Matcher found = pattern.matcher(head);
        return found.find() ? found.group(1).trim() : "";
    }
}
