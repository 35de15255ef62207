package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Domeggook's loose types: a number as number or text, a boolean as {@code "true"} or {@code "y"}, a list of one as
 * array or bare object, nothing as {@code ""}.
 *
 * <p>Drawn from the seed and the number of the thing described, so the same thing always looks the same.
 */
final class Loose {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SplittableRandom random;

    Loose(long seed, long number) {
        this.random = new SplittableRandom(seed * 1_000_033 + number);
    }

    JsonNode number(long value) {
        return random.nextInt(3) == 0 ? NODES.numberNode(value) : text(Long.toString(value));
    }

    JsonNode flag(boolean value) {
        return random.nextInt(3) == 0 ? text(value ? "y" : "n") : text(Boolean.toString(value));
    }

    JsonNode list(List<? extends JsonNode> elements) {
        boolean bare = random.nextBoolean();
        if (elements.isEmpty()) {
            return text("");
        }
        if (elements.size() == 1 && bare) {
            return elements.get(0);
        }
        ArrayNode array = NODES.arrayNode(elements.size());
        elements.forEach(array::add);
        return array;
    }

    /** The object, or for one thing in {@code oneIn} the empty text that Domeggook puts where nothing was entered. */
    JsonNode sometimesMissing(int oneIn, ObjectNode object) {
        return random.nextInt(oneIn) == 0 ? text("") : object;
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static JsonNode text(String value) {
        return NODES.textNode(value);
    }
}
