package hub.order;

import static hub.order.TestLedger.accepted;
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
import org.junit.jupiter.params.provider.CsvSource;

/** A bad item holds up itself, never those that share its call. */
class BatchesTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    @Test
    void refused_upload_of_several_is_repeated_one_by_one_and_only_the_bad_one_waits_for_a_person() {
        ship("123456789012", "123456789013", "123456789014");
        List<JsonNode> together = HUB.uploads();
        assertThat(together).hasSize(3);
        HUB.shipments.uploaded(answer(array(together), "final"));
        assertThat(HUB.orders.counts()).containsEntry(OrderState.SHIPPED, 3L);
        for (int call = 0; call < 3; call++) {
            List<JsonNode> alone = HUB.uploads();
            assertThat(alone).as("call %d", call).hasSize(1);
            boolean bad = alone.get(0).path("trackingNo").asText().endsWith("3");
            HUB.shipments.uploaded(bad ? answer(array(alone), "final") : uploaded(alone));
        }
        assertThat(HUB.orders.counts()).containsEntry(OrderState.DONE, 2L).containsEntry(OrderState.REVIEW, 1L);
        assertThat(HUB.count("job")).isZero();
    }

    @Test
    void refused_acknowledgement_of_several_is_repeated_one_by_one() {
        HUB.receive(order("o1", line("l1")), order("o2", line("l2")));
        HUB.orders.acknowledged(answer(array(acknowledgements()), "final"));
        assertThat(HUB.orders.counts()).containsEntry(OrderState.RECEIVED, 2L);
        HUB.receive(order("o3", line("l3")));
        List<JsonNode> alone = acknowledgements();
        assertThat(alone).as("not even with a new one").hasSize(1);
        HUB.orders.acknowledged(answer(array(alone), "final"));
        HUB.acknowledge();
        HUB.acknowledge();
        assertThat(HUB.orders.counts()).containsEntry(OrderState.REVIEW, 1L).containsEntry(OrderState.PO_READY, 2L);
    }

    @ParameterizedTest
    @CsvSource({
        "CJ대한통운, 123456789012, true",
        "CJGLS, 1234567890, true",
        "CJ대한통운, 12345678901, false",
        "롯데택배, 1234567890123, true",
        "경동, 12345678, true",
        "경동, 1234567, false",
        "우체국택배, 12345678901-3, false",
    })
    void number_that_the_market_would_refuse_is_not_sent(String courier, String number, boolean sent) {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(accepted(task, "S1"));
        HUB.ship(task.path("clientRef").asText(), courier, number);
        assertThat(HUB.uploads()).hasSize(sent ? 1 : 0);
        assertThat(HUB.state()).isEqualTo(sent ? OrderState.TRACKING_SENDING : OrderState.REVIEW);
    }

    @Test
    void number_that_is_held_back_says_what_was_expected_and_the_others_go() {
        ship("123456789012", "12345678901");
        assertThat(HUB.uploads()).hasSize(1);
        assertThat(HUB.orders.review(9).get(0).path("reason").asText())
                .isEqualTo(
                        "coupang takes 10 or 12 digits from courier CJ대한통운, and the tracking number 12345678901 has 11");
    }

    @Test
    void naver_has_wider_bounds_than_coupang() {
        Couriers couriers = new Couriers();
        assertThat(couriers.problem("naver", "CJ대한통운", "12345678901")).isEmpty();
        assertThat(couriers.problem("naver", "CJ대한통운", "12345678")).isPresent();
        assertThat(couriers.problem("esm", "CJ대한통운", "1")).as("not known").isEmpty();
        assertThat(couriers.code("naver", "한진")).contains("HANJIN");
    }

    private static void ship(String... numbers) {
        for (int n = 0; n < numbers.length; n++) {
            HUB.receive(order("o" + n, line("l" + n)));
        }
        HUB.acknowledge();
        for (JsonNode task : HUB.place()) {
            String line = task.path("lineId").asText();
            HUB.purchases.answered(accepted(task, "S" + line));
            HUB.ship(task.path("clientRef").asText(), "CJ대한통운", numbers[Integer.parseInt(line.substring(1))]);
        }
    }

    private static List<JsonNode> acknowledgements() {
        return HUB.orders.acknowledgeTasks(HUB.jobs.claim("coupang", "acknowledge-order", 50));
    }

    private static ObjectNode uploaded(List<JsonNode> tasks) {
        ObjectNode result = object();
        ArrayNode ids = result.putArray("uploaded");
        tasks.forEach(task -> ids.add(task.path("lineId").asText()));
        return answer(array(tasks), "ok").set("result", result);
    }
}
