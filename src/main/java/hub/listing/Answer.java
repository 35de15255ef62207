package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a market said to one task.
 *
 * @param outcome {@code ok}, {@code final}, {@code retry} or {@code unknown}
 * @param result the listing answer; missing when not ok
 */
record Answer(
        JsonNode task,
        String outcome,
        String reason,
        @Nullable Instant notBefore,
        JsonNode result) {

    static Answer of(JsonNode call) {
        String notBefore = call.path("notBefore").asText("");
        return new Answer(
                call.path("item"),
                call.path("outcome").asText(),
                call.path("reason").asText(""),
                notBefore.isEmpty() || notBefore.equals("null") ? null : Instant.parse(notBefore),
                call.path("result"));
    }

    String kind() {
        return task.path("task").asText();
    }

    int version() {
        return task.path("version").asInt();
    }

    int attempt() {
        return task.path("job").path("attempt").asInt(1);
    }

    Lease lease() {
        JsonNode job = task.path("job");
        return new Lease(job.path("id").asLong(), job.path("fence").asLong());
    }

    /** Market, account, supplier and sku of the listing. */
    ObjectNode identity() {
        return Work.identity(
                task.path("market").asText(),
                task.path("account").asText(),
                task.path("supplier").asText(),
                task.path("sku").asText());
    }

    /** The task's state of the listing, in the shape of {@code listing.sent}. */
    ObjectNode sent() {
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        for (String field : new String[] {"title", "category", "content", "onSale", "version"}) {
            sent.set(field, task.get(field));
        }
        for (JsonNode item : task.path("items")) {
            ObjectNode copy = sent.withArray("/items").addObject();
            for (String field : new String[] {"key", "optionKey", "values", "priceWon", "stock"}) {
                copy.set(field, item.get(field));
            }
        }
        return sent;
    }
}
