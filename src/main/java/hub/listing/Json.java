package hub.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Documents in columns. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode required(ResultSet row, String column) throws SQLException {
        JsonNode value = optional(row, column);
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }

    static @Nullable JsonNode optional(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : read(text);
    }

    /** The same document with the number types that reading it back would give, so that equal ones are equal. */
    static JsonNode plain(JsonNode document) {
        return read(document.toString());
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("unreadable document", e);
        }
    }
}
