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

/** Between the acknowledgement and the purchase an order is read once more. */
class RereadsTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    @Test
    void acknowledged_line_is_not_bought_before_its_order_was_read_again() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        assertThat(HUB.state()).isEqualTo(OrderState.VALIDATED);
        assertThat(HUB.place()).isEmpty();
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.count("job where kind = 'reread-order'")).isZero();
    }

    @Test
    void address_that_was_changed_before_the_acknowledgement_is_the_one_that_is_sent() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        HUB.orders.reread(read(tasks(), moved("acknowledged")));
        assertThat(HUB.placeOne().path("receiver").path("address1").asText()).isEqualTo("부산 2");
        HUB.receive(moved("acknowledged"));
        assertThat(HUB.state()).as("the next poll finds nothing new").isEqualTo(OrderState.PO_SENDING);
    }

    @Test
    void page_read_before_the_acknowledgement_does_not_put_the_old_address_back() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        HUB.orders.reread(read(tasks(), moved("acknowledged")));
        HUB.orders.receive("coupang", "main", List.of(order("o1", line("l1"))));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.placeOne().path("receiver").path("address1").asText()).isEqualTo("부산 2");
        HUB.orders.receive("coupang", "main", List.of(order("o1", line("l1"))));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_SENDING);
    }

    @Test
    void page_read_before_the_acknowledgement_does_not_put_the_old_quantity_back() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        HUB.reread();
        HUB.orders.receive("coupang", "main", List.of(order("o1", line("l1", "W1", 3, "new"))));
        assertThat(HUB.placeOne().path("quantity").asInt()).isEqualTo(2);
    }

    @Test
    void lines_of_one_order_are_read_by_one_job() {
        HUB.receive(order("o1", line("l1"), line("l2")));
        HUB.tellMarket();
        assertThat(HUB.count("job where kind = 'reread-order'")).isEqualTo(1);
        List<JsonNode> tasks = tasks();
        assertThat(tasks).extracting(task -> task.path("lineId").asText()).containsExactly("l1", "l2");
        assertThat(tasks.get(0).path("ackId").asText()).isEqualTo("box-l1");
        HUB.orders.reread(HUB.shown(tasks));
        assertThat(HUB.place()).hasSize(2);
    }

    @Test
    void lines_of_one_box_are_acknowledged_together() {
        HUB.receive(order("o1", line("l1"), line("l2").put("ackId", "box-l1")));
        List<JsonNode> one = HUB.orders.acknowledgeTasks(HUB.jobs.claim("coupang", "acknowledge-order", 1));
        HUB.orders.acknowledged(acknowledged(one));
        assertThat(HUB.state("l2")).isEqualTo(OrderState.VALIDATED);
        HUB.acknowledge();
        assertThat(HUB.count("job where kind = 'acknowledge-order'")).isZero();
        assertThat(HUB.place()).hasSize(2);
    }

    @Test
    void read_that_fails_is_repeated_later_and_buys_nothing() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        for (String outcome : List.of("retry", "unknown")) {
            HUB.orders.reread(answer(array(tasks()), outcome));
            assertThat(HUB.state()).isEqualTo(OrderState.VALIDATED);
            assertThat(tasks()).as("not before its time").isEmpty();
            HUB.pass();
        }
        HUB.orders.reread(read(tasks()));
        assertThat(HUB.state()).as("the order was not in the answer").isEqualTo(OrderState.VALIDATED);
        assertThat(HUB.place()).isEmpty();
        HUB.pass();
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void order_that_the_market_says_is_cancelled_is_not_bought() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        ObjectNode answer = read(tasks());
        answer.withObject("/result").putArray("cancelled").add("o1");
        HUB.orders.reread(answer);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(HUB.count("job")).isZero();
    }

    @Test
    void line_that_its_order_does_not_show_any_more_goes_to_a_person() {
        HUB.receive(order("o1", line("l1"), line("l2")));
        HUB.tellMarket();
        HUB.orders.reread(read(tasks(), order("o1", line("l2"))));
        assertThat(HUB.state("l1")).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void claim_that_comes_with_the_reading_holds_the_line() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        ObjectNode answer = read(tasks(), order("o1", line("l1")));
        answer.withObject("/result")
                .putArray("claims")
                .addObject()
                .put("claimId", "c1")
                .put("orderId", "o1")
                .put("lineId", "l1")
                .put("kind", "cancel")
                .put("state", "requested");
        HUB.orders.reread(answer);
        assertThat(HUB.state()).isEqualTo(OrderState.CANCEL_REQUESTED);
        assertThat(HUB.place()).isEmpty();
    }

    @Test
    void refused_reading_of_several_orders_is_repeated_order_by_order() {
        HUB.receive(order("o1", line("l1")), order("o2", line("l2")));
        HUB.tellMarket();
        HUB.orders.reread(answer(array(tasks()), "final"));
        List<JsonNode> first = tasks();
        assertThat(first).hasSize(1);
        HUB.orders.reread(answer(array(first), "final"));
        HUB.reread();
        assertThat(List.of(HUB.state("l1"), HUB.state("l2")))
                .containsExactlyInAnyOrder(OrderState.REVIEW, OrderState.PO_READY);
    }

    @Test
    void line_whose_reading_was_lost_is_read_after_all() {
        HUB.receive(order("o1", line("l1")));
        HUB.tellMarket();
        HUB.sql.sql("delete from job").update();
        HUB.pass();
        HUB.recover();
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    private static List<JsonNode> tasks() {
        return HUB.orders.rereadTasks(HUB.jobs.claim("coupang", "reread-order", 50));
    }

    private static ObjectNode read(List<JsonNode> tasks, JsonNode... orders) {
        ObjectNode result = object();
        ArrayNode shown = result.putArray("orders");
        List.of(orders).forEach(shown::add);
        return answer(array(tasks), "ok").set("result", result);
    }

    private static ObjectNode acknowledged(List<JsonNode> tasks) {
        ObjectNode result = object();
        ArrayNode ids = result.putArray("acknowledged");
        tasks.forEach(task -> ids.add(task.path("ackId").asText()));
        return answer(array(tasks), "ok").set("result", result);
    }

    private static ObjectNode moved(String status) {
        ObjectNode order = order("o1", line("l1", "W1", 2, status));
        ((ObjectNode) order.path("receiver")).put("address1", "부산 2");
        return order;
    }
}
