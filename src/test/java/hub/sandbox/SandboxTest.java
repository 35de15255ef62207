package hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

    @TempDir
    private Path state;

    private final Shop shop = new Shop();
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        sandbox = sandbox(0);
        sandbox.start();
        caller = new Caller(sandbox.port());
    }

    @AfterEach
    void stop() {
        sandbox.stop();
    }

    private Sandbox sandbox(int port) {
        return new Sandbox(
                options(port), new SandboxClock(Clock.systemUTC(), 720), Map.of("shop", (o, clock, store) -> shop));
    }

    private SandboxOptions options(int port) {
        return new SandboxOptions(true, port, 10, 720, 1, 0, 7, state, state.resolve("handoff"), Map.of());
    }

    @Test
    void target_arrives_exactly_as_it_was_sent() throws Exception {
        caller.raw("GET /shop/a%2fb//c;x=%7E?q=%ea%b0%80+%20&&z HTTP/1.1\r\nX-One: 1\r\nConnection: close\r\n\r\n");
        Request request = shop.requests.get(0);
        assertThat(request.target()).isEqualTo("/shop/a%2fb//c;x=%7E?q=%ea%b0%80+%20&&z");
        assertThat(request.path()).isEqualTo("/a%2fb//c;x=%7E");
        assertThat(request.query()).isEqualTo("q=%ea%b0%80+%20&&z");
        assertThat(request.headers()).containsEntry("x-one", "1");
    }

    @Test
    void chunked_body_is_put_together_and_the_connection_lasts() throws Exception {
        String chunked =
                "POST /shop/o HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        String second = "GET /shop/o HTTP/1.1\r\nConnection: close\r\n\r\n";
        assertThat(caller.raw(chunked + second)).containsOnlyOnce("Connection: close");
        assertThat(caller.journal("?operation=create"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("ref").asText()).isEqualTo("abcde"));
        assertThat(caller.journal("?operation=read")).hasSize(1);
    }

    @Test
    void long_answer_is_packed_when_asked() throws Exception {
        java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
        var request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + sandbox.port() + "/shop/x"))
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .hasSize(4000);
    }

    @Test
    void journal_holds_the_truth_and_no_query() throws Exception {
        caller.call("POST", "/shop/orders?key=secret", "PO-1");
        JsonNode line = caller.journal("").get(0);
        assertThat(line.path("seq").asLong()).isEqualTo(1);
        assertThat(line.path("partner").asText()).isEqualTo("shop");
        assertThat(line.path("operation").asText()).isEqualTo("create");
        assertThat(line.path("path").asText()).isEqualTo("/shop/orders");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("ref").asText()).isEqualTo("PO-1");
        assertThat(line.path("effect").asText()).isEqualTo("order-created");
        assertThat(line.path("answered").asBoolean()).isTrue();
        assertThat(line.path("at").asText()).matches("\\d{4}-.*\\.\\d{3}Z");
        assertThat(line.toString()).doesNotContain("secret");
    }

    @Test
    void journal_is_read_from_a_number_or_an_instant_on() throws Exception {
        for (int i = 1; i <= 5; i++) {
            caller.call("POST", "/shop/orders", "PO-" + i);
        }
        assertThat(seqs("?since=3")).containsExactly(4L, 5L);
        assertThat(seqs("?since=2000-01-01T00:00:00Z&partner=shop")).hasSize(5);
        assertThat(seqs("?since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(seqs("?partner=other")).isEmpty();
        assertThat(caller.call("GET", "/sandbox/journal?since=yesterday", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void journal_goes_on_after_a_process_that_died_in_the_middle_of_a_line() throws Exception {
        caller.call("POST", "/shop/orders", "PO-1");
        caller.call("POST", "/shop/orders", "PO-2");
        sandbox.stop();
        Files.writeString(state.resolve("journal.jsonl"), "{\"seq\":3,\"at", StandardOpenOption.APPEND);
        sandbox = sandbox(0);
        sandbox.start();
        caller = new Caller(sandbox.port());
        caller.call("POST", "/shop/orders", "PO-3");
        assertThat(caller.journal(""))
                .extracting(line -> line.path("ref").asText())
                .containsExactly("PO-1", "PO-2", "PO-3");
        assertThat(seqs("")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void second_sandbox_is_told_what_to_do_about_the_port_and_the_state() {
        assertThatThrownBy(() -> sandbox(sandbox.port()).start()).hasMessageContaining("hub.sandbox.port=");
        assertThatThrownBy(() -> sandbox(0).start()).hasMessageContaining("hub.sandbox.state=");
    }

    @Test
    void simulator_that_fails_answers_500_and_the_next_call_is_served() throws Exception {
        assertThat(caller.call("POST", "/shop/orders", "explode").statusCode()).isEqualTo(500);
        assertThat(caller.call("GET", "/shop/orders", "").statusCode()).isEqualTo(200);
    }

    @Test
    void request_that_is_no_http_is_refused() throws Exception {
        assertThat(caller.raw("HELLO\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void pictures_are_square_jpegs_that_differ() throws Exception {
        byte[] one = new Pictures().of(1);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(one));
        assertThat(image.getWidth()).isEqualTo(image.getHeight()).isGreaterThanOrEqualTo(600);
        assertThat(one).hasSizeLessThan(60_000).isNotEqualTo(new Pictures().of(2));
        assertThat(caller.call("GET", "/images/shop/17.jpg", "").headers().firstValue("Content-Type"))
                .contains("image/jpeg");
        assertThat(caller.call("GET", "/images/shop/x.jpg", "").statusCode()).isEqualTo(404);
    }

    @Test
    void overview_names_the_partners() throws Exception {
        JsonNode overview = Caller.json(caller.call("GET", "/sandbox", "").body());
        assertThat(overview.path("partners").get(0).asText()).isEqualTo("shop");
        assertThat(overview.path("products").asInt()).isEqualTo(10);
    }

    @Test
    void pictures_are_told_at_the_port_that_was_bound() {
        sandbox.stop();
        List<String> told = new CopyOnWriteArrayList<>();
        sandbox = new Sandbox(
                options(0), new SandboxClock(Clock.systemUTC(), 720), Map.of("shop", (bound, clock, store) -> {
                    told.add(bound.imageUrl("shop", 1));
                    return shop;
                }));
        sandbox.start();
        assertThat(told).containsExactly("http://127.0.0.1:" + sandbox.port() + "/images/shop/1.jpg");
    }

    private List<Long> seqs(String query) {
        return caller.journal(query).stream()
                .map(line -> line.path("seq").asLong())
                .toList();
    }
}
