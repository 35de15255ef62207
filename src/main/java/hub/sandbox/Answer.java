package hub.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a simulator says.
 *
 * @param ref what the journal remembers this call by, such as an order reference; empty when nothing
 * @param effect what the call changed, such as {@code order-created}; empty when it changed nothing or was refused
 */
public record Answer(int status, Map<String, String> headers, byte[] body, String ref, String effect) {

    public static Answer json(int status, String body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json;charset=UTF-8"),
                body.getBytes(StandardCharsets.UTF_8),
                "",
                "");
    }

    public static Answer text(int status, String body) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8),
                "",
                "");
    }

    public Answer did(String effect, String ref) {
        return new Answer(status, headers, body, ref, effect);
    }
}
