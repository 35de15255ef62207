package hub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the ledger as JSON: many go to Postgres as one parameter, many come back as one column. */
final class Rows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rows() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode parse(String row) {
        try {
            return (ObjectNode) JSON.readTree(row);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a query whose only column is a JSON object. */
    static List<ObjectNode> read(JdbcClient database, String sql, Map<String, ?> parameters) {
        return database.sql(sql)
                .params(parameters)
                .query((row, n) -> parse(row.getString(1)))
                .list();
    }

    static <T> String array(Collection<T> items, Function<T, ? extends JsonNode> row) {
        ArrayNode rows = JSON.createArrayNode();
        items.forEach(item -> rows.add(row.apply(item)));
        return withoutNul(rows.toString());
    }

    /** A document from outside as Postgres gives it back, so that the next poll compares equal. */
    static JsonNode storable(JsonNode document) {
        String json = document.toString();
        String storable = withoutNul(json);
        return storable.equals(json) ? document : parse(storable);
    }

    /** Postgres stores no NUL, and a buyer's text must not stop the poll that brings it. */
    private static String withoutNul(String json) {
        return json.contains("\\u0000") ? json.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000", "$1") : json;
    }

    static String texts(Collection<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return withoutNul(array.toString());
    }

    static String keys(Collection<OrderKey> keys) {
        return array(
                keys,
                key -> object().put("market", key.market())
                        .put("order_id", key.orderId())
                        .put("line_id", key.lineId()));
    }

    static @Nullable String text(JsonNode of, String field) {
        return of.hasNonNull(field) ? of.path(field).asText() : null;
    }

    static @Nullable Instant instant(JsonNode of, String field) {
        return of.hasNonNull(field)
                ? OffsetDateTime.parse(of.path(field).asText()).toInstant()
                : null;
    }

    /** A reason as it is kept: partners may send pages. */
    static String cut(String reason) {
        return reason.length() <= 300 ? reason : reason.substring(0, 299) + "…";
    }
}
