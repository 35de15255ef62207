package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that no page of a partner is: each is refused at once, with its bound in words, and counted. */
class AnswerBoundsTest {

    private static final JsonNode GET = json("{\"path\": \"/pages\"}");
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    private final PartnerRig rig = new PartnerRig();

    /** What is timed is the refusal, not the first call of a JVM. */
    @BeforeEach
    void warm() throws IOException {
        rig.server.on("/warm", answer(200, gzip("{}".getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip"));
        rig.partner().call("warm", json("{\"path\": \"/warm\"}"));
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void page_of_10_MB_is_refused_at_once() {
        byte[] page = ("{\"items\":[\"" + "x".repeat(10 * 1024 * 1024) + "\"]}").getBytes(StandardCharsets.UTF_8);

        refused(answer(200, page), "expanded", "8388608B", "hub.partners.acme.max-answer");
    }

    @Test
    void page_that_declares_too_much_is_refused_before_it_comes() {
        refused(
                (request, socket) -> {
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
                    socket.getInputStream().read(); // nothing more, until the caller hangs up
                },
                "expanded",
                "max-answer");
    }

    @Test
    void page_without_a_length_is_refused_at_its_bound() {
        refused(RawPartner.endless(new byte[64 * 1024]), "expanded", "max-answer");
    }

    @Test
    void gzip_bomb_is_refused_by_its_ratio_before_it_is_unpacked() throws IOException {
        byte[] bomb = gzip(new byte[200_000_000]);

        refused(answer(200, bomb, "Content-Encoding: gzip"), "ratio", "200 times", "max-ratio");
    }

    @Test
    void gzip_that_is_large_unpacked_is_refused_though_its_ratio_is_honest() throws IOException {
        rig.set("max-ratio", "2000");
        byte[] large = gzip(new byte[9 * 1024 * 1024]);

        refused(answer(200, large, "Content-Encoding: gzip"), "expanded", "max-answer");
    }

    @Test
    void gzip_that_is_large_as_it_comes_is_refused() throws IOException {
        rig.set("max-packed", "1KB");
        byte[] packed = new byte[2048];

        refused(answer(200, packed, "Content-Encoding: gzip"), "packed", "max-packed");
    }

    @Test
    void page_of_millions_of_parts_is_refused_though_it_is_short() {
        rig.set("max-answer", "32MB");
        byte[] page = ("[" + "0,".repeat(2_500_000) + "0]").getBytes(StandardCharsets.UTF_8);

        refusal(answer(200, page), "shape", "2000000");
    }

    @Test
    void answer_that_drips_is_cut_off_when_its_pace_counts() {
        rig.set("pace-after", "300ms");

        long took = refusal(drip(), "pace", "min-pace");

        assertThat(took).isBetween(300L, 2_000L);
    }

    @Test
    void answer_that_is_slow_for_a_moment_is_read() {
        rig.set("pace-after", "30s");
        rig.server.on("/pages", (request, socket) -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            out.write('}');
        });

        assertThat(rig.partner().call("pages", GET).outcome()).isEqualTo("ok");
    }

    @Test
    void headers_without_end_are_refused() {
        String line = "X-Long: " + "x".repeat(20_000);
        refused(answer(200, "{}", line), "headers", "16 KB");
    }

    @Test
    void encoding_that_was_not_asked_for_is_named() {
        refused(answer(200, "{}", "Content-Encoding: br"), "encoding", "packed as br", "gzip was asked for");

        assertThat(rig.server.requests("/pages").get(0).headers()).containsEntry("accept-encoding", "gzip");
    }

    @Test
    void partner_of_which_one_answer_was_refused_is_called_again_on_a_new_connection() {
        refused(RawPartner.endless(new byte[64 * 1024]), "expanded", "max-answer");
        rig.server.on("/pages", answer(200, "{\"id\": 1}"));

        assertThat(rig.partner().call("pages", GET).body().path("id").asInt()).isEqualTo(1);
    }

    @Test
    void token_that_is_no_token_is_refused_and_counted_too() {
        rig.set("auth", "naver-token");
        rig.set("client-id", "app");
        rig.set("client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz.");
        rig.server.on("/v1/oauth2/token", RawPartner.endless(new byte[64 * 1024]));

        PartnerCallException e = catchThrowableOfType(
                PartnerCallException.class, () -> rig.partner().call("pages", GET));

        assertThat(e.getMessage()).contains("acme", "max-answer");
        assertThat(counted("token", "expanded")).isEqualTo(1);
    }

    private void refused(RawPartner.Reply reply, String limit, String... words) {
        assertThat(refusal(reply, limit, words)).isLessThan(AT_ONCE.toMillis());
    }

    /** Milliseconds that it took. */
    private long refusal(RawPartner.Reply reply, String limit, String... words) {
        rig.server.on("/pages", reply);
        Partner partner = rig.partner();
        long begun = System.nanoTime();

        PartnerCallException e = catchThrowableOfType(PartnerCallException.class, () -> partner.call("pages", GET));

        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        assertThat(e.getMessage()).contains("acme/pages").contains(words);
        assertThat(rig.server.requests("/pages")).hasSize(1);
        assertThat(counted("pages", limit)).isEqualTo(1);
        return took;
    }

    private double counted(String operation, String limit) {
        return rig.meters
                .counter("hub.partner.answers.refused", "partner", "acme", "operation", operation, "limit", limit)
                .count();
    }

    private static RawPartner.Reply drip() {
        return (request, socket) -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        };
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
