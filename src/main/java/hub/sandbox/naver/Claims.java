package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cancels and returns, whole or of a part; exchanges nobody asks for here, so they are refused by their state.
 *
 * <p>A seller's cancel is done at once, a buyer's waits for approval. An open claim stands in {@code currentClaim}, a
 * finished one in {@code completedClaims}.
 */
final class Claims {

    private static final Set<String> CANCEL_REASONS = Set.of(
            "INTENT_CHANGED",
            "COLOR_AND_SIZE",
            "WRONG_ORDER",
            "PRODUCT_UNSATISFIED",
            "DELAYED_DELIVERY",
            "SOLD_OUT",
            "INCORRECT_INFO");
    private static final int MAX_REASON = 500;
    private static final Map<String, String> BRANCHES = Map.of("CANCEL", "cancel", "RETURN", "return");
    private static final String SELLER = "판매자";
    private static final String HOLDBACK = "holdbackStatus";

    private final OrderBook orders;

    Claims(OrderBook orders) {
        this.orders = orders;
    }

    /** What a regretful buyer does; the caller keeps the product order. */
    void askCancel(ProductOrder order, Instant now) {
        if (order.is("PAYED", "OK") && !order.claimed()) {
            open(order, "CANCEL", "CANCEL_REQUEST", order.remaining(), now)
                    .put("cancelReason", "INTENT_CHANGED")
                    .put("cancelDetailedReason", "단순 변심")
                    .put("requestChannel", "구매회원");
            order.changed("CLAIM_REQUESTED", now);
            mirror(order);
        }
    }

    Answer requestCancel(Call call) {
        JsonNode body = call.body();
        String reason = body.path("cancelReason").asText();
        String detail = body.path("cancelDetailedReason").asText();
        if (!CANCEL_REASONS.contains(reason)) {
            throw RefusedException.parameter("cancelReason");
        }
        if (detail.length() > MAX_REASON) {
            throw RefusedException.parameter("cancelDetailedReason");
        }
        return with(call, "canceled", order -> {
            int quantity = body.path("cancelQuantity").asInt(order.remaining());
            if (!order.status().equals("PAYED") || order.claimed()) {
                return Batch.Failure.STATE;
            }
            if (quantity < 1 || quantity > order.remaining()) {
                return new Batch.Failure("104133", "취소 수량 확인 필요");
            }
            open(order, "CANCEL", "CANCELING", quantity, call.now())
                    .put("cancelReason", reason)
                    .put("cancelDetailedReason", detail)
                    .put("requestChannel", SELLER);
            finish(order, "CANCEL", "CANCELED", call.now());
            return null;
        });
    }

    Answer approveCancel(Call call) {
        return with(call, "cancel-approved", order -> {
            Batch.Failure failure = waiting(order, "CANCEL_REQUEST", "CANCEL_DONE");
            if (failure == null) {
                finish(order, "CANCEL", "CANCELED", call.now());
            }
            return failure;
        });
    }

    Answer requestReturn(Call call) {
        JsonNode body = call.body();
        String reason = body.path("returnReason").asText();
        if (reason.isEmpty()) {
            throw RefusedException.parameter("returnReason");
        }
        return with(call, "return-requested", order -> {
            if (!Set.of("DELIVERING", "DELIVERED").contains(order.status()) || order.claimed()) {
                return Batch.Failure.STATE;
            }
            int quantity = order.remaining();
            open(order, "RETURN", "RETURN_REQUEST", quantity, call.now())
                    .put("returnReason", reason)
                    .put(
                            "collectDeliveryMethod",
                            body.path("collectDeliveryMethod").asText())
                    .put("requestChannel", SELLER);
            order.changed("CLAIM_REQUESTED", call.now());
            return null;
        });
    }

    /** Not while it is held back. */
    Answer approveReturn(Call call) {
        return with(call, "return-approved", order -> {
            Batch.Failure failure = waiting(order, "RETURN_REQUEST", "RETURN_DONE");
            if (failure == null
                    && claim(order, "RETURN").path(HOLDBACK).asText().equals("HOLDBACK")) {
                return Batch.Failure.STATE;
            }
            if (failure == null) {
                finish(order, "RETURN", "RETURNED", call.now());
            }
            return failure;
        });
    }

