package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The plain demands on one field of a registered product. Every method throws {@link RefusedException}. */
final class Field {

    private Field() {}

    static void text(JsonNode of, String field) {
        JsonNode value = of.path(field);
        if (value.isContainerNode() || value.asText("").isBlank() || value.isNull()) {
            throw missing(field);
        }
    }

    static void number(JsonNode of, String field) {
        if (!of.path(field).asText("").matches("\\d{1,18}")) {
            throw missing(field);
        }
    }

    static void flag(JsonNode of, String field) {
        if (!Set.of("true", "false").contains(of.path(field).asText(""))) {
            throw missing(field);
        }
    }

    static void list(JsonNode of, String field) {
        if (!of.path(field).isArray()) {
            throw missing(field);
        }
    }

    static void oneOf(JsonNode of, String field, Set<String> values) {
        if (!values.contains(of.path(field).asText())) {
            throw RefusedException.product(
                    "[" + field + "] 값이 유효하지 않습니다. [" + of.path(field).asText() + "]");
        }
    }

    static void atMost(JsonNode of, String field, int characters) {
        if (of.path(field).asText("").length() > characters) {
            throw RefusedException.product("[" + field + "] 최대 " + characters + "자까지 입력 가능합니다.");
        }
    }

    private static RefusedException missing(String field) {
        return RefusedException.product("[" + field + "] 필수 값이 없거나 형식이 올바르지 않습니다.");
    }
}
