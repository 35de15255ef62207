package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An entry of {@code errors[]}. */
final class GraphqlException extends RuntimeException {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient ObjectNode entry = JSON.createObjectNode();

    GraphqlException(String message) {
        super(message);
        entry.put("message", message);
    }

    /** Adds the place in the query. */
    GraphqlException at(String text, int offset) {
        String before = text.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = offset - before.lastIndexOf('\n');
        entry.putArray("locations").addObject().put("line", line).put("column", column);
        return this;
    }

    /** Adds the argument that is to blame. */
    GraphqlException about(String field, JsonNode value) {
        entry.put("field", field).set("originalValue", value);
        return this;
    }

    ObjectNode entry(String path) {
        ObjectNode copy = entry.deepCopy();
        if (!path.isEmpty()) {
            copy.putArray("path").add(path);
        }
        return copy;
    }
}
