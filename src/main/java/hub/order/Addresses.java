package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Who ordered and who receives, for the orders of one poll: as they were stored, and as they are shown now. */
final class Addresses {

    private static final String STORED = """
            select to_jsonb(o) from market_order o
            where market = :market and order_id in (select jsonb_array_elements_text(:ids::jsonb))
            """;

    private static final String STORE = """
            insert into market_order as o (market, order_id, account, ordered_at, receiver, orderer)
            select market, order_id, account, ordered_at, receiver, orderer
            from jsonb_populate_recordset(null::market_order, :orders::jsonb)
            on conflict (market, order_id, ordered_at) do update set
              receiver = excluded.receiver, orderer = excluded.orderer, changed_at = now()
            """;

    private final Work work;
    private final String market;
    private final String account;
    private final Map<String, ObjectNode> known = new HashMap<>();
    private final Map<String, ObjectNode> changed = new LinkedHashMap<>();

    Addresses(Work work, String market, String account) {
        this.work = work;
        this.market = market;
        this.account = account;
    }

    void read(Collection<String> orderIds) {
        Rows.read(work.database(), STORED, Map.of("market", market, "ids", Rows.texts(orderIds)))
                .forEach(order -> known.put(order.path("order_id").asText(), order));
    }

    /** Takes what an order shows now. Whether the parcel has to go elsewhere than we thought. */
    boolean take(JsonNode order) {
        String orderId = order.path("orderId").asText();
        ObjectNode before = known.get(orderId);
        ObjectNode now = row(orderId, before == null ? order.path("orderedAt").asText() : orderedAt(orderId), order);
        boolean moved = before != null && !before.path("receiver").equals(now.path("receiver"));
        if (before == null || moved || !before.path("orderer").equals(now.path("orderer"))) {
            changed.put(orderId, now);
            known.put(orderId, now);
        }
        return moved;
    }

    private ObjectNode row(String orderId, String orderedAt, JsonNode order) {
        ObjectNode row = Rows.object()
                .put("market", market)
                .put("order_id", orderId)
                .put("account", account)
                .put("ordered_at", orderedAt);
        row.set("receiver", order.path("receiver").isObject() ? order.path("receiver") : Rows.object());
        row.set("orderer", order.path("orderer").isObject() ? order.path("orderer") : Rows.object());
        return row;
    }

    /** As first seen: it names the partition of the order. */
    String orderedAt(String orderId) {
        return Objects.requireNonNull(known.get(orderId)).path("ordered_at").asText();
    }

    void store() {
        if (!changed.isEmpty()) {
            work.database()
                    .sql(STORE)
                    .param("orders", Rows.array(changed.values(), order -> order))
                    .update();
        }
    }
}
