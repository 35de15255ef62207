package hub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * One thing that goes wrong on demand.
 *
 * @param name a fault of the wire, see {@link #WIRE}, or one of the content that a simulator plays
 * @param partner empty for every one
 * @param operation empty for every one
 * @param share of the calls that it hits, above 0, at most 1
 * @param count how many calls it still hits; -1 without end
 * @param ms how long {@code latency} and {@code accept-late} wait
 * @param status of {@code 5xx}, {@code 5xx-after} and {@code accept-late}; 0 for the fault's own
 * @param retryAfter of {@code 429}, as it goes into the header; empty for none
 */
record Fault(
        long id,
        String name,
        String partner,
        String operation,
        double share,
        long count,
        long ms,
        int status,
        String retryAfter) {

    /** What the server itself can do to a call. */
    static final Set<String> WIRE = Set.of(
            "latency",
            "429",
            "5xx",
            "5xx-after",
            "reset",
            "drop-reply",
            "accept-late",
            "truncate",
            "html-error",
            "slow");

    private static final Set<String> FIELDS =
            Set.of("fault", "partner", "operation", "share", "count", "ms", "status", "retryAfter");
    private static final ObjectMapper JSON = new ObjectMapper();

    Fault {
        if (share <= 0 || share > 1 || count < -1 || ms < 0 || (status != 0 && (status < 100 || status > 599))) {
            throw new IllegalArgumentException("share=" + share + ", count=" + count + ", ms=" + ms + ", status="
                    + status + "; share is above 0 and at most 1, ms not negative, status an HTTP status");
        }
    }

    /** @throws IllegalArgumentException when a field is unknown or out of bounds */
    static Fault of(long id, JsonNode wish) {
        for (Iterator<String> fields = wish.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("field " + field + " is unknown; known are " + FIELDS);
            }
        }
        return new Fault(
                id,
                wish.path("fault").asText(),
                wish.path("partner").asText(""),
                wish.path("operation").asText(""),
                wish.path("share").asDouble(1),
                wish.path("count").asLong(-1),
                wish.path("ms").asLong(0),
                wish.path("status").asInt(0),
                wish.path("retryAfter").asText(""));
    }

    boolean ofTheWire() {
        return WIRE.contains(name);
    }

    boolean concerns(String partner, String operation) {
        return (this.partner.isEmpty() || this.partner.equals(partner))
                && (this.operation.isEmpty() || this.operation.equals(operation));
    }

    int statusOr(int own) {
        return status == 0 ? own : status;
    }

    Fault spent() {
        return count < 0 ? this : new Fault(id, name, partner, operation, share, count - 1, ms, status, retryAfter);
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode().put("id", id).put("fault", name);
        json.put("partner", partner).put("operation", operation).put("share", share);
        if (count < 0) {
            json.putNull("remaining");
        } else {
            json.put("remaining", count);
        }
        return json.put("ms", ms).put("status", status).put("retryAfter", retryAfter);
    }
}