    Answer rejectReturn(Call call) {
        String reason = call.body().path("rejectReturnReason").asText();
        if (reason.isEmpty()) {
            throw RefusedException.parameter("rejectReturnReason");
        }
        return with(call, "return-rejected", order -> {
            Batch.Failure failure = waiting(order, "RETURN_REQUEST", "RETURN_REJECT");
            if (failure == null) {
                claim(order, "RETURN").put("rejectReturnReason", reason);
                close(order, "RETURN", "RETURN_REJECT");
                order.changed("CLAIM_REJECTED", call.now());
            }
            return failure;
        });
    }

    Answer holdReturn(Call call, boolean held) {
        String status = held ? "HOLDBACK" : "RELEASED";
        return with(call, held ? "return-held" : "return-released", order -> {
            Batch.Failure failure = waiting(order, "RETURN_REQUEST", "");
            if (failure != null) {
                return failure;
            }
            boolean is = claim(order, "RETURN").path(HOLDBACK).asText().equals("HOLDBACK");
            if (is == held) {
                return Batch.Failure.SAME;
            }
            claim(order, "RETURN").put(HOLDBACK, status);
            return null;
        });
    }

    Answer exchange(Call call) {
        return with(call, "", order -> new Batch.Failure("104417", "교환 상태 확인 필요"));
    }

    /** Changes one product order, or says why not. */
    private interface Change {
        Batch.@Nullable Failure to(ProductOrder order);
    }

    private Answer with(Call call, String effect, Change change) {
        Optional<ProductOrder> found = orders.find(call.id());
        if (found.isEmpty()) {
            return Batch.failed(call, Batch.Failure.UNKNOWN);
        }
        Batch.Failure failure = change.to(found.get());
        if (failure != null) {
            return Batch.failed(call, failure);
        }
        mirror(found.get());
        orders.put(found.get());
        return Batch.done(call, effect);
    }

    private static Batch.@Nullable Failure waiting(ProductOrder order, String status, String done) {
        if (order.claimStatus().equals(status)) {
            return null;
        }
        return order.claimStatus().equals(done) && !done.isEmpty() ? Batch.Failure.SAME : Batch.Failure.STATE;
    }

    private ObjectNode open(ProductOrder order, String type, String status, int quantity, Instant now) {
        String id = orders.nextNumber(now);
        order.productOrder().put("claimType", type).put("claimStatus", status).put("claimId", id);
        order.content().putObject("currentClaim");
        order.content().remove(BRANCHES.getOrDefault(type, "exchange"));
        return claim(order, type)
                .put("claimId", id)
                .put("claimStatus", status)
                .put("claimRequestDate", Kst.text(now))
                .put("requestQuantity", quantity);
    }

    private static void finish(ProductOrder order, String type, String status, Instant now) {
        ObjectNode shown = order.productOrder();
        long unit = shown.path("totalPaymentAmount").asLong()
                / shown.path("initialQuantity").asLong(1);
        int left =
                order.remaining() - claim(order, type).path("requestQuantity").asInt();
        shown.put("remainQuantity", left).put("remainPaymentAmount", unit * left);
        if (left == 0) {
            order.status(status);
            order.nothingNext();
        }
        if (left == 0 && type.equals("CANCEL")) {
            order.placeStatus("CANCEL");
        }
        close(order, type, type + "_DONE");
        order.changed("CLAIM_COMPLETED", now);
    }

    private static void close(ProductOrder order, String type, String status) {
        ObjectNode claim = claim(order, type).put("claimStatus", status);
        order.productOrder().put("claimStatus", status);
        order.content().remove("currentClaim");
        order.content()
                .withArray("/completedClaims")
                .addObject()
                .put("claimType", type)
                .put("claimId", claim.path("claimId").asText())
                .put("claimStatus", status)
                .put("claimRequestDate", claim.path("claimRequestDate").asText())
                .put("requestQuantity", claim.path("requestQuantity").asInt());
    }

    /** An open claim is shown twice: in its own branch, and in {@code currentClaim} without the buyer's words. */
    private static void mirror(ProductOrder order) {
        if (order.claimed()) {
            String branch = BRANCHES.getOrDefault(order.text("claimType"), "exchange");
            ObjectNode shown = order.content().path(branch).deepCopy();
            shown.remove("cancelDetailedReason");
            order.content().putObject("currentClaim").set(branch, shown);
        }
    }

    private static ObjectNode claim(ProductOrder order, String type) {
        return order.content().withObject("/" + BRANCHES.getOrDefault(type, "exchange"));
    }
}
