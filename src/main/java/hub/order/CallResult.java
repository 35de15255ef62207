package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a call to a partner gave: the item it was given, and one of four outcomes. Anything else is unknown. */
record CallResult(JsonNode document) {

    /** The tasks of the call, which was given one or a list of them. */
    List<JsonNode> items() {
        JsonNode item = item();
        return item.isArray() ? StreamSupport.stream(item.spliterator(), false).toList() : List.of(item);
    }

    JsonNode item() {
        return document.path("item");
    }

    JsonNode result() {
        return isOk() ? document.path("result") : MissingNode.getInstance();
    }

    String outcome() {
        String outcome = document.path("outcome").asText();
        return List.of("ok", "final", "retry").contains(outcome) ? outcome : "unknown";
    }

    boolean isOk() {
        return outcome().equals("ok");
    }

    /** Whether the partner refused the call as a whole, for good. */
    boolean isRefused() {
        return outcome().equals("final");
    }

    Verdict verdict() {
        return new Verdict(outcome(), reason(), document);
    }

    /** The verdict on one task of a list: as the call, or as the partner said of this one. */
    Verdict verdict(boolean done, @Nullable JsonNode failed) {
        if (!isOk() || done) {
            return verdict();
        }
        if (failed == null) {
            return new Verdict("unknown", "the answer does not mention it", document);
        }
        String outcome = failed.path("retry").asBoolean() ? "retry" : "final";
        return new Verdict(outcome, failed.path("reason").asText("no reason given"), document);
    }

    String reason() {
        String reason = document.path("reason").asText("");
        return reason.isEmpty() && !isOk()
                ? outcome() + " answer, status " + document.path("status").asText("none")
                : reason;
    }
}
