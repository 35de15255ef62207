package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.array;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.object;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.mapping.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lines in one box, bought as one parcel or as two. */
class BoxTest {

    private static final TestLedger HUB = new TestLedger();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOW = "111111111111";
    private static final String HIGH = "222222222222";

    private final Map<String, String> refs = new HashMap<>();

    @BeforeEach
    void both_lines_are_bought() {
        HUB.empty();
        HUB.receive(order(
                "o1", line("l1").put("ackId", "b1"), line("l2", "W2", 1, "new").put("ackId", "b1")));
        HUB.acknowledge();
        for (JsonNode task : HUB.place()) {
            String line = task.path("lineId").asText();
            refs.put(line, task.path("clientRef").asText());
            HUB.purchases.answered(accepted(task, "S" + line));
        }
    }

    @Test
    void part_of_a_box_waits_for_the_number_of_the_rest() {
        ship("l1", LOW);
        assertThat(HUB.uploads()).isEmpty();
        assertThat(HUB.state("l1")).isEqualTo(OrderState.SHIPPED);
        assertThat(HUB.count("job where kind = 'upload-tracking' and run_at > now()"))
                .isEqualTo(1);
    }

    @Test
    void lines_of_one_parcel_are_uploaded_as_a_whole_box() {
        ship("l1", LOW);
        ship("l2", LOW);
        List<JsonNode> tasks = HUB.uploads();
        assertThat(tasks).hasSize(2);
        assertThat(tasks).allSatisfy(task -> {
            assertThat(task.path("with")).hasSize(1);
            assertThat(task.path("later")).isEmpty();
            assertThat(task.path("broken").asBoolean()).isFalse();
        });
        uploaded(tasks);
        assertThat(HUB.orders.counts()).containsEntry(OrderState.DONE, 2L);
    }

    @Test
    void line_whose_parcel_went_with_another_line_needs_no_call() {
        ship("l1", LOW);
        ship("l2", LOW);
        uploaded(HUB.shipments.uploadTasks(HUB.jobs.claim("coupang", "upload-tracking", 1)));
        assertThat(HUB.uploads()).isEmpty();
        assertThat(HUB.orders.counts()).containsEntry(OrderState.DONE, 2L);
        assertThat(HUB.count("shipment where state = 'uploaded'")).isEqualTo(2);
    }

    @Test
    void two_parcels_go_one_after_the_other() {
        ship("l2", HIGH);
        ship("l1", LOW);
        List<JsonNode> first = HUB.uploads();
        assertThat(first).extracting(task -> task.path("lineId").asText()).containsExactly("l1");
        assertThat(first.get(0).path("later").get(0).asText()).isEqualTo("opt-W2");
        HUB.pass();
        assertThat(HUB.uploads()).as("the first is not answered yet").isEmpty();
        uploaded(first);
        HUB.pass();
        List<JsonNode> second = HUB.uploads();
        assertThat(second).extracting(task -> task.path("lineId").asText()).containsExactly("l2");
        assertThat(second.get(0).path("broken").asBoolean()).isTrue();
        assertThat(second.get(0).path("later")).isEmpty();
        uploaded(second);
        assertThat(HUB.orders.counts()).containsEntry(OrderState.DONE, 2L);
    }

    @Test
    void box_that_is_not_complete_after_a_day_is_a_persons_matter() {
        ship("l1", LOW);
        HUB.sql
                .sql("update shipment set found_at = found_at - interval '25 hours'")
                .update();
        assertThat(HUB.uploads()).isEmpty();
        assertThat(HUB.state("l1")).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("line l2 of the same box", "resume this one");
    }

    @Test
    void cancelled_line_is_not_waited_for() {
        ship("l1", LOW);
        HUB.sql
                .sql("update order_line set state = 'CANCELLED' where line_id = 'l2'")
                .update();
        assertThat(HUB.uploads()).hasSize(1);
    }

    @Test
    void coupang_is_told_of_the_parcel_that_leaves_and_of_the_one_that_follows() throws IOException {
        JsonNode sample = JSON.readTree(
                        Path.of("src/test/resources/sandbox/coupang/samples/invoice-05-split-first-parcel.json")
                                .toFile())
                .path("request")
                .path("body")
                .path("orderSheetInvoiceApplyDtos");
        JsonNode task = object().put("ackId", "642538970000000001")
                .put("orderId", "22000009990001")
                .put("marketOptionId", "93000000001")
                .put("courier", "CJGLS")
                .put("trackingNo", "680400000011")
                .put("today", "2026-03-06")
                .set("later", JSON.createArrayNode().add("93000000002"));
        assertThat(entries(array(List.of(task)))).isEqualTo(sample);
    }

    @Test
    void coupang_is_told_of_the_rest_of_a_box_and_of_a_whole_one() throws IOException {
        JsonNode rest = object().put("ackId", "7")
                .put("orderId", "8")
                .put("marketOptionId", "9")
                .put("broken", true);
        JsonNode whole = object().put("ackId", "17")
                .put("orderId", "8")
                .put("marketOptionId", "19")
                .set("with", JSON.createArrayNode().add("20"));
        JsonNode entries = entries(array(List.of(rest, whole)));
        assertThat(entries)
                .extracting(entry -> entry.path("shipmentBoxId").asInt() + " "
                        + entry.path("vendorItemId").asInt() + " "
                        + entry.path("splitShipping").asBoolean() + " "
                        + entry.path("preSplitShipped").asBoolean())
                .containsExactlyInAnyOrder("7 9 true true", "17 19 false false", "17 20 false false");
    }

    private void ship(String line, String number) {
        HUB.ship(refs.getOrDefault(line, ""), "CJ대한통운", number);
    }

    private static void uploaded(List<JsonNode> tasks) {
        var result = object();
        var ids = result.putArray("uploaded");
        tasks.forEach(task -> ids.add(task.path("lineId").asText()));
        HUB.shipments.uploaded(answer(array(tasks), "ok").set("result", result));
    }

    private static JsonNode entries(JsonNode tasks) throws IOException {
        JsonNode partner = object().put("vendorId", "A1");
        return new Jq(Files.readString(Path.of("routes/markets/coupang/upload-tracking.request.jq")))
                .all(tasks, Map.of("partner", () -> partner))
                .get(0)
                .path("json")
                .path("orderSheetInvoiceApplyDtos");
    }
}
