package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two boxes of one order, of which the buyer sent one elsewhere before it was acknowledged. */
class AddressesTest {

    private static final TestLedger HUB = new TestLedger();

    private final JsonNode one = order("o1", line("l1"));
    private final JsonNode other = order("o1", line("l2", "W2", 1, "new"));

    @BeforeEach
    void both_boxes_are_known_under_one_address() {
        HUB.empty();
        HUB.receive(one, other);
        ((ObjectNode) other.path("receiver")).put("address1", "부산 2").put("message", "경비실");
    }

    @Test
    void each_box_is_bought_for_its_own_receiver() {
        HUB.receive(one, other);
        HUB.acknowledge();
        Map<String, String> addresses = new HashMap<>();
        HUB.place()
                .forEach(task -> addresses.put(
                        task.path("lineId").asText(),
                        task.path("receiver").path("address1").asText() + ", "
                                + task.path("message").asText()));
        assertThat(addresses).containsExactlyInAnyOrderEntriesOf(Map.of("l1", "서울 1, 문 앞", "l2", "부산 2, 경비실"));
    }

    @Test
    void poll_that_shows_the_same_two_receivers_again_changes_nothing() {
        HUB.receive(one, other);
        HUB.acknowledge();
        List<JsonNode> tasks = HUB.place();
        tasks.forEach(task ->
                HUB.purchases.answered(accepted(task, "S" + task.path("lineId").asText())));
        for (JsonNode box : List.of(one, other)) {
            ((ObjectNode) box.path("lines").get(0)).put("status", "acknowledged");
        }
        HUB.receive(one, other);
        assertThat(HUB.receive(other, one).path("changed").asInt()).isZero();
        assertThat(HUB.orders.counts()).containsEntry(OrderState.PO_CONFIRMED, 2L);
    }

    @Test
    void box_that_moves_back_goes_to_the_first_address() {
        HUB.receive(one, other);
        ((ObjectNode) other.path("receiver")).put("address1", "서울 1").put("message", "문 앞");
        HUB.receive(one, other);
        HUB.acknowledge();
        assertThat(HUB.place())
                .extracting(task -> task.path("receiver").path("address1").asText())
                .containsExactly("서울 1", "서울 1");
    }

    @Test
    void task_names_no_other_receiver() {
        HUB.receive(one, other);
        HUB.acknowledge();
        assertThat(HUB.place())
                .allSatisfy(
                        task -> assertThat(task.path("receiver").has("boxes")).isFalse());
    }
}
