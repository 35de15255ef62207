package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

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
