package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code order_line}, locked by the transaction that holds it. What is changed is written by {@link Work}.
 */
final class Line {

    private final ObjectNode row;
    private final List<JournalEntry> journal;
    private final String actor;
    private boolean changed;

    Line(ObjectNode row, List<JournalEntry> journal, String actor) {
        this.row = row;
        this.journal = journal;
        this.actor = actor;
    }

    /** A line nobody has seen before. */
    static Line fresh(OrderKey key, String account, String orderedAt, JsonNode line, List<JournalEntry> journal) {
        ObjectNode row = Rows.object()
                .put("market", key.market())
                .put("order_id", key.orderId())
                .put("line_id", key.lineId())
                .put("account", account)
                .put("ordered_at", orderedAt)
                .put("ack_id", line.path("ackId").asText(key.lineId()))
                .put("market_option_id", line.path("marketOptionId").asText(""))
                .put("seller_code", line.path("sellerCode").asText(""))
                .put("name", line.path("name").asText(""))
                .put("option", line.path("option").asText(""))
                .put("quantity", line.path("quantity").asInt())
                .put("ordered_quantity", line.path("quantity").asInt())
                .put("unit_price_won", line.path("unitPriceWon").asLong())
                .put("acknowledged", false)
                .put("intent_no", 1);
        return new Line(row, journal, "market");
    }

    /** The first state of a fresh line. */
    void begin(OrderState state, String reason) {
        journal.add(new JournalEntry("line", key().toString(), "", state.name(), Rows.cut(reason), actor));
        row.put("state", state.name());
        put("reason", Rows.cut(reason));
    }

    /** Moves on, if the table of states allows it. */
    void move(OrderState to, String reason) {
        OrderState from = state();
        row.put("state", from.to(to, "order line " + key()).name());
        journal.add(new JournalEntry("line", key().toString(), from.name(), to.name(), Rows.cut(reason), actor));
        put("reason", Rows.cut(reason));
        if (to != OrderState.REVIEW && to != OrderState.CANCEL_REQUESTED) {
            put("held_by", null);
        }
    }

    /** Hands the line to a person. One that is there already gets the further reason. */
    void review(String reason) {
        if (state() != OrderState.REVIEW) {
            move(OrderState.REVIEW, reason);
            return;
        }
        String before = Objects.requireNonNullElse(Rows.text(row, "reason"), "");
        if (!before.contains(reason)) {
            note(reason);
            put("reason", Rows.cut(reason + "; " + before));
        }
    }

    /** Writes down what happened without a change of state. */
    void note(String what) {
        journal.add(new JournalEntry("line", key().toString(), state().name(), state().name(), Rows.cut(what), actor));
    }

    OrderKey key() {
        return new OrderKey(
                row.path("market").asText(),
                row.path("order_id").asText(),
                row.path("line_id").asText());
    }

    OrderState state() {
        return OrderState.valueOf(row.path("state").asText());
    }

    boolean is(OrderState state) {
        return state() == state;
    }

    int quantity() {
        return row.path("quantity").asInt();
    }

    int orderedQuantity() {
        return row.path("ordered_quantity").asInt();
    }

    long unitPriceWon() {
        return row.path("unit_price_won").asLong();
    }

    boolean isAcknowledged() {
        return row.path("acknowledged").asBoolean();
    }

    /**
     * Whether it may have been bought before Postgres was set back, so that nobody here knows.
     *
     * @param restoredAt when it was
     */
    boolean mayBeForgotten(Instant restoredAt) {
        Instant receivedAt = Rows.instant(row, "received_at");
        Instant lookedUpAt = Rows.instant(row, "looked_up_at");
        return receivedAt != null
                && receivedAt.isBefore(restoredAt)
                && (lookedUpAt == null || lookedUpAt.isBefore(restoredAt));
    }

    int intentNo() {
        return row.path("intent_no").asInt();
    }

    boolean isMatched() {
        return row.hasNonNull("supplier");
    }

    @Nullable
    String text(String column) {
        return Rows.text(row, column);
    }

    void put(String column, @Nullable String value) {
        row.put(column, value);
        changed = true;
    }

    void acknowledged() {
        row.put("acknowledged", true);
        changed = true;
    }

    void quantity(int quantity) {
        row.put("quantity", quantity);
        changed = true;
    }

    void raiseIntent() {
        row.put("intent_no", intentNo() + 1);
        put("client_ref", null);
    }

    boolean isChanged() {
        return changed;
    }

    ObjectNode row() {
        return row;
    }
}
