package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Job;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The orders of all markets, line by line, from the first sight to the uploaded tracking number. */
@Component
public class OrderLedger {

    private static final String REVIEW = """
            select jsonb_build_object('market', market, 'account', account, 'orderId', order_id, 'lineId', line_id,
              'name', name, 'option', option, 'quantity', quantity, 'unitPriceWon', unit_price_won, 'supplier', supplier,
              'sku', sku, 'optionKey', option_key, 'clientRef', client_ref, 'owner', owner, 'reason', reason,
              'deadline', deadline, 'since', changed_at, 'purchaseState',
              (select state from purchase_order p where p.client_ref = l.client_ref), 'supplierOrderIds',
              (select coalesce(jsonb_agg(supplier_order_id order by found_at, supplier_order_id), '[]')
                from supplier_order s where s.client_ref = l.client_ref))
            from order_line l where state = 'REVIEW' order by deadline, market, order_id, line_id limit :atMost
            """;

    private final Ledger ledger;
    private final Acknowledgements acknowledgements;
    private final Rereads rereads;
    private final JdbcClient database;

    OrderLedger(Ledger ledger, Acknowledgements acknowledgements, Rereads rereads, JdbcClient database) {
        this.ledger = ledger;
        this.acknowledgements = acknowledgements;
        this.rereads = rereads;
        this.database = database;
    }

    /**
     * Stores what a poll of a market saw; seeing the same again changes nothing.
     *
     * @return how many lines are {@code received} (new), {@code known}, {@code changed}; and how many orders were
     *     {@code refused} because they name no number, time or line
     */
    public JsonNode receive(String market, String account, List<JsonNode> orders) {
        return ledger.change("market", work -> new Intake(work, market, account).take(orders));
    }

    /** The lines the market has to be told of; jobs of others are finished. */
    public List<JsonNode> acknowledgeTasks(List<Job> claimed) {
        return acknowledgements.tasks(claimed);
    }

    /** What the market said to one task or a list of them. Acknowledged lines wait until their order was read again. */
    public void acknowledged(JsonNode callResult) {
        acknowledgements.answered(callResult);
    }

    /** The acknowledged lines whose orders are to be read again, from jobs {@code reread-order}, one for each order. */
    public List<JsonNode> rereadTasks(List<Job> claimed) {
        return rereads.tasks(claimed);
    }

    /**
     * The orders of one task or a list of them as they are now: {@code {"orders": [...], "claims": [...], "cancelled":
     * [orderId...]}}. They are received as from a poll; then the lines are checked and become ready to be bought.
     */
    public void reread(JsonNode callResult) {
        rereads.answered(callResult);
    }

    /** How many lines stand where; every state is there. */
    public Map<OrderState, Long> counts() {
        Map<OrderState, Long> counts = new EnumMap<>(OrderState.class);
        for (OrderState state : OrderState.values()) {
            counts.put(state, 0L);
        }
        database.sql("select state, count(*) from order_line group by state").query(row -> {
            counts.put(OrderState.valueOf(row.getString(1)), row.getLong(2));
        });
        return counts;
    }

    /** Since when the line has been here that waits longest for its end. */
    public Optional<Instant> oldestOpen() {
        return database.sql("select min(received_at) from order_line where state not in ('DONE', 'CANCELLED')")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** The lines a person has to decide, the most pressing first; no personal data. */
    public List<JsonNode> review(int atMost) {
        return List.copyOf(Rows.read(database, REVIEW, Map.of("atMost", atMost)));
    }

    /** Makes the months' partitions that orders of the next three months go to. */
    public void makePartitions() {
        database.sql("select make_order_partitions()").query(row -> {});
    }
}
