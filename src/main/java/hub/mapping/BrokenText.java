package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Texts of an item in which bytes came that are no character: whatever stood there is lost, and is not guessed. Also
 * where our product leaves the text out: the program may have decided by it.
 */
final class BrokenText {

    /** What the partner's answer was read to in their place, a noncharacter. */
    private static final char MARK = '\uFDD0';

    private BrokenText() {}

    /** @throws ItemRefusedException with the first of them */
    static void refuse(JsonNode item) {
        refuse(item, "");
    }

    private static void refuse(JsonNode value, String path) {
        if (value.isTextual() && value.textValue().indexOf(MARK) >= 0) {
            throw new ItemRefusedException(
                    path,
                    "the text holds bytes that are no character of the charset that is declared",
                    value.textValue(),
                    "ask the supplier to mend the item, or which charset it really is; it is looked at with each pull");
        }
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> refuse(field.getValue(), path + (path.isEmpty() ? "" : ".") + field.getKey()));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            refuse(value.get(i), path + "[" + i + "]");
        }
    }
}
