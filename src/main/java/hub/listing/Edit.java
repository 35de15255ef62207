package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an answer changes about one listing; its row is locked meanwhile. Not thread-safe. */
final class Edit {

    private final Listing listing;
    private final ArrayNode marketOptions = JsonNodeFactory.instance.arrayNode();
    private String state;
    private @Nullable JsonNode sent;
    private int sentVersion;
    private int provenVersion;
    private @Nullable JsonNode marketIds;
    private @Nullable String reason;
    private int failures;
    private boolean reasonKept;
    private boolean creating;
    private boolean sentNow;
    private boolean checkedNow;
    private boolean provenNow;

    Edit(Listing listing, @Nullable String reason) {
        this.listing = listing;
        this.state = listing.state();
        this.sent = listing.sent();
        this.sentVersion = listing.sentVersion();
        this.provenVersion = listing.provenVersion();
        this.marketIds = listing.marketIds();
        this.reason = reason;
        this.failures = listing.failures();
        this.creating = listing.createSentAt() != null;
    }

    Edit state(String state) {
        this.state = state;
        return this;
    }

    Edit failed() {
        this.failures++;
        return this;
    }

    Edit succeeded() {
        this.failures = 0;
        return this;
    }

    Edit creationOver() {
        this.creating = false;
        return this;
    }

    Edit nothingSent() {
        this.sent = null;
        this.sentVersion = 0;
        return creationOver();
    }

    Edit sent(JsonNode sent, int version) {
        this.sent = sent;
        this.sentVersion = version;
        this.sentNow = true;
        return this;
    }

    /** The market shows something else than it was sent: the desired version has to be sent again. */
    Edit shows(JsonNode shown) {
        this.sent = shown;
        this.sentVersion = Math.min(sentVersion, listing.desiredVersion() - 1);
        return this;
    }

    Edit because(String why) {
        this.reason = why;
        return this;
    }

    /** What the market says now tells less than why it refused what is desired. */
    Edit forTheReasonBefore() {
        this.reasonKept = true;
        return this;
    }

    Edit checked() {
        this.checkedNow = true;
        return this;
    }

    Edit proven() {
        this.provenVersion = sentVersion;
        this.provenNow = true;
        return succeeded();
    }

    /** Takes over the ids that an answer brings, of the listing and of its items. */
    Edit ids(JsonNode result) {
        if (result.path("marketIds").isObject()) {
            ObjectNode merged = marketIds == null ? JsonNodeFactory.instance.objectNode() : marketIds.deepCopy();
            this.marketIds = merged.setAll((ObjectNode) result.get("marketIds"));
        }
        for (JsonNode item : result.path("items")) {
            if (item.hasNonNull("marketId")) {
                marketOptions
                        .addObject()
                        .put("market", listing.market())
                        .put("account", listing.account())
                        .put("key", item.path("key").asText())
                        .put("id", item.path("marketId").asText());
            }
        }
        return this;
    }

    /** The row as the statement takes it; what was sent only where that changes. */
    ObjectNode row() {
        ObjectNode row = identity()
                .put("state", state)
                .put("sent_changed", !Objects.equals(sent, listing.sent()))
                .put("sent_version", sentVersion)
                .put("proven_version", provenVersion)
                .put("reason", reason)
                .put("reason_kept", reasonKept)
                .put("failures", failures)
                .put("creating", creating)
                .put("sent_now", sentNow)
                .put("checked_now", checkedNow)
                .put("proven_now", provenNow);
        row.set("sent", Objects.equals(sent, listing.sent()) ? null : sent);
        row.set("market_ids", marketIds);
        return row;
    }

    /** The ids that the market gave its items. */
    ArrayNode marketOptions() {
        return marketOptions;
    }

    private ObjectNode identity() {
        return Work.identity(listing.market(), listing.account(), listing.supplier(), listing.sku());
    }
}
