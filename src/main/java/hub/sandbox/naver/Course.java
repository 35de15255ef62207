package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * What happens to a product order without the seller: its buyer moves or regrets, its parcel travels, and in the end
 * the purchase is decided. Spans are simulated time.
 *
 * <p>An arrival is no change that {@code last-changed-statuses} tells: Naver has no type for it.
 */
final class Course {

    static final String MOVE = "change-address";
    static final String ASK_CANCEL = "ask-cancel";
    static final String PICK_UP = "pick-up";
    static final Duration TO_PICK_UP = Duration.ofHours(3);

    private static final String ARRIVE = "arrive";
    private static final String DECIDE = "decide";
    private static final Duration TO_ARRIVAL = Duration.ofHours(20);
    private static final Duration TO_DECISION = Duration.ofDays(3);

    private final OrderBook orders;
    private final Claims claims;
    private final SandboxClock clock;
    private final long seed;

    Course(OrderBook orders, Claims claims, SandboxClock clock, long seed) {
        this.orders = orders;
        this.claims = claims;
        this.clock = clock;
        this.seed = seed;
    }

    void run(Instant now) {
        for (ProductOrder order : orders.due(now)) {
            String event = order.nextEvent();
            order.nothingNext();
            happen(order, event, now);
            orders.put(order);
        }
    }

    private void happen(ProductOrder order, String event, Instant now) {
        switch (event) {
            case MOVE -> move(order, now);
            case ASK_CANCEL -> claims.askCancel(order, now);
            case PICK_UP -> pickUp(order, now);
            case ARRIVE -> arrive(order, now);
            case DECIDE -> decide(order, now);
            default -> throw new IllegalStateException("product order " + order.id() + " awaits " + event);
        }
    }

    private void move(ProductOrder order, Instant now) {
        if (!order.is("PAYED", "NOT_YET") || order.claimed()) {
            return;
        }
        String name = order.productOrder().at("/shippingAddress/name").asText();
        ObjectNode address = Person.of(new SplittableRandom(seed ^ Long.parseLong(order.orderId())))
                .address(name);
        order.productOrder().set("shippingAddress", address);
        order.productOrder().set("takingAddress", address.deepCopy());
        order.addressChanged(true);
        order.changed("DELIVERY_ADDRESS_CHANGED", now);
    }

    private void pickUp(ProductOrder order, Instant now) {
        delivery(order).put("deliveryStatus", "DELIVERING").put("pickupDate", Kst.text(now));
        order.next(ARRIVE, now.plus(clock.real(TO_ARRIVAL)));
    }

    private void arrive(ProductOrder order, Instant now) {
        order.status("DELIVERED");
        delivery(order).put("deliveryStatus", "DELIVERY_COMPLETION").put("deliveredDate", Kst.text(now));
        order.next(DECIDE, now.plus(clock.real(TO_DECISION)));
    }

    private void decide(ProductOrder order, Instant now) {
        if (order.claimed()) {
            return;
        }
        order.status("PURCHASE_DECIDED");
        order.productOrder().put("decisionDate", Kst.text(now));
        order.changed("PURCHASE_DECIDED", now);
    }

    private static ObjectNode delivery(ProductOrder order) {
        return order.content().withObject("/delivery");
    }
}
