package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.array;
import static hub.order.TestLedger.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.mapping.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upload whose answer was lost is refused when it is repeated; the market is read before a person is asked. */
class UploadChecksTest {

    private static final TestLedger HUB = new TestLedger();
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void upload_is_lost_and_its_repeat_refused() {
        HUB.empty();
        JsonNode task = HUB.sending();
        HUB.purchases.answered(accepted(task, "S1"));
        HUB.ship(task.path("clientRef").asText(), "CJ대한통운", "123456789012");
        HUB.shipments.uploaded(answer(array(HUB.uploads()), "unknown"));
        HUB.pass();
        List<JsonNode> repeat = HUB.uploads();
        HUB.shipments.uploaded(answer(array(repeat), "ok")
                .set("result", mapped("upload-tracking", array(repeat), refusal("INVALID_STATUS"))));
    }

    @Test
    void number_that_the_market_shows_is_uploaded() {
        assertThat(HUB.state()).isEqualTo(OrderState.TRACKING_SENDING);
        List<JsonNode> tasks = checks();
        HUB.shipments.checked(answer(array(tasks), "ok")
                .set("result", mapped("check-upload", array(tasks), boxes("1234-5678-9012", "opt-W1"))));
        assertThat(HUB.state()).isEqualTo(OrderState.DONE);
        assertThat(HUB.count("shipment where state = 'uploaded'")).isEqualTo(1);
        assertThat(HUB.count("job")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"999999999999, opt-W1", "123456789012, opt-W2", "'', opt-W1"})
    void anything_else_that_it_shows_is_a_persons_matter(String number, String option) {
        List<JsonNode> tasks = checks();
        HUB.shipments.checked(
                answer(array(tasks), "ok").set("result", mapped("check-upload", array(tasks), boxes(number, option))));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("INVALID_STATUS").contains("does not show the number");
        assertThat(HUB.count("shipment where state = 'failed'")).isEqualTo(1);
    }

    @Test
    void order_that_cannot_be_read_is_a_persons_matter_and_no_answer_is_asked_for_again() {
        HUB.shipments.checked(answer(array(checks()), "unknown"));
        assertThat(HUB.state()).isEqualTo(OrderState.TRACKING_SENDING);
        HUB.pass();
        HUB.recover();
        assertThat(HUB.uploads()).as("nothing is sent while it is checked").isEmpty();
        HUB.shipments.checked(answer(array(checks()), "final"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
    }

    @Test
    void refusal_that_says_nothing_of_an_earlier_upload_is_not_checked() {
        JsonNode tasks = JSON.createArrayNode().add(object().put("ackId", "7").put("lineId", "l1"));
        JsonNode failed = mapped("upload-tracking", tasks, refusal("PERMISSION_DENIED", 7))
                .path("failed")
                .get(0);
        assertThat(failed.path("check").asBoolean()).isFalse();
    }

    private static List<JsonNode> checks() {
        return HUB.shipments.checkTasks(HUB.jobs.claim("coupang", "check-upload", 1));
    }

    private static JsonNode refusal(String code) {
        return refusal(code, "box-l1");
    }

    private static JsonNode refusal(String code, Object box) {
        ObjectNode body = object();
        body.withObject("/data")
                .putArray("responseList")
                .addObject()
                .put("succeed", false)
                .put("resultCode", code)
                .put("retryRequired", false)
                .set("shipmentBoxId", JSON.valueToTree(box));
        return body;
    }

    private static JsonNode boxes(String number, String option) {
        ObjectNode body = object();
        ObjectNode box = body.putArray("data").addObject();
        box.put("orderId", "o1").put("shipmentBoxId", "another-box").put("invoiceNumber", number);
        box.putArray("orderItems").addObject().put("vendorItemId", option);
        return body;
    }

    private static JsonNode mapped(String file, JsonNode tasks, JsonNode body) {
        try {
            String jq = Files.readString(Path.of("routes/markets/coupang/" + file + ".answer.jq"));
            return new Jq(jq).all(body, Map.of("item", () -> tasks)).get(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
