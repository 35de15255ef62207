package hub.order;

import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.array;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.object;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledgements that arrived and whose answers were lost: the market refuses their repetition. */
class AcknowledgementsTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
        HUB.receive(order("o1", line("l1")));
    }

    @Test
    void line_whose_first_acknowledgement_arrived_is_bought_once_its_order_says_so() {
        lost();
        refuse(tasks());
        assertThat(HUB.state()).isEqualTo(OrderState.VALIDATED);
        assertThat(HUB.place()).as("not before it was read").isEmpty();
        HUB.orders.reread(shown("acknowledged"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.count("order_line where acknowledged")).isEqualTo(1);
        HUB.placeOne();
        HUB.receive(order("o1", line("l1", "W1", 2, "acknowledged")));
        assertThat(HUB.place()).as("and only once").isEmpty();
    }

    @Test
    void hub_that_was_killed_behind_the_call_finds_that_it_arrived() {
        tasks();
        HUB.pass();
        HUB.recover();
        refuse(tasks());
        HUB.orders.reread(shown("acknowledged"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void late_refusal_of_a_call_whose_job_somebody_else_has_is_not_believed_either() {
        List<JsonNode> first = tasks();
        HUB.pass();
        HUB.recover();
        List<JsonNode> second = tasks();
        refuse(first);
        assertThat(HUB.state()).isEqualTo(OrderState.VALIDATED);
        acknowledge(second);
        HUB.orders.reread(shown("new"));
        assertThat(HUB.state()).as("a page from before").isEqualTo(OrderState.PO_READY);
        assertThat(HUB.count("job where kind in ('acknowledge-order', 'reread-order')"))
                .isZero();
    }

    @Test
    void first_refusal_goes_to_a_person_at_once() {
        refuse(tasks());
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).isEqualTo("the market refused the acknowledgement: INVALID_STATUS");
        assertThat(HUB.count("job")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "shipped"})
    void line_that_is_not_as_acknowledged_at_the_market_goes_to_a_person_after_one_reading(String status) {
        lost();
        refuse(tasks());
        HUB.orders.reread(shown(status));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains(status.equals("new") ? "INVALID_STATUS" : "as shipped, not by us");
        assertThatNothingIsLeftToDo();
    }

    @Test
    void order_that_the_market_does_not_mention_goes_to_a_person_and_is_not_asked_for_again() {
        lost();
        refuse(tasks());
        HUB.orders.reread(read());
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThatNothingIsLeftToDo();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void order_that_was_cancelled_meanwhile_is_cancelled_and_not_bought(boolean asALine) {
        lost();
        refuse(tasks());
        ObjectNode read = asALine ? shown("cancelled") : read();
        if (!asALine) {
            read.withObject("/result").putArray("cancelled").add("o1");
        }
        HUB.orders.reread(read);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
        assertThatNothingIsLeftToDo();
    }

    @Test
    void reading_that_fails_is_repeated_and_the_market_is_not_told_again() {
        lost();
        refuse(tasks());
        HUB.orders.reread(answer(array(rereadTasks()), "unknown"));
        HUB.pass();
        HUB.recover();
        assertThat(tasks()).isEmpty();
        HUB.orders.reread(shown("acknowledged"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void reading_that_was_lost_is_made_after_all() {
        lost();
        refuse(tasks());
        HUB.sql.sql("delete from job").update();
        HUB.pass();
        HUB.recover();
        assertThat(tasks()).isEmpty();
        HUB.orders.reread(shown("acknowledged"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void poll_that_comes_first_leaves_the_purchase_to_the_reading() {
        lost();
        refuse(tasks());
        HUB.receive(order("o1", line("l1", "W1", 2, "acknowledged")));
        assertThat(HUB.state()).isEqualTo(OrderState.VALIDATED);
        HUB.reread();
        assertThat(HUB.place()).hasSize(1);
    }

    @Test
    void cancel_that_is_withdrawn_before_the_reading_asks_the_market_anew() {
        lost();
        refuse(tasks());
        HUB.claim("c1", "requested", object().put("lineId", "l1"));
        assertThat(HUB.orders.rereadTasks(HUB.jobs.claim("coupang", "reread-order", 9)))
                .isEmpty();
        HUB.claim("c1", "withdrawn", object().put("lineId", "l1"));
        assertThat(HUB.state()).isEqualTo(OrderState.RECEIVED);
        lost();
        refuse(tasks());
        HUB.orders.reread(shown("acknowledged"));
        assertThat(HUB.place()).hasSize(1);
    }

    /** The acknowledgement is sent, and nothing is heard of it. */
    private static void lost() {
        HUB.orders.acknowledged(answer(array(tasks()), "unknown"));
        assertThat(HUB.state()).isEqualTo(OrderState.RECEIVED);
        HUB.pass();
    }

    private static List<JsonNode> tasks() {
        return HUB.orders.acknowledgeTasks(HUB.jobs.claim("coupang", "acknowledge-order", 50));
    }

    private static void refuse(List<JsonNode> tasks) {
        ObjectNode result = object();
        ArrayNode failed = result.putArray("failed");
        tasks.forEach(task -> failed.addObject()
                .put("ackId", task.path("ackId").asText())
                .put("reason", "INVALID_STATUS")
                .put("retry", false));
        HUB.orders.acknowledged(answer(array(tasks), "ok").set("result", result));
    }

    private static void acknowledge(List<JsonNode> tasks) {
        ObjectNode result = object();
        ArrayNode ids = result.putArray("acknowledged");
        tasks.forEach(task -> ids.add(task.path("ackId").asText()));
        HUB.orders.acknowledged(answer(array(tasks), "ok").set("result", result));
    }

    private static List<JsonNode> rereadTasks() {
        List<JsonNode> tasks = HUB.orders.rereadTasks(HUB.jobs.claim("coupang", "reread-order", 50));
        assertThat(tasks).hasSize(1);
        return tasks;
    }

    private static ObjectNode shown(String status) {
        return read(order("o1", line("l1", "W1", 2, status)));
    }

    private static ObjectNode read(JsonNode... orders) {
        ObjectNode result = object();
        result.putArray("orders").addAll(List.of(orders));
        return answer(array(rereadTasks()), "ok").set("result", result);
    }

    private static void assertThatNothingIsLeftToDo() {
        HUB.pass();
        HUB.recover();
        assertThat(HUB.count("job")).isZero();
        assertThat(HUB.count("purchase_order")).isZero();
    }
}
