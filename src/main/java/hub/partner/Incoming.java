package hub.partner;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came.
 *
 * @param headers by lower-case name
 * @param body of one that lies on disk only its beginning, for messages
 * @param spool the body of one that is too large to be held; whoever gets it closes it
 * @param bytes of its body on the wire, packed where it came packed
 * @param took from the first byte sent to the last one read
 */
record Incoming(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable Spool spool,
        long bytes,
        Duration took) {

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** The characters of its body, as its Content-Type declares them. */
    DeclaredCharset charset() {
        return DeclaredCharset.of(header("content-type"));
    }
}
