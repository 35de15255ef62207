package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What buyers want back: cancels, returns and exchanges, matched line by line and never by order.
 *
 * <p>A claim is applied when its state is new; the same claim in the next poll changes nothing. One whose order has not
 * been seen yet waits for it.
 */
@Component
public class Claims {

    private static final String KNOWN = """
            select to_jsonb(c) from claim c
            where market = :market and claim_id in (select jsonb_array_elements_text(:ids::jsonb))
            """;

    private static final String STORED = """
            select to_jsonb(c) from claim c
            where market = :market and order_id in (select jsonb_array_elements_text(:ids::jsonb))
              and state in ('requested', 'done')
            order by received_at, claim_id
            """;

    private static final String STORE = """
            insert into claim as c
              (market, claim_id, order_id, line_id, ack_id, market_option_id, kind, state, quantity, reason, at, applied)
            select market, claim_id, order_id, line_id, ack_id, market_option_id, kind, state, quantity, reason, at, applied
            from jsonb_populate_recordset(null::claim, :claims::jsonb)
            on conflict (market, claim_id) do update set
              state = excluded.state, quantity = excluded.quantity, reason = excluded.reason, at = excluded.at,
              applied = excluded.applied, changed_at = now()
            """;

    private final Ledger ledger;

    Claims(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Stores and applies claims; counts those that are new, known as they are, and known in another state. */
    public JsonNode receive(String market, List<JsonNode> claims) {
        return ledger.change("claim", work -> receive(work, market, claims));
    }

    /** The same within a transaction that holds more. */
    static JsonNode receive(Work work, String market, List<JsonNode> claims) {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        claims.forEach(claim -> rows.put(claim.path("claimId").asText(), row(market, claim)));
        Set<String> orders = new TreeSet<>();
        rows.values().forEach(row -> orders.add(row.path("order_id").asText()));
        List<Line> lines = work.lockOrders(market, orders);
        Map<String, String> before = new HashMap<>();
        Rows.read(work.database(), KNOWN, Map.of("market", market, "ids", Rows.texts(rows.keySet())))
                .forEach(row -> before.put(
                        row.path("claim_id").asText(), row.path("state").asText()));
        List<ObjectNode> toStore = new ArrayList<>();
        for (ObjectNode row : rows.values()) {
            if (!row.path("state")
                    .asText()
                    .equals(before.get(row.path("claim_id").asText()))) {
                row.put("applied", apply(work, row, lines, false));
                toStore.add(row);
            }
        }
        store(work, toStore);
        long known = rows.keySet().stream().filter(before::containsKey).count();
        return Rows.object()
                .put("received", rows.size() - known)
                .put("known", rows.size() - toStore.size())
                .put("changed", toStore.size() - (rows.size() - known));
    }

    /** Applies the claims that came before their lines. */
    static void applyStored(Work work, String market, Collection<Line> fresh) {
        Set<String> orders = new TreeSet<>();
        fresh.forEach(line -> orders.add(line.key().orderId()));
        if (orders.isEmpty()) {
            return;
        }
        List<ObjectNode> applied = new ArrayList<>();
        for (ObjectNode claim :
                Rows.read(work.database(), STORED, Map.of("market", market, "ids", Rows.texts(orders)))) {
            if (apply(work, claim, fresh, true)) {
                applied.add(claim.put("applied", true));
            }
        }
        store(work, applied);
    }

    private static void store(Work work, List<ObjectNode> claims) {
        if (!claims.isEmpty()) {
            work.database()
                    .sql(STORE)
                    .param("claims", Rows.array(claims, claim -> claim))
                    .update();
        }
    }

    private static ObjectNode row(String market, JsonNode claim) {
        return Rows.object()
                .put("market", market)
                .put("claim_id", claim.path("claimId").asText())
                .put("order_id", claim.path("orderId").asText())
                .put("line_id", Rows.text(claim, "lineId"))
                .put("ack_id", Rows.text(claim, "ackId"))
                .put("market_option_id", Rows.text(claim, "marketOptionId"))
                .put("kind", claim.path("kind").asText())
                .put("state", claim.path("state").asText())
                .put(
                        "quantity",
                        claim.hasNonNull("quantity") ? claim.path("quantity").asInt() : null)
                .put("reason", Rows.cut(claim.path("reason").asText("")))
                .put("at", Rows.text(claim, "at"));
    }

    /**
     * Applies a claim to the lines it may mean.
     *
     * @param firstSight whether the market offers the lines although the claim is older: then a done cancel is not
     *     believed
     * @return whether the claim's order has lines here
     */
    private static boolean apply(Work work, ObjectNode claim, Collection<Line> lines, boolean firstSight) {
        List<Line> ordered = lines.stream()
                .filter(line ->
                        line.key().orderId().equals(claim.path("order_id").asText()))
                .toList();
        List<Line> named = ordered.stream().filter(line -> names(claim, line)).toList();
        // A box or option we do not know may be any line of the order.
        List<Line> meant = named.isEmpty() ? ordered : named;
        boolean certain = named.size() == 1;
        for (Line line : meant) {
            apply(work, claim, line, certain, firstSight);
        }
        return !meant.isEmpty();
    }

    private static boolean names(ObjectNode claim, Line line) {
        return sameIfNamed(claim, "line_id", line.key().lineId())
                && sameIfNamed(claim, "ack_id", line.text("ack_id"))
                && sameIfNamed(claim, "market_option_id", line.text("market_option_id"));
    }

    private static boolean sameIfNamed(ObjectNode claim, String column, @Nullable String of) {
        return !claim.hasNonNull(column) || claim.path(column).asText().equals(of);
    }

    private static void apply(Work work, ObjectNode claim, Line line, boolean certain, boolean firstSight) {
        String kind = claim.path("kind").asText();
        String state = claim.path("state").asText();
        String heldBy = "claim " + claim.path("claim_id").asText();
        String what = kind + " " + state + " (" + heldBy + ")";
        boolean part = claim.hasNonNull("quantity") && claim.path("quantity").asInt() < line.orderedQuantity();
        if (state.equals("withdrawn") || state.equals("rejected")) {
            Course.released(work, line, heldBy, what);
        } else if (!line.state().isOpen() && (!kind.equals("cancel") || line.is(OrderState.CANCELLED))) {
            line.note(what);
        } else if (!certain) {
            Course.hold(line, heldBy, what + " does not say which line; none was cancelled");
        } else if (!kind.equals("cancel")) {
            Course.hold(line, heldBy, what);
        } else if (state.equals("requested")) {
            Course.cancelRequested(line, heldBy, what);
        } else if (part) {
            Course.hold(
                    line, heldBy, what + " for " + claim.path("quantity").asInt() + " of " + line.orderedQuantity());
        } else if (firstSight) {
            Course.hold(line, heldBy, what + ", but the market still offers the line");
        } else {
            Course.cancelled(work, line, heldBy, what);
        }
    }
}
