package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** One line of one order of one market. Sorted, so that everybody locks lines in the same order. */
record OrderKey(String market, String orderId, String lineId) implements Comparable<OrderKey> {

    private static final Comparator<OrderKey> ORDER = Comparator.comparing(OrderKey::market)
            .thenComparing(OrderKey::orderId)
            .thenComparing(OrderKey::lineId);

    /** Of a document that crossed a route: {@code market}, {@code orderId}, {@code lineId}. */
    static OrderKey of(JsonNode document) {
        return new OrderKey(
                document.path("market").asText(),
                document.path("orderId").asText(),
                document.path("lineId").asText());
    }

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return market + "/" + orderId + "/" + lineId;
    }
}
