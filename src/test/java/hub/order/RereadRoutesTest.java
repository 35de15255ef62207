package hub.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.mapping.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The jq of the markets that reads orders again, on the documents of their contracts. */
class RereadRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MARKETS = Path.of("routes/markets");

    @Test
    void coupang_is_asked_once_for_each_order() throws IOException {
        JsonNode requests = run(
                "coupang/reread-order.request.jq",
                JSON.readTree("[{\"orderId\":\"22000009990001\"},{\"orderId\":\"22000009990001\"}]"));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).path("path").asText()).endsWith("/vendors/A1/22000009990001/ordersheets");
    }

    @Test
    void order_read_by_number_is_mapped_as_one_of_a_poll() throws IOException {
        JsonNode order = run("coupang/pull-orders.answer.jq", sample("ordersheet-by-order-01-ok"))
                .path("orders")
                .get(0);
        assertThat(order.path("orderId").asText()).isEqualTo("22000009990001");
        assertThat(order.path("lines").get(0).path("lineId").asText()).isEqualTo("642538970000000001:93000000001");
        assertThat(order.path("lines").get(0).path("status").asText()).isEqualTo("acknowledged");
    }

    @Test
    void refusal_of_a_cancelled_order_is_an_answer_and_other_refusals_are_not() throws IOException {
        String body = sample("ordersheet-by-order-02-error-cancelled").toString();
        JsonNode cancelled = run("coupang/reread-order.verdict.jq", refused("coupang/get-order is refused: " + body));
        assertThat(cancelled.path("outcome").asText()).isEqualTo("ok");
        assertThat(cancelled.path("result").path("cancelled"))
                .extracting(JsonNode::asText)
                .containsExactly("o1");
        assertThat(cancelled.path("item")).hasSize(1);
        JsonNode other = refused("coupang/get-order is refused: Invalid orderId");
        assertThat(run("coupang/reread-order.verdict.jq", other)).isEqualTo(other);
    }

    @Test
    void naver_is_asked_for_300_product_orders_at_once() throws IOException {
        JsonNode tasks = JSON.readTree(IntStream.range(0, 601)
                .mapToObj(n -> "{\"lineId\":\"" + (10_000 + n) + "\"}")
                .collect(Collectors.joining(",", "[", "]")));
        JsonNode requests = run("naver/reread-order.request.jq", tasks);
        assertThat(requests)
                .extracting(
                        request -> request.path("json").path("productOrderIds").size())
                .containsExactly(300, 300, 1);
        assertThat(requests.get(0)
                        .path("json")
                        .path("quantityClaimCompatibility")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void domeggook_says_that_it_finds_by_resemblance() throws IOException {
        Jq jq = new Jq(Files.readString(Path.of("routes/suppliers/domeggook/find-order.answer.jq")));
        JsonNode answer = JSON.readTree("{\"domeggook\":{\"header\":{},\"items\":[]}}");
        JsonNode item = JSON.readTree("{}");
        assertThat(jq.all(answer, Map.of("item", () -> item)).get(0).path("exact"))
                .isEqualTo(JSON.readTree("false"));
    }

    private static JsonNode refused(String reason) {
        return JSON.createObjectNode()
                .put("outcome", "final")
                .put("status", 400)
                .put("reason", reason)
                .set("item", JSON.createArrayNode().add(JSON.createObjectNode().put("orderId", "o1")));
    }

    private static JsonNode sample(String name) throws IOException {
        return JSON.readTree(Path.of("src/test/resources/sandbox/coupang/samples/" + name + ".json")
                        .toFile())
                .path("response")
                .path("body");
    }

    private static JsonNode run(String file, JsonNode input) throws IOException {
        JsonNode partner = JSON.createObjectNode().put("vendorId", "A1");
        return new Jq(Files.readString(MARKETS.resolve(file)))
                .all(input, Map.of("partner", () -> partner))
                .get(0);
    }
}
