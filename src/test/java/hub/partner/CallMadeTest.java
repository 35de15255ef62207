package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of calls: one for each that left, its class, its bytes on the wire, its price. */
class CallMadeTest {

    private static final JsonNode GET = json("{\"path\": \"/things\"}");
    private static final JsonNode POST = json("{\"path\": \"/things\", \"json\": {\"a\": \"가\"}}");

    private final PartnerRig rig = new PartnerRig("cost-per-call", "1500");
    private final List<CallMade> made = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, ok, ok", "400, final, final", "404, final, final", "401, credentials, credentials",
        "403, credentials, credentials", "429, limited, limited", "500, retry, unknown", "503, retry, unknown"
    })
    void answer_has_a_class(int status, String ofReading, String ofChange) {
        rig.server.on("/things", answer(status, "{\"b\": 1}"));

        call(GET);
        call(POST);

        assertThat(made).extracting(CallMade::kind).containsExactly(ofReading, ofChange);
        assertThat(made).extracting(CallMade::bytesOut).containsExactly(0L, 11L);
        assertThat(made).extracting(CallMade::bytesIn).containsOnly(8L);
        assertThat(made).extracting(CallMade::costMilliWon).containsOnly(1_500L);
        assertThat(meter("hub.partner.bytes", "out")).isEqualTo(11);
        assertThat(meter("hub.partner.bytes", "in")).isEqualTo(16);
        assertThat(rig.meters.get("hub.partner.cost").counter().count()).isEqualTo(3);
    }

    @Test
    void bytes_are_counted_as_they_came_packed() throws IOException {
        byte[] packed = packed("{\"text\": \"" + "a".repeat(5_000) + "\"}");
        rig.server.on("/things", answer(200, packed, "Content-Encoding: gzip"));

        call(GET);

        assertThat(made).extracting(CallMade::bytesIn).containsExactly((long) packed.length);
    }

    @Test
    void call_that_broke_off_is_one_and_a_call_that_never_left_is_none() {
        rig.server.on("/things", RawPartner.broken(""));
        call(POST);
        assertThat(made).extracting(CallMade::kind).containsExactly("unknown");
        assertThat(made.get(0).bytesOut()).isEqualTo(11);

        rig.set(
                "base-url",
                "http://127.0.0.1:1"); // nobody listens there; a port that was closed may be another's by now
        call(POST);
        assertThat(made).hasSize(1);
    }

    @Test
    void token_is_a_call_too_and_the_repetition_after_a_refusal_is_marked() {
        rig.set("auth", "naver-token");
        rig.set("auth-fields.token-path", "/token");
        rig.set("client-id", "client");
        rig.set("client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz.");
        rig.server.on("/token", answer(200, "{\"access_token\": \"t\", \"expires_in\": 10800}"));
        rig.server.on("/things", answer(401, "{}"));

        call(GET);

        assertThat(made)
                .extracting(one -> one.operation() + " " + one.kind() + " " + one.repeated())
                .containsExactly("token ok false", "list credentials false", "token ok false", "list credentials true");
        assertThat(made.get(0).bytesOut()).isGreaterThan(100);
        assertThat(made.get(0).took()).isPositive();
    }

    private double meter(String name, String direction) {
        return rig.meters.get(name).tag("direction", direction).counter().count();
    }

    private void call(JsonNode request) {
        AnswerWatch watch = new AnswerWatch() {
            @Override
            public void limited(String partner, String operation, Duration retryAfter, String why) {}

            @Override
            public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}

            @Override
            public void made(CallMade call) {
                made.add(call);
            }
        };
        try {
            assertThat(rig.partners(watch).get("acme").call("list", request).outcome())
                    .isIn("ok", "final");
        } catch (PartnerCallException e) {
            assertThat(e.outcome()).isIn("retry", "unknown");
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
