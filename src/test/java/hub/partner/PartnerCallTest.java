package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static hub.partner.RawPartner.broken;
import static hub.partner.RawPartner.endless;
import static hub.partner.RawPartner.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One send an attempt, whatever comes back; what may have been accepted is unknown. Source: the ambiguity table. */
class PartnerCallTest {

    private static final JsonNode POST = json("{\"path\": \"/orders\", \"json\": {\"note\": \"a\"}}");
    private static final JsonNode GET = json("{\"path\": \"/orders\"}");

    private final PartnerRig rig = new PartnerRig();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, ok, ok",
        "302, unknown, retry",
        "304, unknown, retry",
        "400, final, final",
        "401, retry, retry",
        "403, retry, retry",
        "404, final, final",
        "408, unknown, retry",
        "409, unknown, retry",
        "413, final, final",
        "422, final, final",
        "429, retry, retry",
        "500, unknown, retry",
        "503, unknown, retry"
    })
    void status_decides_the_class_and_goes_out_once(int status, String ofPost, String ofGet) {
        rig.server.on("/orders", answer(status, status == 304 ? "" : "{\"code\": \"X\"}", "Location: /orders"));

        assertThat(outcome(POST)).isEqualTo(ofPost);
        assertThat(rig.server.requests()).hasSize(1);
        assertThat(outcome(GET)).isEqualTo(ofGet);
        assertThat(rig.server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 no TLS here\r\n\r\n"})
    void partner_with_which_no_tls_stands_was_certainly_asked_for_nothing(String reply) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            rig.set("base-url", "https://127.0.0.1:" + socket.getLocalPort());
            CompletableFuture<Void> partner = CompletableFuture.runAsync(() -> greeted(socket, reply));

            assertThat(outcome(POST)).isEqualTo("retry");
            partner.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 no TLS here\r\n\r\n"})
    void host_with_which_no_tls_stands_is_looked_up_anew(String reply) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Http http = new Http(rig.partner().settings().http(), "test", PartnerRig.lookups(asked))) {
            for (int call = 1; call <= 2; call++) {
                CompletableFuture<Void> partner = CompletableFuture.runAsync(() -> greeted(socket, reply));
                assertThatThrownBy(() -> http.send(
                                new HttpGet("https://moved.example:" + socket.getLocalPort() + "/"),
                                Deadline.in(Duration.ofSeconds(8), Duration.ofSeconds(5))))
                        .isInstanceOf(SSLHandshakeException.class);
                partner.join();
                assertThat(asked).hasValue(call);
            }
        }
    }

    /** Takes the first byte of what should become TLS, and answers in clear or resets. */
    private static void greeted(ServerSocket socket, String reply) {
        try (Socket connection = socket.accept()) {
            int unused = connection.getInputStream().read();
            connection.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            connection.setSoLinger(reply.isEmpty(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void reset_before_the_answer_is_unknown_and_sent_once() {
        play(broken(""), "unknown");
    }

    @Test
    void reset_within_the_headers_is_unknown_and_sent_once() {
        play(broken("HTTP/1.1 200 OK\r\nContent-Le"), "unknown");
    }

    @Test
    void answer_cut_short_is_unknown_and_sent_once() {
        play(broken("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"id\": 1}"), "unknown");
    }

    @Test
    void chunks_cut_short_are_unknown_and_sent_once() {
        play(broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"id\": 1}\r\n"), "unknown");
    }

    @Test
    void html_with_200_is_unknown_and_sent_once() {
        play(answer(200, "<html>점검 중</html>", "Content-Type: text/html"), "unknown");
    }

    @Test
    void empty_answer_is_unknown_and_sent_once() {
        play(answer(200, ""), "unknown");
    }

    @Test
    void change_that_is_answered_without_content_is_done() {
        for (String as : List.of("json", "xml")) {
            rig.server.on("/orders", answer(204, ""));

            Partner.Answer answer =
                    rig.partner().call("create", json("{\"path\": \"/orders\", \"json\": {}, \"as\": \"" + as + "\"}"));

            assertThat(answer.outcome()).isEqualTo("ok");
            assertThat(answer.body().isNull()).isTrue();
        }
    }

    @Test
    void reading_that_is_answered_without_content_was_not_read() {
        rig.server.on("/orders", answer(204, ""));

        assertThat(outcome(GET)).isEqualTo("retry");
    }

    @Test
    void empty_answer_says_what_to_set_where_it_is_the_contract() {
        rig.server.on("/orders", answer(200, ""));

        assertThatThrownBy(() -> rig.partner().call("create", POST))
                .hasMessageContaining("as: \"text\"")
                .hasMessageContaining(".request.jq");
        assertThat(rig.partner()
                        .call("create", json("{\"path\": \"/orders\", \"json\": {}, \"as\": \"text\"}"))
                        .outcome())
                .isEqualTo("ok");
    }

    @Test
    void page_of_a_gateway_with_404_says_nothing_about_our_order() {
        play(answer(404, "<html>no such route</html>"), "unknown");
    }

    @Test
    void timeout_is_unknown_and_an_answer_that_comes_late_changes_nothing() {
        rig.set("response-timeout", "200ms");

        play(late("{\"id\": 1}"), "unknown");
    }

    @Test
    void answer_that_drips_is_cut_off_at_the_deadline() {
        rig.set("response-timeout", "400ms");
        rig.set("call-deadline", "400ms");

        play(endless(new byte[] {' '}), "unknown");
    }

    @Test
    void connection_that_is_refused_was_not_sent() throws IOException {
        rig.server.close();

        assertThatThrownBy(() -> rig.partner().call("order", POST))
                .isInstanceOfSatisfying(
                        PartnerCallException.class, e -> assertThat(e.outcome()).isEqualTo("retry"));
    }

    @Test
    void path_that_would_go_on_the_name_of_the_host_is_sent_to_nobody() {
        assertThat(rig.partner().call("order", json("{\"path\": \".evil.example/orders\"}")))
                .satisfies(answer -> {
                    assertThat(answer.outcome()).isEqualTo("final");
                    assertThat(answer.reason()).contains("begins with /", ".evil.example/orders");
                });
        assertThat(rig.server.requests()).isEmpty();
    }

    @Test
    void redirect_is_not_followed() {
        rig.server.on("/orders", answer(302, "", "Location: /elsewhere"));

        assertThat(outcome(GET)).isEqualTo("retry");
        assertThat(rig.server.requests("/elsewhere")).isEmpty();
    }

    @Test
    void cookies_are_not_kept() {
        rig.server.on("/orders", answer(200, "{}", "Set-Cookie: session=1; Path=/"));
        Partner partner = rig.partner();

        partner.call("order", GET);
        partner.call("order", GET);

        assertThat(rig.server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
    }

    @Test
    void page_beyond_its_bound_is_refused_long_before_its_end() {
        rig.set("max-answer", "1MB");

        Instant begun = Instant.now();
        play(endless(new byte[64 * 1024]), "unknown");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void bomb_is_refused_by_its_ratio() throws IOException {
        byte[] bomb = gzip(new byte[30_000_000]);
        assertThat(bomb.length).isLessThan(100_000);

        play(answer(200, bomb, "Content-Encoding: gzip"), "unknown");
    }

    @Test
    void honest_gzip_is_unpacked_whatever_the_case_of_its_name() throws IOException {
        rig.server.on(
                "/orders", answer(200, gzip("{\"id\": 7}".getBytes(StandardCharsets.UTF_8)), "Content-Encoding: GZIP"));

        assertThat(rig.partner().call("order", GET).body().path("id").asInt()).isEqualTo(7);
    }

    @Test
    void limit_is_told_with_the_wait_that_the_partner_asks_for() {
        rig.server.on("/orders", answer(429, "{}", "Retry-After: 7"));

        assertThatThrownBy(() -> rig.partner().call("order", POST))
                .isInstanceOfSatisfying(
                        PartnerCallException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(rig.limited).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void partner_that_is_away_for_a_while_is_left_alone_for_as_long_as_it_says() {
        rig.server.on("/orders", answer(503, "{}", "Retry-After: 9"));

        assertThat(outcome(POST)).isEqualTo("unknown");
        assertThat(rig.limited).containsExactly(Duration.ofSeconds(9));
        rig.server.on("/orders", answer(503, "{}"));
        assertThat(outcome(POST)).isEqualTo("unknown");
        assertThat(rig.limited).hasSize(1);
    }

    @Test
    void answer_stands_when_nobody_can_be_told_of_the_limit() {
        rig.server
                .on("/orders", answer(200, "{}", rate("5"), burst("9"), "GNCP-GW-RateLimit-Remaining: 1"))
                .on("/limited", answer(429, "{}"));
        Partner partner = rig.partners(new Deaf()).get("acme");

        assertThat(partner.call("order", POST).outcome()).isEqualTo("ok");
        assertThatThrownBy(() -> partner.call("order", json("{\"path\": \"/limited\", \"json\": {}}")))
                .isInstanceOf(PartnerCallException.class);
    }

    @Test
    void header_that_is_no_number_spoils_no_answer() {
        rig.server.on("/orders", answer(200, "{}", rate("9999999999"), burst("9"), "GNCP-GW-RateLimit-Remaining: 1"));

        assertThat(outcome(POST)).isEqualTo("ok");
    }

    private void play(RawPartner.Reply reply, String outcome) {
        rig.server.on("/orders", reply);

        assertThat(outcome(POST)).isEqualTo(outcome);
        assertThat(rig.server.requests()).hasSize(1);
    }

    private String outcome(JsonNode request) {
        try {
            return rig.partner().call("order", request).outcome();
        } catch (PartnerCallException e) {
            return e.outcome();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String rate(String value) {
        return "GNCP-GW-RateLimit-Replenish-Rate: " + value;
    }

    private static String burst(String value) {
        return "GNCP-GW-RateLimit-Burst-Capacity: " + value;
    }

    /** Cannot keep anything, as when Postgres is away. */
    private static final class Deaf implements AnswerWatch {
        @Override
        public void limited(String partner, String operation, Duration retryAfter, String why) {
            throw new IllegalStateException("away");
        }

        @Override
        public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {
            throw new IllegalStateException("away");
        }
    }
}
