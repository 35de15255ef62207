package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.NewJob;
import hub.queue.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The jobs of listings. A listing has at most one of each kind. */
final class Work {

    static final String CREATE = "create-listing";
    static final String CHECK = "check-listing";
    static final String UPDATE = "update-listing";
    static final String FIND = "find-listing";

    private Work() {}

    static NewJob of(String kind, Listing listing, Priority priority, @Nullable Instant runAt) {
        return of(
                kind,
                identity(listing.market(), listing.account(), listing.supplier(), listing.sku()),
                listing.key(),
                priority,
                runAt);
    }

    /** @param identity market, account, supplier and sku */
    static NewJob of(String kind, JsonNode identity, String key, Priority priority, @Nullable Instant runAt) {
        String market = identity.path("market").asText();
        return new NewJob(kind, market, identity.path("account").asText() + "/" + key, priority, runAt, identity);
    }

    static ObjectNode identity(String market, String account, String supplier, String sku) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("market", market)
                .put("account", account)
                .put("supplier", supplier)
                .put("sku", sku);
    }
}
