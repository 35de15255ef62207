package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decisions about lines in REVIEW, by what a person writes: an order's number and the name of an action. */
@Component
public class ReviewDesk {

    private static final String LINES = """
            select jsonb_build_object('market', market, 'orderId', order_id, 'lineId', line_id, 'state', state,
              'reason', coalesce(reason, ''))
            from order_line
            where order_id = :orderId and (:market = '' or market = :market) and (:lineId = '' or line_id = :lineId)
            order by market, line_id
            """;

    private final Reviews reviews;
    private final JdbcClient database;

    ReviewDesk(Reviews reviews, JdbcClient database) {
        this.reviews = reviews;
        this.database = database;
    }

    /**
     * Decides about the one line of an order that is in REVIEW.
     *
     * @param market null when the number alone is clear
     * @param lineId null when only one line of the order is in REVIEW
     * @param confirm of {@code buyAgain}: the {@code client_ref} of the purchase order that the supplier does not have
     * @return where the line stands now: {@code {market, orderId, lineId, state, reason}}
     * @throws ReviewRefusedException when the action, the order or the line is not to be had; nothing is changed then,
     *     except that {@code STAYS} is in the journal with its reason
     */
    public JsonNode decide(
            String orderId,
            @Nullable String market,
            @Nullable String lineId,
            String action,
            String confirm,
            String actor) {
        ReviewAction decision = ReviewAction.of(action);
        JsonNode line = one(orderId, lines(orderId, market, lineId));
        OrderKey key = OrderKey.of(line);
        if (!decide(decision, key, confirm, actor)) {
            throw ReviewRefusedException.notInReview(orderId);
        }
        JsonNode now = lines(key.orderId(), key.market(), key.lineId()).get(0);
        if (isInReview(now)) {
            throw ReviewRefusedException.stays(now.path("reason").asText());
        }
        return now;
    }

    private boolean decide(ReviewAction decision, OrderKey key, String confirm, String actor) {
        return switch (decision) {
            case RESUME -> reviews.resume(key.market(), key.orderId(), key.lineId(), actor);
            case CANCEL -> reviews.cancel(key.market(), key.orderId(), key.lineId(), actor);
            case BUY_AGAIN -> reviews.buyAgain(key.market(), key.orderId(), key.lineId(), actor, confirm);
        };
    }

    private static JsonNode one(String orderId, List<JsonNode> lines) {
        if (lines.isEmpty()) {
            throw ReviewRefusedException.unknown(orderId);
        }
        List<JsonNode> waiting = lines.stream().filter(ReviewDesk::isInReview).toList();
        if (waiting.isEmpty()) {
            throw ReviewRefusedException.notInReview(orderId);
        }
        if (waiting.size() > 1) {
            throw ReviewRefusedException.several(
                    orderId,
                    waiting.stream().map(OrderKey::of).map(OrderKey::toString).toList());
        }
        return waiting.get(0);
    }

    private static boolean isInReview(JsonNode line) {
        return line.path("state").asText().equals(OrderState.REVIEW.name());
    }

    private List<JsonNode> lines(String orderId, @Nullable String market, @Nullable String lineId) {
        Map<String, ?> parameters = Map.of(
                "orderId", orderId, "market", market == null ? "" : market, "lineId", lineId == null ? "" : lineId);
        return List.copyOf(Rows.read(database, LINES, parameters));
    }
}
