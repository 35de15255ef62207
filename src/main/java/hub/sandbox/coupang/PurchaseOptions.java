package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one mandatory purchase option of every category here, and its units.
 *
 * <p>A missing one is a warning beside the success; a wrong unit is a refusal. Source: article 360033877853.
 */
final class PurchaseOptions {

    static final String MANDATORY = "수량";

    private static final Pattern VALUE = Pattern.compile("\\d+(개|세트)");

    private PurchaseOptions() {}

    /** @throws RefusedException if a value has no valid unit */
    static void checkUnits(JsonNode items) {
        for (int index = 0; index < items.size(); index++) {
            String value = value(items.path(index));
            if (!value.isEmpty() && !VALUE.matcher(value).matches()) {
                throw RefusedException.with(wrongUnit(index, items.path(index), value));
            }
        }
    }

    /** The warnings as the answer carries them; empty when nothing is missing. */
    static ArrayNode missing(JsonNode items) {
        ArrayNode missing = Envelope.array();
        for (int index = 0; index < items.size(); index++) {
            if (value(items.path(index)).isEmpty()) {
                missing.add(errorItem(index, items.path(index), null, "필수 구매 옵션이 존재하지 않습니다."));
            }
        }
        return missing;
    }

    /** What is said about the first item when it is reported without cause. */
    static ArrayNode invented(JsonNode items) {
        return Envelope.array().add(errorItem(0, items.path(0), null, "필수 구매 옵션이 존재하지 않습니다."));
    }

    private static Answer wrongUnit(int index, JsonNode item, String value) {
        ObjectNode body = Envelope.object().put("code", "ERROR").put("message", "[]. 유효하지 않은 구매 옵션 값 혹은 단위가 존재합니다.");
        body.putNull("data");
        body.put("details", "'" + value + "'의 단위값이 유효하지 않습니다.");
        body.putArray("errorItems").add(errorItem(index, item, value, "유효하지 않은 단위값입니다."));
        return Envelope.json(400, body);
    }

    private static ObjectNode errorItem(int index, JsonNode item, @Nullable String value, String message) {
        ObjectNode error = Envelope.object()
                .put("itemIndex", index)
                .put("itemName", item.path("itemName").asText());
        error.putArray("itemAttributes")
                .addObject()
                .put("attributeTypeName", MANDATORY)
                .put("attributeValueName", value)
                .put("message", message);
        return error;
    }

    private static String value(JsonNode item) {
        for (JsonNode attribute : item.path("attributes")) {
            if (attribute.path("attributeTypeName").asText().equals(MANDATORY)) {
                return attribute.path("attributeValueName").asText("");
            }
        }
        return "";
    }
}
