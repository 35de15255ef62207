package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.sandbox.Answer;
import hub.sandbox.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Acknowledging product orders (발주 확인); the answer says whether the address has changed since the order. */
final class Confirmations {

    private static final int MAX_IDS = 30;

    /** How long after it a buyer regrets, in simulated time. */
    private static final Duration REGRET = Duration.ofMinutes(20);

    private final OrderBook orders;
    private final SandboxClock clock;

    Confirmations(OrderBook orders, SandboxClock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    Answer confirm(Call call) {
        List<String> ids = Batch.ids(call.body(), MAX_IDS);
        Batch.once(ids);
        Batch batch = new Batch("successProductOrderInfos");
        for (int i = 0; i < ids.size(); i++) {
            if (Batch.broken(call, i)) {
                batch.failed(ids.get(i), Batch.Failure.OTHER);
            } else {
                confirm(ids.get(i), call, batch);
            }
        }
        return batch.answer(call, "confirmed");
    }

    private void confirm(String id, Call call, Batch batch) {
        Optional<ProductOrder> found = orders.find(id);
        if (found.isEmpty()) {
            batch.failed(id, Batch.Failure.UNKNOWN);
            return;
        }
        ProductOrder order = found.get();
        if (order.is("PAYED", "OK")) {
            batch.failed(id, Batch.Failure.SAME);
        } else if (!order.is("PAYED", "NOT_YET") || order.claimed()) {
            batch.failed(id, Batch.Failure.STATE);
        } else {
            acknowledge(order, call);
            batch.done(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("productOrderId", id)
                            .put("isReceiverAddressChanged", order.addressChanged()),
                    id);
        }
    }

    private void acknowledge(ProductOrder order, Call call) {
        order.placeStatus("OK");
        order.productOrder().put("placeOrderDate", Kst.text(call.now()));
        order.nothingNext();
        if (order.regretful()) {
            order.next(Course.ASK_CANCEL, call.now().plus(clock.real(REGRET)));
        }
        orders.put(order);
    }
}
