package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Orders of a supplier whose purchase orders no route takes. */
class UnboughtTest {

    private static final TestLedger HUB = new TestLedger(TestLedger.options(false), Duration.ZERO);
    private static final TestLedger LOOKLESS = new TestLedger(TestLedger.options(false), Duration.ZERO);
    private static final TestLedger STARTING = new TestLedger();

    @Test
    void line_that_nothing_buys_goes_to_a_person_and_on_from_there_once_a_route_is_there() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);

        HUB.recover();

        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).isEqualTo("nothing buys from acme: no route takes its purchase orders");
        assertThat(HUB.count("job")).as("jobs that nobody would take").isZero();

        HUB.place();
        assertThat(HUB.reviews.resume("coupang", "o1", "l1", "kim")).isTrue();
        HUB.reread();
        HUB.recover();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        HUB.purchases.answered(accepted(HUB.placeOne(), "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
    }

    @Test
    void line_that_may_have_been_bought_and_that_nothing_looks_up_goes_to_a_person() {
        LOOKLESS.receive(order("o1", line("l1")));
        LOOKLESS.acknowledge();
        LOOKLESS.purchases.answered(answer(LOOKLESS.placeOne(), "unknown"));
        assertThat(LOOKLESS.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(LOOKLESS.count("job where kind = 'find-order'")).isEqualTo(1);

        LOOKLESS.recover();

        assertThat(LOOKLESS.state()).isEqualTo(OrderState.REVIEW);
        assertThat(LOOKLESS.reason())
                .isEqualTo("may have been bought, and cannot be looked up: no route of acme looks for its purchase"
                        + " orders");
        assertThat(LOOKLESS.count("job")).as("jobs that nobody would take").isZero();
        assertThat(LOOKLESS.place()).as("never sent again by itself").isEmpty();
    }

    @Test
    void line_waits_while_routes_may_still_be_starting() {
        STARTING.receive(order("o1", line("l1")));
        STARTING.acknowledge();
        STARTING.pass();
        STARTING.recover();
        assertThat(STARTING.state()).isEqualTo(OrderState.PO_READY);
        assertThat(STARTING.count("job where kind = 'place-order'")).isEqualTo(1);
    }
}
