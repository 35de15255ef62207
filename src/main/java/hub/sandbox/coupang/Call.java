package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.sandbox.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that found its route.
 *
 * @param vars the variable parts of the path, decoded
 */
record Call(Request request, List<String> vars) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String var(int index) {
        return vars.get(index);
    }

    /** A part of the path as a number; 0, which no id is, when it is none. */
    long number(int index) {
        String text = var(index);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    Instant at() {
        return request.at();
    }

    boolean fault(String name) {
        return request.faults().contains(name);
    }

    /** A query parameter; absent when it is missing or empty. */
    Optional<String> query(String name) {
        return Optional.ofNullable(parameters().get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws RefusedException if the body is not a JSON object */
    JsonNode body() {
        try {
            JsonNode body = JSON.readTree(request.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw RefusedException.order("JSON parse error");
        }
        throw RefusedException.order("JSON parse error");
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RefusedException.order("Bad Request");
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : request.query().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }
}
