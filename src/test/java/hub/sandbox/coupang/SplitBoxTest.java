package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.mapping.Jq;
import hub.sandbox.coupang.Vendor.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub writes for a box of two parcels, as Coupang takes it. */
class SplitBoxTest {

    @TempDir
    private Path folder;

    @Test
    void box_leaves_in_two_parcels_and_both_are_shown_with_their_numbers() throws IOException {
        Vendor vendor = new Vendor(folder, 60);
        vendor.listed("OC-1", 99_999);
        vendor.pass(Duration.ofHours(2));
        JsonNode box = boxOfTwo(vendor);
        vendor.acknowledge(List.of(box.path("shipmentBoxId").asLong()));

        ObjectNode first = task(box, 0, "680400000001");
        first.putArray("later")
                .add(box.path("orderItems").get(1).path("vendorItemId").asText());
        assertThat(result(upload(vendor, first))).isEqualTo("OK");
        ObjectNode second = task(box, 1, "680400000002").put("broken", true);
        assertThat(result(upload(vendor, second))).isEqualTo("OK");

        String orders = Vendor.API + "v5/vendors/" + Vendor.ID + "/"
                + box.path("orderId").asLong() + "/ordersheets";
        ArrayNode tasks = Envelope.array().add(first).add(second);
        JsonNode shown = jq("check-upload.answer.jq", vendor.get(orders).body(), tasks);
        assertThat(shown.path("uploaded")).extracting(JsonNode::asText).containsExactly("l0", "l1");
    }

    private static JsonNode boxOfTwo(Vendor vendor) {
        for (JsonNode box : vendor.orders("ACCEPT")) {
            if (box.path("orderItems").size() == 2) {
                return box;
            }
        }
        throw new AssertionError("nobody bought two options");
    }

    private static ObjectNode task(JsonNode box, int item, String number) {
        return Envelope.object()
                .put("lineId", "l" + item)
                .put("ackId", box.path("shipmentBoxId").asText())
                .put("orderId", box.path("orderId").asText())
                .put(
                        "marketOptionId",
                        box.path("orderItems").get(item).path("vendorItemId").asText())
                .put("courier", "CJGLS")
                .put("trackingNo", number)
                .put("today", "2026-03-02");
    }

    private static Reply upload(Vendor vendor, ObjectNode task) throws IOException {
        ArrayNode tasks = Envelope.array().add(task);
        JsonNode request = jq("upload-tracking.request.jq", tasks, tasks);
        return vendor.call(
                "POST", request.path("path").asText(), request.path("json").toString());
    }

    private static JsonNode jq(String file, JsonNode input, JsonNode item) throws IOException {
        JsonNode partner = Envelope.object().put("vendorId", Vendor.ID);
        return new Jq(Files.readString(Path.of("routes/markets/coupang/" + file)))
                .all(input, Map.of("partner", () -> partner, "item", () -> item))
                .get(0);
    }

    private static String result(Reply reply) {
        return reply.data().path("responseList").path(0).path("resultCode").asText();
    }
}
