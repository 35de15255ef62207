package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.object;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final TestLedger HUB = new TestLedger();
    private static final JsonNode LINE_1 = object().put("lineId", "l1");

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    @Test
    void cancel_before_the_send_is_never_bought() {
        ready();
        HUB.claim("c1", "requested", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.count("job")).as("the job is dropped").isZero();
        HUB.claim("c1", "done", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(HUB.count("purchase_order where state = 'CANCELLED'")).isEqualTo(1);
    }

    @Test
    void withdrawn_cancel_lets_the_line_be_bought() {
        ready();
        HUB.claim("c1", "requested", LINE_1);
        HUB.claim("c1", "withdrawn", LINE_1);
        assertThat(HUB.state()).as("read again first").isEqualTo(OrderState.VALIDATED);
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.place()).hasSize(1);
    }

    @Test
    void cancel_that_nobody_decides_goes_to_a_person_and_back_when_it_is_withdrawn() {
        ready();
        HUB.claim("c1", "requested", LINE_1);
        HUB.recover();
        assertThat(HUB.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
        HUB.pass();
        HUB.recover();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.claim("c1", "withdrawn", LINE_1);
        assertThat(HUB.state()).as("read again first").isEqualTo(OrderState.VALIDATED);
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void cancel_while_the_send_is_under_way_goes_to_a_person_and_back_when_it_is_withdrawn() {
        JsonNode task = HUB.sending();
        HUB.claim("c1", "requested", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.purchases.answered(accepted(task, "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.claim("c1", "withdrawn", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
    }

    @Test
    void cancel_done_after_a_send_that_the_supplier_refused_ends_the_line() {
        JsonNode task = HUB.sending();
        HUB.claim("c1", "requested", LINE_1);
        HUB.purchases.answered(answer(task, "final"));
        HUB.claim("c1", "done", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void cancel_after_a_send_that_did_not_leave_is_not_sent_again() {
        JsonNode task = HUB.sending();
        HUB.claim("c1", "requested", LINE_1);
        HUB.purchases.answered(answer(task, "retry"));
        HUB.pass();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.claim("c1", "withdrawn", LINE_1);
        HUB.reread();
        assertThat(HUB.place()).hasSize(1);
    }

    @Test
    void same_claim_in_two_polls_acts_once() {
        ready();
        HUB.claim("c1", "requested", LINE_1);
        HUB.claim("c1", "withdrawn", LINE_1);
        long journal = HUB.count("journal");
        HUB.claim("c1", "withdrawn", LINE_1);
        assertThat(HUB.count("journal")).isEqualTo(journal);
        assertThat(HUB.count("claim")).isEqualTo(1);
    }

    @Test
    void claim_that_names_only_an_order_of_two_lines_cancels_none() {
        HUB.receive(order("o1", line("l1"), line("l2", "W2", 1, "new")));
        HUB.claim("c1", "done", object());
        assertThat(HUB.state("l1")).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.REVIEW);
    }

    @Test
    void claim_of_an_option_we_do_not_know_is_not_silent() {
        ready();
        HUB.claim("c1", "requested", object().put("marketOptionId", "other"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
    }

    @Test
    void option_and_box_tell_the_line() {
        HUB.receive(order("o1", line("l1"), line("l2", "W2", 1, "new")));
        HUB.claim("c1", "done", object().put("ackId", "box-l2").put("marketOptionId", "opt-W2"));
        assertThat(HUB.state("l1")).isEqualTo(OrderState.RECEIVED);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void cancel_of_a_part_goes_to_a_person() {
        ready();
        HUB.claim("c1", "done", object().put("lineId", "l1").put("quantity", 1));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("1 of 2");
    }

    @Test
    void claim_that_comes_before_its_order_waits_for_it() {
        HUB.claim("c1", "requested", LINE_1);
        HUB.receive(order("o1", line("l1")));
        assertThat(HUB.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
        assertThat(HUB.count("claim where applied")).isEqualTo(1);
    }

    @Test
    void cancel_before_the_upload_keeps_the_tracking_number_back() {
        ship();
        HUB.claim("c1", "requested", LINE_1);
        assertThat(HUB.uploads()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.claim("c1", "rejected", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.SHIPPED);
        HUB.upload();
        assertThat(HUB.state()).isEqualTo(OrderState.DONE);
    }

    @Test
    void cancel_after_the_upload_is_seen_by_a_person() {
        ship();
        HUB.upload();
        HUB.claim("c1", "done", LINE_1);
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
    }

    @Test
    void line_cancelled_at_the_market_is_not_bought() {
        ready();
        HUB.receive(order("o1", line("l1", "W1", 2, "cancelled")));
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(HUB.place()).isEmpty();
    }

    @Test
    void tracking_given_twice_is_uploaded_once_and_a_second_number_goes_to_a_person() {
        String ref = ship();
        HUB.ship(ref, "CJ대한통운", "123456789012");
        assertThat(HUB.uploads()).hasSize(1);
        HUB.ship(ref, "CJ대한통운", "456789012345");
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("456789012345");
    }

    @Test
    void courier_without_a_code_goes_to_a_person() {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(accepted(task, "S1"));
        HUB.ship(task.path("clientRef").asText(), "모르는택배", "123456789012");
        assertThat(HUB.uploads()).isEmpty();
        assertThat(HUB.reason()).contains("모르는택배");
    }

    @Test
    void upload_that_failed_is_repeated_and_one_that_was_refused_goes_to_a_person() {
        ship();
        JsonNode task = HUB.uploads().get(0);
        HUB.shipments.uploaded(answer(task, "unknown"));
        assertThat(HUB.state()).isEqualTo(OrderState.TRACKING_SENDING);
        HUB.pass();
        HUB.shipments.uploaded(answer(HUB.uploads().get(0), "retry"));
        assertThat(HUB.state()).isEqualTo(OrderState.SHIPPED);
        HUB.pass();
        HUB.shipments.uploaded(answer(HUB.uploads().get(0), "final"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.count("shipment where state = 'failed'")).isEqualTo(1);
    }

    @Test
    void order_the_supplier_cancelled_goes_to_a_person() {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(accepted(task, "S1"));
        HUB.shipments.tracked(
                "acme", List.of(object().put("supplierOrderId", "S1").put("state", "cancelled")));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.shipments.awaiting("acme", 9)).isEmpty();
    }

    @Test
    void tracking_is_asked_for_in_turn() {
        HUB.receive(order("o1", line("l1"), line("l2"), line("l3")));
        HUB.acknowledge();
        HUB.place()
                .forEach(task -> HUB.purchases.answered(
                        accepted(task, "S" + task.path("lineId").asText())));
        List<JsonNode> first = HUB.shipments.awaiting("acme", 2);
        List<JsonNode> second = HUB.shipments.awaiting("acme", 2);
        assertThat(first).hasSize(2);
        assertThat(second).hasSize(2);
        assertThat(second).anySatisfy(one -> assertThat(first).doesNotContain(one));
    }

    private static void ready() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    private static String ship() {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(accepted(task, "S1"));
        String ref = task.path("clientRef").asText();
        HUB.ship(ref, "CJ대한통운", "123456789012");
        return ref;
    }
}
