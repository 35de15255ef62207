package hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault, seen from the caller's end of a real socket. */
class FaultsTest {

    private static final String ORDER = "POST /shop/orders HTTP/1.1\r\nContent-Length: 4\r\n\r\nPO-1";

    @TempDir
    private Path state;

    private final Shop shop = new Shop();
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        SandboxOptions options =
                new SandboxOptions(true, 0, 10, 720, 1, 0, 7, state, state.resolve("handoff"), Map.of());
        sandbox = new Sandbox(
                options, new SandboxClock(Clock.systemUTC(), 720), Map.of("shop", (o, clock, store) -> shop));
        sandbox.start();
        caller = new Caller(sandbox.port());
    }

    @AfterEach
    void stop() {
        sandbox.stop();
    }

    @Test
    void latency_delays_the_answer() throws Exception {
        caller.fault("{\"fault\":\"latency\",\"ms\":300}");
        long from = System.nanoTime();
        assertThat(order().statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - from).isGreaterThan(300_000_000);
        assertLine(200, "order-created", "latency", true);
    }

    @Test
    void too_many_calls_are_refused_without_effect() throws Exception {
        caller.fault("{\"fault\":\"429\",\"retryAfter\":\"5\"}");
        HttpResponse<String> answer = order();
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertLine(429, "", "429", true);
    }

    @Test
    void server_error_before_the_work_has_no_effect() throws Exception {
        caller.fault("{\"fault\":\"5xx\",\"status\":502}");
        assertThat(order().statusCode()).isEqualTo(502);
        assertLine(502, "", "5xx", true);
        assertThat(shop.requests).isEmpty();
    }

    @Test
    void server_error_after_the_work_has_an_effect() throws Exception {
        caller.fault("{\"fault\":\"5xx-after\"}");
        assertThat(order().statusCode()).isEqualTo(503);
        assertLine(503, "order-created", "5xx-after", true);
    }

    @Test
    void reset_comes_before_the_work() throws Exception {
        caller.fault("{\"fault\":\"reset\"}");
        assertThatThrownBy(() -> caller.raw(ORDER))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertLine(0, "", "reset", false);
    }

    @Test
    void dropped_reply_hides_an_order_that_exists() throws Exception {
        caller.fault("{\"fault\":\"drop-reply\"}");
        assertThat(caller.raw(ORDER)).isEmpty();
        assertLine(200, "order-created", "drop-reply", false);
    }

    @Test
    void late_order_appears_after_the_gateway_gave_up() throws Exception {
        caller.fault("{\"fault\":\"accept-late\",\"ms\":400}");
        assertThat(order().statusCode()).isEqualTo(504);
        assertThat(caller.journal("")).isEmpty();
        await().until(() -> !caller.journal("").isEmpty());
        assertLine(504, "order-created", "accept-late", true);
    }

    @Test
    void truncated_answer_announces_all_and_brings_half() throws Exception {
        caller.fault("{\"fault\":\"truncate\"}");
        String raw = caller.raw(ORDER);
        assertThat(raw).contains("Content-Length: 4000");
        assertThat(raw.substring(raw.indexOf("\r\n\r\n") + 4)).hasSize(2000);
        assertLine(200, "order-created", "truncate", false);
    }

    @Test
    void html_comes_instead_of_the_work() throws Exception {
        caller.fault("{\"fault\":\"html-error\"}");
        HttpResponse<String> answer = order();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<html>");
        assertLine(200, "", "html-error", true);
    }

    @Test
    void slow_answer_comes_byte_by_byte() throws Exception {
        caller.fault("{\"fault\":\"slow\"}");
        try (Socket socket = caller.socket(ORDER)) {
            StringBuilder read = new StringBuilder();
            while (!read.toString().contains("\r\n\r\n")) {
                read.append((char) socket.getInputStream().read());
            }
            assertThat(socket.getInputStream().readNBytes(2)).isEqualTo("01".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().available()).isZero();
        }
        assertLine(200, "order-created", "slow", true);
    }

    @Test
    void content_fault_reaches_the_simulator() throws Exception {
        caller.fault("{\"fault\":\"price-zero\",\"partner\":\"shop\",\"operation\":\"create\"}");
        order();
        caller.call("GET", "/shop/orders", "");
        assertThat(shop.requests.get(0).faults()).containsExactly("price-zero");
        assertThat(shop.requests.get(1).faults()).isEmpty();
    }

    @Test
    void fault_hits_as_often_as_wished_and_is_listed_until_then() throws Exception {
        JsonNode fault = Caller.json(caller.fault("{\"fault\":\"5xx\",\"count\":2,\"operation\":\"create\"}")
                .body());
        caller.call("GET", "/shop/orders", "");
        order();
        JsonNode listed = Caller.json(caller.call("GET", "/sandbox/faults", "").body());
        assertThat(listed.get(0).path("id")).isEqualTo(fault.path("id"));
        assertThat(listed.get(0).path("remaining").asInt()).isEqualTo(1);
        assertThat(order().statusCode()).isEqualTo(503);
        assertThat(order().statusCode()).isEqualTo(200);
    }

    @Test
    void share_of_the_calls_is_hit() throws Exception {
        caller.fault("{\"fault\":\"5xx\",\"share\":0.5}");
        int hits = 0;
        for (int i = 0; i < 200; i++) {
            hits += order().statusCode() == 503 ? 1 : 0;
        }
        assertThat(hits).isBetween(60, 140);
    }

    @Test
    void fault_goes_away_when_deleted() throws Exception {
        JsonNode fault = Caller.json(caller.fault("{\"fault\":\"5xx\"}").body());
        caller.call("DELETE", "/sandbox/faults/" + fault.path("id").asText(), "");
        assertThat(order().statusCode()).isEqualTo(200);
        caller.fault("{\"fault\":\"5xx\"}");
        caller.call("DELETE", "/sandbox/faults", "");
        assertThat(order().statusCode()).isEqualTo(200);
    }

    @Test
    void fault_that_nobody_can_play_is_refused() throws Exception {
        assertThat(caller.fault("{\"fault\":\"earthquake\"}").statusCode()).isEqualTo(400);
        assertThat(caller.fault("{\"fault\":\"5xx\",\"partner\":\"nobody\"}").body())
                .contains("shop");
        assertThat(caller.fault("{\"fault\":\"5xx\",\"often\":1}").body()).contains("often");
        assertThat(caller.fault("not json").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> order() throws IOException, InterruptedException {
        return caller.call("POST", "/shop/orders", "PO-1");
    }

    private void assertLine(int status, String effect, String fault, boolean answered) {
        JsonNode line = caller.journal("").get(0);
        assertThat(line.path("status").asInt()).isEqualTo(status);
        assertThat(line.path("effect").asText()).isEqualTo(effect);
        assertThat(line.path("fault").asText()).isEqualTo(fault);
        assertThat(line.path("answered").asBoolean()).isEqualTo(answered);
    }
}
