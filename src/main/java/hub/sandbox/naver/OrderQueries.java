package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading product orders: by ids, by condition, by order. */
final class OrderQueries {

    private static final int MAX_IDS = 300;
    private static final int MAX_PAGE = 300;
    private static final List<String> QUANTITY_FIELDS =
            List.of("initialQuantity", "remainQuantity", "initialPaymentAmount", "remainPaymentAmount");

    /** Where the time stands that a range is about. */
    private static final Map<String, String> RANGES = Map.of(
            "PAYED_DATETIME", "/order/paymentDate",
            "ORDERED_DATETIME", "/order/orderDate",
            "DISPATCHED_DATETIME", "/delivery/sendDate",
            "CLAIM_REQUESTED_DATETIME", "/cancel/claimRequestDate");

    private final OrderBook orders;

    OrderQueries(OrderBook orders) {
        this.orders = orders;
    }

    /** One unknown id refuses the whole call: Naver's text does not say what becomes of the others. */
    Answer query(Call call) {
        ObjectNode body = call.body();
        boolean quantities = body.path("quantityClaimCompatibility").asBoolean();
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        for (String id : Batch.ids(body, MAX_IDS)) {
            ProductOrder order =
                    orders.find(id).orElseThrow(() -> RefusedException.order("101009", "처리 권한이 없는 상품 주문 번호를 요청"));
            data.add(shown(order, quantities));
        }
        return call.data(data);
    }

    Answer list(Call call) {
        Window window = Window.of(call, "from", "to");
        String range = RANGES.get(call.parameter("rangeType").orElse("PAYED_DATETIME"));
        if (range == null) {
            throw RefusedException.parameter("rangeType");
        }
        int page = call.number("page", 1, 1, 1_000_000);
        int size = call.number("pageSize", MAX_PAGE, 1, MAX_PAGE);
        List<ProductOrder> found = orders.all().stream()
                .filter(order -> time(order, range).filter(window::holds).isPresent())
                .filter(order -> fits(order, call))
                .skip((page - 1L) * size)
                .limit(size + 1L)
                .toList();
        boolean quantities =
                call.parameter("quantityClaimCompatibility").orElse("").equals("true");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode contents = data.putArray("contents");
        found.stream()
                .limit(size)
                .forEach(order -> contents.addObject()
                        .put("productOrderId", order.id())
                        .set("content", shown(order, quantities)));
        data.putObject("pagination").put("page", page).put("size", size).put("hasNext", found.size() > size);
        return call.data(data);
    }

    Answer idsOfOrder(Call call) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        orders.all().stream().filter(order -> order.orderId().equals(call.id())).forEach(order -> data.add(order.id()));
        if (data.isEmpty()) {
            throw RefusedException.order("100003", "주문을 찾을 수 없음");
        }
        return call.data(data);
    }

    /** Without the flag a caller sees none of what belongs to claims of a part. */
    private static ObjectNode shown(ProductOrder order, boolean quantities) {
        if (!quantities) {
            order.productOrder().remove(QUANTITY_FIELDS);
            order.content().remove(List.of("currentClaim", "completedClaims"));
        }
        return order.content();
    }

    private static Optional<Instant> time(ProductOrder order, String range) {
        return Kst.instant(order.content().at(range).asText());
    }

    private static boolean fits(ProductOrder order, Call call) {
        return among(call.parameters("productOrderStatuses"), order.status())
                && among(call.parameters("claimStatuses"), order.claimStatus())
                && among(call.parameters("placeOrderStatusType"), order.placeStatus());
    }

    private static boolean among(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
