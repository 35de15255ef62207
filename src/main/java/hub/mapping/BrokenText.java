package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.BrokenByte;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts of an item in which bytes came that are no character: whatever stood there is lost, and is not guessed. Also
 * where our product leaves the text out: the program may have decided by it.
 *
 * @param path below the node that was searched, such as {@code options[0].name}
 */
record BrokenText(String path, String text) {

    /** @throws ItemRefusedException with the first of them */
    static void refuse(JsonNode item) {
        BrokenText broken = in(item);
        if (broken != null) {
            throw new ItemRefusedException(
                    broken.path,
                    "the text holds bytes that are no character of the charset that is declared",
                    broken.text,
                    "ask the supplier to mend the item, or which charset it really is; it is looked at with each pull");
        }
    }

    /** Each item is searched, and next to none is broken: the path is made on the way back. */
    private static @Nullable BrokenText in(JsonNode value) {
        if (value.isTextual()) {
            boolean broken = value.textValue().indexOf(BrokenByte.MARK) >= 0;
            return broken ? new BrokenText("", value.textValue()) : null;
        }
        return value.isObject() ? inFields(value) : inElements(value);
    }

    private static @Nullable BrokenText inFields(JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            BrokenText broken = in(field.getValue());
            if (broken != null) {
                return broken.below(field.getKey());
            }
        }
        return null;
    }

    private static @Nullable BrokenText inElements(JsonNode array) {
        for (int i = 0; i < array.size(); i++) {
            BrokenText broken = in(array.get(i));
            if (broken != null) {
                return broken.below("[" + i + "]");
            }
        }
        return null;
    }

    private BrokenText below(String step) {
        boolean joined = path.isEmpty() || path.startsWith("[");
        return new BrokenText(step + (joined ? "" : ".") + path, text);
    }
}
