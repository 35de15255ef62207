package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Answer;
import hub.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shipping acknowledged product orders with a courier and a number, and telling that it takes longer.
 *
 * <p>A number is 9 to 14 digits and belongs to one parcel: product orders with another packageNumber may not use it.
 * The form of numbers, and how late or early a date may be, are choices: Naver's text gives the codes only.
 */
final class Dispatches {

    static final Set<String> COURIERS =
            Set.of("CJGLS", "HYUNDAI", "HANJIN", "KGB", "EPOST", "KDEXP", "DAESIN", "ILYANG", "CHUNIL");

    private static final Set<String> METHODS =
            Set.of("DELIVERY", "DIRECT_DELIVERY", "VISIT_RECEIPT", "QUICK_SVC", "NOTHING");
    private static final int MAX_ITEMS = 30;
    private static final int LATEST_DUE_DAYS = 90;
    private static final Batch.Failure DATE = new Batch.Failure("104105", "발송 기한 입력 범위 초과");

    private final OrderBook orders;
    private final SandboxClock clock;

    Dispatches(OrderBook orders, SandboxClock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    Answer dispatch(Call call) {
        JsonNode items = call.body().path("dispatchProductOrders");
        Batch.size("dispatchProductOrders", items, MAX_ITEMS);
        List<String> ids = new ArrayList<>();
        items.forEach(item -> ids.add(item.path("productOrderId").asText()));
        Batch.once(ids);
        Batch batch = new Batch("successProductOrderIds");
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Optional<Batch.Failure> failure =
                    Batch.broken(call, i) ? Optional.of(Batch.Failure.OTHER) : dispatch(id, items.path(i), call.now());
            if (failure.isPresent()) {
                batch.failed(id, failure.get());
            } else {
                batch.done(id, id + ":" + items.path(i).path("trackingNumber").asText());
            }
        }
        return batch.answer(call, "dispatched");
    }

    /** Once per product order. */
    Answer delay(Call call) {
        JsonNode body = call.body();
        if (body.path("delayedDispatchReason").asText().isEmpty()) {
            throw RefusedException.parameter("delayedDispatchReason");
        }
        Instant due = Kst.instant(body.path("dispatchDueDate").asText())
                .orElseThrow(() -> RefusedException.parameter("dispatchDueDate"));
        Optional<ProductOrder> found = orders.find(call.id());
        if (found.isEmpty()) {
            return Batch.failed(call, Batch.Failure.UNKNOWN);
        }
        ProductOrder order = found.get();
        if (!order.status().equals("PAYED")) {
            return Batch.failed(call, Batch.Failure.STATE);
        }
        if (order.productOrder().has("delayedDispatchReason")) {
            return Batch.failed(call, Batch.Failure.SAME);
        }
        if (due.isBefore(call.now()) || due.isAfter(order.paidAt().plus(Duration.ofDays(LATEST_DUE_DAYS)))) {
            return Batch.failed(call, DATE);
        }
        order.productOrder()
                .put("shippingDueDate", Kst.text(due))
                .put("delayedDispatchReason", body.path("delayedDispatchReason").asText())
                .put(
                        "delayedDispatchDetailedReason",
                        body.path("dispatchDelayedDetailedReason").asText());
        orders.put(order);
        return Batch.done(call, "delayed");
    }

    private Optional<Batch.Failure> dispatch(String id, JsonNode item, Instant now) {
        Optional<ProductOrder> found = orders.find(id);
        if (found.isEmpty()) {
            return Optional.of(Batch.Failure.UNKNOWN);
        }
        ProductOrder order = found.get();
        Optional<Batch.Failure> failure =
                state(order, item).or(() -> parcel(order, item)).or(() -> date(order, item, now));
        if (failure.isEmpty()) {
            ship(order, item, now);
        }
        return failure;
    }

    /** A buyer's open cancel request has to be answered first. */
    private static Optional<Batch.Failure> state(ProductOrder order, JsonNode item) {
        boolean again = !order.trackingNumber().isEmpty()
                && order.trackingNumber().equals(item.path("trackingNumber").asText())
                && order.courier().equals(item.path("deliveryCompanyCode").asText());
        if (again) {
            return Optional.of(Batch.Failure.SAME);
        }
        if (!order.status().equals("PAYED") || order.claimed()) {
            return Optional.of(Batch.Failure.STATE);
        }
        return order.placeStatus().equals("OK") ? Optional.empty() : Optional.of(Batch.Failure.PLACE_STATE);
    }

    private Optional<Batch.Failure> parcel(ProductOrder order, JsonNode item) {
        String method = item.path("deliveryMethod").asText();
        String courier = item.path("deliveryCompanyCode").asText();
        String number = item.path("trackingNumber").asText();
        if (!METHODS.contains(method)) {
            return failure("104116", "배송방법 변경 필요");
        }
        if (!method.equals("DELIVERY")) {
            return Optional.empty();
        }
        if (courier.isEmpty()) {
            return failure("104118", "택배사 코드 누락");
        }
        if (!COURIERS.contains(courier)) {
            return failure("104119", "택배사 코드 확인 필요");
        }
        if (number.isEmpty()) {
            return failure("104120", "송장 번호 누락");
        }
        if (!number.matches("\\d{9,14}")) {
            return failure("104122", "배송 송장 오류(비유효 송장)");
        }
        return used(order, courier, number) ? failure("104121", "이미 등록된 송장 번호") : Optional.empty();
    }

    private boolean used(ProductOrder order, String courier, String number) {
        return orders.all().stream()
                .filter(other -> other.trackingNumber().equals(number))
                .filter(other -> other.courier().equals(courier))
                .anyMatch(other -> !other.text("packageNumber").equals(order.text("packageNumber")));
    }

    private static Optional<Batch.Failure> date(ProductOrder order, JsonNode item, Instant now) {
        Optional<LocalDate> day =
                Kst.instant(item.path("dispatchDate").asText()).map(Kst::day);
        boolean good = day.isPresent()
                && !day.get().isBefore(Kst.day(order.paidAt()))
                && !day.get().isAfter(Kst.day(now).plusDays(1));
        return good ? Optional.empty() : Optional.of(DATE);
    }

    private void ship(ProductOrder order, JsonNode item, Instant now) {
        order.status("DELIVERING");
        order.content()
                .putObject("delivery")
                .put("deliveryCompany", item.path("deliveryCompanyCode").asText())
                .put("deliveryMethod", item.path("deliveryMethod").asText())
                .put("deliveryStatus", "COLLECT_REQUEST")
                .put("isWrongTrackingNumber", false)
                .put("trackingNumber", item.path("trackingNumber").asText())
                .put("sendDate", item.path("dispatchDate").asText());
        order.changed("DISPATCHED", now);
        order.next(Course.PICK_UP, now.plus(clock.real(Course.TO_PICK_UP)));
        orders.put(order);
    }

    private static Optional<Batch.Failure> failure(String code, String message) {
        return Optional.of(new Batch.Failure(code, message));
    }
}
