package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.found;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of a Postgres that was set back: what it has as not yet bought may have been. */
class RestoredTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void ready() {
        HUB.empty();
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        HUB.restores.found("a test says so");
    }

    @Test
    void line_is_looked_up_once_it_is_settled_and_found_bought() {
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.lookUp()).as("the supplier may still show it too late").isEmpty();

        HUB.pass();
        HUB.purchases.lookedUp(found(HUB.lookUp().get(0), "S1"));

        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        assertThat(HUB.count("po_attempt")).isZero();
    }

    @Test
    void line_that_the_supplier_does_not_have_is_bought_once() {
        assertThat(HUB.place()).isEmpty();
        for (int lookUps = 0; lookUps < 2; lookUps++) {
            HUB.pass();
            HUB.purchases.lookedUp(found(HUB.lookUp().get(0)));
        }

        JsonNode task = HUB.placeOne();
        HUB.purchases.answered(accepted(task, "S1"));

        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        assertThat(HUB.count("po_attempt")).isEqualTo(1);
    }

    @Test
    void line_that_came_later_is_bought_at_once() {
        HUB.place();
        HUB.receive(order("o2", line("l2")));
        HUB.acknowledge();

        assertThat(HUB.placeOne().path("orderId").asText()).isEqualTo("o2");
    }
}
