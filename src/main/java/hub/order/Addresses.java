package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who ordered and who receives, for the orders of one poll: as they were stored, and as they are shown now.
 *
 * <p>A market names the receiver for each box, and a buyer can change one box of an order while another is acknowledged
 * already. Source: Coupang v5 order sheets; Naver's shippingAddress of a product order.
 */
final class Addresses {

    /** In a stored receiver: the other receivers by {@code ackId}. */
    private static final String BOXES = "boxes";

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

    /** Takes what an order, or some of its boxes, shows now. Whether the parcel has to go elsewhere than we thought. */
    boolean take(JsonNode order) {
        String orderId = order.path("orderId").asText();
        JsonNode receiver = order.path("receiver").isObject() ? order.path("receiver") : Rows.object();
        JsonNode orderer = order.path("orderer").isObject() ? order.path("orderer") : Rows.object();
        ObjectNode before = known.get(orderId);
        ObjectNode now = before == null ? first(orderId, order, receiver) : before.deepCopy();
        now.set("orderer", orderer);
        boolean moved = move(now, order, receiver);
        if (!now.equals(before)) {
            changed.put(orderId, now);
            known.put(orderId, now);
        }
        return moved;
    }

    private ObjectNode first(String orderId, JsonNode order, JsonNode receiver) {
        return Rows.object()
                .put("market", market)
                .put("order_id", orderId)
                .put("account", account)
                .put("ordered_at", order.path("orderedAt").asText())
                .set("receiver", receiver);
    }

    /** A box that goes elsewhere than the order did at first is kept by its number. */
    private static boolean move(ObjectNode row, JsonNode order, JsonNode receiver) {
        ObjectNode first = ((ObjectNode) row.path("receiver")).deepCopy();
        ObjectNode boxes = first.path(BOXES).isObject() ? (ObjectNode) first.remove(BOXES) : Rows.object();
        boolean moved = false;
        for (JsonNode line : order.path("lines")) {
            String box = line.path("ackId").asText();
            if (!(boxes.has(box) ? boxes.path(box) : first).equals(receiver)) {
                boxes.set(box, receiver);
                moved = true;
            }
        }
        if (moved) {
            row.set("receiver", first.set(BOXES, boxes));
        }
        return moved;
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
