package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.found;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Look-ups at suppliers that know no reference of ours. */
class ResemblanceTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    @Test
    void single_order_that_nobody_owns_confirms() {
        HUB.purchases.lookedUp(resembling(unclear(), "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
    }

    @Test
    void nothing_found_twice_goes_to_a_person_and_is_never_sent_again() {
        HUB.purchases.lookedUp(resembling(unclear()));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        HUB.pass();
        HUB.purchases.lookedUp(resembling(HUB.lookUp().get(0)));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.pass();
        HUB.recover();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.count("job")).isZero();
    }

    @Test
    void several_that_look_alike_go_to_a_person_and_stay_free() {
        HUB.purchases.lookedUp(resembling(unclear(), "S1", "S2"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("S1 and S2");
        assertThat(HUB.count("supplier_order")).isZero();
    }

    @Test
    void order_of_another_purchase_is_passed_over() {
        HUB.receive(order("o1", line("l1")), order("o2", line("l2")));
        HUB.acknowledge();
        List<JsonNode> sent = HUB.place();
        HUB.purchases.answered(accepted(sent.get(0), "S1"));
        HUB.purchases.answered(answer(sent.get(1), "unknown"));
        HUB.pass();
        HUB.purchases.lookedUp(resembling(HUB.lookUp().get(0), "S1", "S2"));
        assertThat(HUB.orders.counts()).containsEntry(OrderState.PO_CONFIRMED, 2L);
        assertThat(HUB.count("supplier_order where supplier_order_id = 'S2'")).isEqualTo(1);
    }

    @Test
    void exact_look_up_passes_over_what_another_purchase_owns_too() {
        HUB.receive(order("o1", line("l1")), order("o2", line("l2")));
        HUB.acknowledge();
        List<JsonNode> sent = HUB.place();
        HUB.purchases.answered(accepted(sent.get(0), "S1"));
        HUB.purchases.answered(answer(sent.get(1), "unknown"));
        HUB.pass();
        HUB.purchases.lookedUp(found(HUB.lookUp().get(0), "S1"));
        assertThat(HUB.orders.counts()).containsEntry(OrderState.PO_UNKNOWN, 1L);
    }

    @Test
    void look_up_waits_while_the_same_goods_are_being_sent() {
        JsonNode lookUp = unclear();
        HUB.receive(order("o2", line("l2")));
        HUB.acknowledge();
        JsonNode twin = HUB.placeOne();
        HUB.purchases.lookedUp(resembling(lookUp, "S2"));
        assertThat(HUB.state()).as("it may be the twin's").isEqualTo(OrderState.PO_UNKNOWN);
        HUB.purchases.answered(accepted(twin, "S2"));
        HUB.pass();
        HUB.purchases.lookedUp(resembling(HUB.lookUp().get(0), "S2"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.PO_CONFIRMED);
    }

    private static JsonNode unclear() {
        HUB.purchases.answered(answer(HUB.sending(), "unknown"));
        HUB.pass();
        return HUB.lookUp().get(0);
    }

    private static ObjectNode resembling(JsonNode task, String... ids) {
        ObjectNode answer = found(task, ids);
        answer.withObject("/result").put("exact", false);
        return answer;
    }
}
