package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One call has one deadline, whatever it needs on its way: a token, a second try, its turn. */
class DeadlineTest {

    private static final JsonNode CALL = json("{\"path\": \"/things\", \"json\": {\"id\": 1}}");
    private static final Duration WHOLE = Duration.ofSeconds(6);

    private final PartnerRig rig = new PartnerRig("response-timeout", "3s", "call-deadline", "6s");
    private final AtomicInteger tokens = new AtomicInteger();

    /** What Java loads at the first call is no part of it. */
    @BeforeAll
    static void warm() throws IOException {
        DeadlineTest first = new DeadlineTest();
        first.withTokens(Duration.ZERO);
        first.rig.server.on("/things", answer(200, "{}"));
        first.rig.partner().call("list", CALL);
        first.close();
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void second_try_with_a_new_token_ends_when_the_first_would_have_had_to() {
        withTokens(Duration.ofMillis(100));
        rig.server.on(
                "/things",
                (request, socket) ->
                        (isFirst(request) ? after(Duration.ofMillis(1500), 401) : dripping()).play(request, socket));

        PartnerCallException late = fails();

        assertThat(late.outcome()).isEqualTo("unknown");
        assertThat(late).hasMessageContaining("it took longer than 6000 ms (hub.partners.acme.call-deadline)");
        assertThat(rig.server.requests("/things")).hasSize(2);
    }

    @Test
    void second_try_that_has_no_time_for_its_answer_is_not_made() {
        withTokens(Duration.ofMillis(1500));
        rig.server.on("/things", after(Duration.ofSeconds(2), 401));

        PartnerCallException later = fails();

        assertThat(later.outcome()).as("certainly not accepted").isEqualTo("retry");
        assertThat(later).hasMessageContaining("of 6000 ms went by before it could leave");
        assertThat(rig.server.requests("/things")).hasSize(1);
    }

    @Test
    void token_that_took_the_time_of_its_call_is_used_by_the_next() {
        rig.set("response-timeout", "5900ms"); // half of the whole is enough for an answer
        withTokens(Duration.ofMillis(3600));
        rig.server.on("/things", answer(200, "{}"));
        Partner partner = rig.partner();

        PartnerCallException later = catchThrowableOfType(PartnerCallException.class, () -> partner.call("list", CALL));

        assertThat(later.outcome()).isEqualTo("retry");
        assertThat(rig.server.requests("/things")).isEmpty();
        assertThat(partner.call("list", CALL).outcome()).isEqualTo("ok");
        assertThat(tokens).hasValue(1);
    }

    @Test
    void token_server_that_drips_holds_a_call_no_longer_than_its_deadline() {
        withTokens(Duration.ZERO);
        rig.server.on("/token", dripping());

        assertThat(fails().outcome()).isEqualTo("retry");
        assertThat(rig.server.requests("/things")).isEmpty();
    }

    @Test
    void callers_behind_one_that_waits_for_the_token_wait_no_longer_than_their_own_deadline() {
        withTokens(Duration.ZERO);
        rig.server.on("/token", dripping());
        Partner partner = rig.partner();
        Instant begun = Instant.now();

        List<CompletableFuture<PartnerCallException>> calls = new ArrayList<>();
        for (int call = 0; call < 6; call++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(PartnerCallException.class, () -> partner.call("list", CALL)),
                    task -> new Thread(task).start()));
        }

        assertThat(calls).allSatisfy(call -> assertThat(call.join().outcome()).isEqualTo("retry"));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(WHOLE.plusSeconds(4));
        assertThat(rig.server.requests("/token")).hasSize(1);
    }

    /** Fails within the deadline, and a little for the machine. */
    private PartnerCallException fails() {
        Partner partner = rig.partner();
        Instant begun = Instant.now();
        PartnerCallException failure =
                catchThrowableOfType(PartnerCallException.class, () -> partner.call("list", CALL));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(WHOLE.plusMillis(1400));
        assertThat(failure).isNotNull();
        return failure;
    }

    private void withTokens(Duration each) {
        rig.set("auth", "naver-token");
        rig.set("auth-fields.token-path", "/token");
        rig.set("client-id", "client");
        rig.set("client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz.");
        rig.server.on("/token", (request, socket) -> {
            pass(each);
            String token = "{\"access_token\": \"token-" + tokens.incrementAndGet() + "\", \"expires_in\": 10800}";
            answer(200, token).play(request, socket);
        });
    }

    private static boolean isFirst(RawPartner.Got request) {
        return "Bearer token-1".equals(request.headers().get("authorization"));
    }

    /** A body without end, slow, as long as the caller listens. */
    private static RawPartner.Reply dripping() {
        return (request, socket) -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!socket.isClosed()) {
                out.write(' ');
                pass(Duration.ofMillis(20));
            }
        };
    }

    private static RawPartner.Reply after(Duration time, int status) {
        return (request, socket) -> {
            pass(time);
            answer(status, "{}").play(request, socket);
        };
    }

    private static void pass(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
