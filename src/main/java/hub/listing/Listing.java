package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A product on a market, as table {@code listing} has it.
 *
 * @param key seller code
 * @param sent what the market accepted last; null when it never did
 * @param opened whether the daily cap let it through
 * @param createSentAt a creation is under way or unanswered since then
 * @param held whether a stock it shows is the last one known
 * @param marketIds null when the market is not known to have it
 */
record Listing(
        String market,
        String account,
        String supplier,
        String sku,
        String key,
        String state,
        JsonNode desired,
        int desiredVersion,
        @Nullable JsonNode sent,
        int sentVersion,
        int provenVersion,
        boolean opened,
        @Nullable Instant createSentAt,
        @Nullable JsonNode marketIds,
        boolean held,
        int failures) {

    boolean onSale() {
        return desired.path("onSale").asBoolean();
    }

    /** What a market answers to: once it has given ids, it has the listing. */
    boolean listed() {
        return marketIds != null;
    }

    /** Market, account, supplier and sku. */
    ObjectNode identity() {
        return Work.identity(market, account, supplier, sku);
    }

    /** Those of that identity, by it; nobody else changes them until the transaction ends. */
    static Map<JsonNode, Listing> locked(JdbcClient database, Collection<JsonNode> identities) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode().addAll(identities);
        Map<JsonNode, Listing> listings = new HashMap<>();
        database.sql(ListingSql.OF_JOBS)
                .param("listings", rows.toString())
                .query((row, n) -> Listing.of(row))
                .list()
                .forEach(listing -> listings.put(listing.identity(), listing));
        return listings;
    }

    static Listing of(ResultSet row) throws SQLException {
        OffsetDateTime createSentAt = row.getObject("create_sent_at", OffsetDateTime.class);
        return new Listing(
                row.getString("market"),
                row.getString("account"),
                row.getString("supplier"),
                row.getString("sku"),
                row.getString("key"),
                row.getString("state"),
                Json.required(row, "desired"),
                row.getInt("desired_version"),
                Json.optional(row, "sent"),
                row.getInt("sent_version"),
                row.getInt("proven_version"),
                row.getObject("opened_at") != null,
                createSentAt == null ? null : createSentAt.toInstant(),
                Json.optional(row, "market_ids"),
                row.getBoolean("held"),
                row.getInt("failures"));
    }
}
