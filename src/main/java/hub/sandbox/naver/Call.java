package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call that passed the gateway.
 *
 * @param ids what the path names, in its order
 * @param now when the simulator got to it: the time of every change it makes
 */
record Call(Request request, List<String> ids, String traceId, Instant now) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String id() {
        return ids.get(0);
    }

    boolean fault(String name) {
        return request.faults().contains(name);
    }

    /** @throws RefusedException if the body is not a JSON object */
    ObjectNode body() {
        try {
            if (JSON.readTree(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // refused below: the caller learns no more from Naver either
        }
        throw request.path().contains("/pay-order/")
                ? RefusedException.parameter("request body")
                : RefusedException.product("요청 본문을 읽을 수 없습니다.");
    }

    /** A query parameter, decoded as a form is: a plus sign that was not written as {@code %2B} becomes a space. */
    Optional<String> parameter(String name) {
        return form(request.query(), name).stream().findFirst();
    }

    /** All values of a query parameter, written as a list or repeated. */
    List<String> parameters(String name) {
        List<String> values = new ArrayList<>();
        form(request.query(), name).forEach(list -> values.addAll(List.of(list.split(","))));
        return values;
    }

    /** A whole number, or {@code otherwise} when it was not sent. */
    int number(String name, int otherwise, int min, int max) {
        String text = parameter(name).orElse(String.valueOf(otherwise));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw RefusedException.parameter(name);
        }
        return Integer.parseInt(text);
    }

    /** The answer of the order calls. */
    Answer data(JsonNode data) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", Kst.text(now))
                .put("traceId", traceId);
        return plain(body.set("data", data));
    }

    /** The answer of product calls that have nothing to tell. */
    Answer done() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("code", "OK").put("message", "");
        body.putObject("data");
        return plain(body);
    }

    Answer plain(JsonNode body) {
        return Answer.json(200, body.toString());
    }

    Answer refused(RefusedException e) {
        ObjectNode body = e.body().put("timestamp", Kst.text(now));
        if (e.traced()) {
            body.put("traceId", traceId);
        }
        return Answer.json(e.status(), body.toString());
    }

    static List<String> form(String encoded, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
                values.add(decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a broken escape stays what it is, and is refused by whoever reads the value
        }
    }
}
