package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * {@code last-changed-statuses}: the latest change of each product order in a window, both ends inclusive, by time and
 * then by id; {@code more} names the first row of the next page.
 */
final class Changes {

    private static final int MAX_ROWS = 300;
    private static final Comparator<ProductOrder> ORDER =
            Comparator.comparing(ProductOrder::changedAt).thenComparing(ProductOrder::id);
    private static final Set<String> TYPES = Set.of(
            "PAY_WAITING",
            "PAYED",
            "EXCHANGE_OPTION",
            "DELIVERY_ADDRESS_CHANGED",
            "GIFT_RECEIVED",
            "CLAIM_REJECTED",
            "DISPATCHED",
            "CLAIM_REQUESTED",
            "COLLECT_DONE",
            "CLAIM_COMPLETED",
            "PURCHASE_DECIDED",
            "HOPE_DELIVERY_INFO_CHANGED",
            "CLAIM_REDELIVERING");

    private final OrderBook orders;

    Changes(OrderBook orders) {
        this.orders = orders;
    }

    Answer list(Call call) {
        Window window = Window.of(call, "lastChangedFrom", "lastChangedTo");
        String type = call.parameter("lastChangedType").orElse("");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            throw RefusedException.parameter("lastChangedType");
        }
        String sequence = call.parameter("moreSequence").orElse("");
        int limit = call.number("limitCount", MAX_ROWS, 1, MAX_ROWS);
        List<ProductOrder> found = orders.all().stream()
                .filter(order -> window.holds(order.changedAt()))
                .filter(order -> type.isEmpty() || type.equals(order.changeType()))
                .filter(order -> ahead(order, window.from(), sequence))
                .sorted(ORDER)
                .toList();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = data.putArray("lastChangeStatuses");
        found.stream().limit(limit).forEach(order -> rows.add(row(order)));
        if (found.size() > limit) {
            ProductOrder next = found.get(limit);
            data.putObject("more").put("moreFrom", Kst.text(next.changedAt())).put("moreSequence", next.id());
        }
        return call.data(data.put("count", rows.size()));
    }

    private static boolean ahead(ProductOrder order, Instant from, String sequence) {
        return !order.changedAt().equals(from) || order.id().compareTo(sequence) >= 0;
    }

    private static ObjectNode row(ProductOrder order) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", order.orderId())
                .put("productOrderId", order.id())
                .put("lastChangedType", order.changeType())
                .put("paymentDate", order.order().path("paymentDate").asText())
                .put("lastChangedDate", Kst.text(order.changedAt()))
                .put("productOrderStatus", order.status())
                .put("receiverAddressChanged", order.addressChanged());
        for (String name : List.of("claimType", "claimStatus")) {
            if (order.productOrder().has(name)) {
                row.put(name, order.text(name));
            }
        }
        return row;
    }
}
