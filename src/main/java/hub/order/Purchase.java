package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code purchase_order}: what we mean to buy, or have bought, for one line. Guarded by the lock of its
 * line.
 *
 * <p>Its state is the truth about the supplier. The line follows it as long as nobody took the line elsewhere, to
 * REVIEW for example.
 */
final class Purchase {

    private final ObjectNode row;
    private final List<JournalEntry> journal;
    private final String actor;
    private boolean changed;

    Purchase(ObjectNode row, List<JournalEntry> journal, String actor) {
        this.row = row;
        this.journal = journal;
        this.actor = actor;
    }

    /** The intent to buy a line. */
    static Purchase fresh(Line line, Instant now, List<JournalEntry> journal, String actor) {
        String supplier = Objects.requireNonNull(line.text("supplier"));
        String ref = ClientRef.of(line.key(), supplier, line.intentNo());
        line.put("client_ref", ref);
        ObjectNode row = Rows.object()
                .put("client_ref", ref)
                .put("supplier", supplier)
                .put("market", line.key().market())
                .put("order_id", line.key().orderId())
                .put("line_id", line.key().lineId())
                .put("intent_no", line.intentNo())
                .put("not_before", now.toString())
                .put("attempts", 0)
                .put("unclear", 0)
                .put("lookups", 0)
                .put("tracked", false);
        return new Purchase(row, journal, actor);
    }

    void begin(OrderState state, String reason) {
        journal.add(new JournalEntry("purchase", clientRef(), "", state.name(), reason, actor));
        put("state", state.name());
    }

    /** Moves on, and the line with it if it still stands where this stood. */
    void move(OrderState to, String reason, Line line) {
        OrderState from = state();
        put("state", from.to(to, "purchase order " + clientRef()).name());
        put("reason", Rows.cut(reason));
        journal.add(new JournalEntry("purchase", clientRef(), from.name(), to.name(), Rows.cut(reason), actor));
        if (line.is(from) && clientRef().equals(line.text("client_ref"))) {
            line.move(to, reason);
        }
    }

    void note(String what) {
        journal.add(new JournalEntry("purchase", clientRef(), state().name(), state().name(), Rows.cut(what), actor));
    }

    String clientRef() {
        return row.path("client_ref").asText();
    }

    String supplier() {
        return row.path("supplier").asText();
    }

    OrderState state() {
        return OrderState.valueOf(row.path("state").asText());
    }

    boolean is(OrderState state) {
        return state() == state;
    }

    OrderKey line() {
        return new OrderKey(
                row.path("market").asText(),
                row.path("order_id").asText(),
                row.path("line_id").asText());
    }

    long number(String column) {
        return row.path(column).asLong();
    }

    void put(String column, @Nullable String value) {
        row.put(column, value);
        changed = true;
    }

    void put(String column, long value) {
        row.put(column, value);
        changed = true;
    }

    void raise(String column) {
        put(column, number(column) + 1);
    }

    boolean isTracked() {
        return row.path("tracked").asBoolean();
    }

    void tracked() {
        row.put("tracked", true);
        changed = true;
    }

    boolean isDue(Instant now) {
        Instant notBefore = notBefore();
        return notBefore == null || !notBefore.isAfter(now);
    }

    @Nullable
    Instant notBefore() {
        return Rows.instant(row, "not_before");
    }

    @Nullable
    Instant deadline() {
        return Rows.instant(row, "deadline");
    }

    /** From now on the answer to this claim counts, and no other. */
    void awaits(Claimed claim) {
        put("job_id", claim.id());
        put("fence", claim.fence());
    }

    boolean isAwaiting(Claimed claim) {
        return row.hasNonNull("job_id") && number("job_id") == claim.id() && number("fence") == claim.fence();
    }

    /** A second answer to the same claim is late. */
    void answered() {
        row.putNull("job_id");
        row.putNull("fence");
        row.putNull("deadline");
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    ObjectNode row() {
        return row;
    }
}
