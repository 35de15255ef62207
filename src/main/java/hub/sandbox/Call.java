package hub.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request, with its target exactly as it was on the wire.
 *
 * @param headers by lower-case name; a repeated one is joined by a comma
 * @param lasting whether the connection stays open for another call
 */
record Call(String method, String target, Map<String, String> headers, byte[] body, boolean lasting) {

    private static final int LINE_BYTES = 65_536;
    private static final int HEADERS = 200;
    private static final int BODY_BYTES = 32 * 1024 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * The next request of a connection, or null when the caller has closed it.
     *
     * @throws ProtocolException when this is no HTTP/1.1 request, or one beyond the bounds
     */
    static @Nullable Call read(InputStream in, OutputStream out) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not a request line");
        }
        Map<String, String> headers = headers(in);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write(CONTINUE);
            out.flush();
        }
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        boolean lasting =
                parts[2].equals("HTTP/1.1") ? !connection.contains("close") : connection.contains("keep-alive");
        return new Call(parts[0], parts[1], headers, body(in, headers), lasting);
    }

    /** The path with its leading slash, raw; also of a target in absolute form. */
    String path() {
        String local = local();
        int query = local.indexOf('?');
        return query < 0 ? local : local.substring(0, query);
    }

    /** Raw, without the question mark; empty when there is none. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The first segment of the path, such as {@code coupang}. */
    String area() {
        String path = path();
        int end = path.indexOf('/', 1);
        return path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
    }

    Request request(Instant at, Set<String> faults) {
        String path = path().substring(area().length() + 1);
        return new Request(method, path, query(), target, headers, body, at, faults);
    }

    boolean accepts(String encoding) {
        return headers.getOrDefault("accept-encoding", "").contains(encoding);
    }

    private String local() {
        if (target.startsWith("/")) {
            return target;
        }
        int authority = target.indexOf("://");
        int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line == null || !line.isEmpty(); line = line(in)) {
            int colon = line == null ? -1 : line.indexOf(':');
            if (line == null || colon < 1 || headers.size() == HEADERS) {
                throw new ProtocolException("not a header");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).trim(), (one, two) -> one + ", " + two);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks(in);
        }
        return exactly(in, size(headers.getOrDefault("content-length", "0"), 10));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String head = line(in);
            int size = size(head == null ? "" : head.split(";", 2)[0].trim(), 16);
            if (size == 0) {
                headers(in);
                return body.toByteArray();
            }
            body.writeBytes(exactly(in, size));
            line(in);
            if (body.size() > BODY_BYTES) {
                throw new ProtocolException("body too large");
            }
        }
    }

    private static int size(String text, int radix) throws ProtocolException {
        try {
            int size = Integer.parseInt(text, radix);
            if (size >= 0 && size <= BODY_BYTES) {
                return size;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of bounds
        }
        throw new ProtocolException("not a length up to " + BODY_BYTES + " bytes");
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() == LINE_BYTES) {
                throw new ProtocolException("line too long");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
