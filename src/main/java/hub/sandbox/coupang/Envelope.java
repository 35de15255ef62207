package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What Coupang wraps its answers in; the families of APIs differ, and order APIs even from call to call. */
final class Envelope {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final String AKAMAI =
            "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nReference #18.%04d\n"
                    + "</BODY>\n</HTML>";

    private Envelope() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** A product API's success. */
    static Answer product(String message, @Nullable JsonNode data) {
        ObjectNode body = object().put("code", "SUCCESS").put("message", message);
        body.set("data", data);
        return json(200, body);
    }

    /** The older success of create and update: code 200 as text around a second envelope. */
    static Answer nested(long data) {
        ObjectNode body = object().put("code", "200").put("message", "");
        body.putObject("data").put("code", "SUCCESS").put("message", "").put("data", data);
        return json(200, body);
    }

    /** A vendor-item API's success without {@code data}. */
    static Answer item(String message) {
        return json(200, object().put("code", "SUCCESS").put("message", message));
    }

    static Answer productError(String message) {
        ObjectNode body = object().put("code", "ERROR").put("message", message);
        return json(400, body.putNull("data"));
    }

    static Answer itemError(String message) {
        return json(400, object().put("code", "ERROR").put("message", message));
    }

    /** The body of an order or claim API's success; its code is a number or text, as it comes. */
    static ObjectNode order() {
        ObjectNode body = object();
        if (CALLS.incrementAndGet() % 2 == 0) {
            body.put("code", "200");
        } else {
            body.put("code", 200);
        }
        return body.put("message", "OK");
    }

    static Answer order(JsonNode data) {
        ObjectNode body = order();
        body.set("data", data);
        return json(200, body);
    }

    static Answer orderError(int status, String message) {
        ObjectNode body = object().put("code", status).put("message", message);
        return json(status, body.putNull("data"));
    }

    /** The gateway's own refusal, before any API is reached. */
    static Answer gateway(int status, String message) {
        return json(
                status,
                object().put("code", "ERROR")
                        .put("message", message)
                        .put("transactionId", UUID.randomUUID().toString()));
    }

    /** The gateway gave up waiting; whether the change was made is open. */
    static Answer timeout(int status) {
        String message = "Request timed out, if the situation continues consider applying timeout extension.";
        return json(status, object().put("code", "ERROR").put("message", message));
    }

    /** The page of the network in front of the gateway, after many failing calls. */
    static Answer accessDenied() {
        Answer page = Answer.text(403, AKAMAI.formatted(CALLS.get() % 10_000));
        return new Answer(403, Map.of("Content-Type", "text/html"), page.body(), "", "");
    }

    static Answer json(int status, JsonNode body) {
        return Answer.json(status, body.toString());
    }

    /** An amount in won. */
    static ObjectNode won(long units) {
        return object().put("currencyCode", "KRW").put("units", units).put("nanos", 0);
    }
}
