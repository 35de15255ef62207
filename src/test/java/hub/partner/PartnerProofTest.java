package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hub.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.utils.DateUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who we are to a partner: signatures over the very bytes that are sent, and tokens that are bought once. */
class PartnerProofTest {

    private static final JsonNode CALL = json("{\"path\": \"/things\"}");
    private static final int CALLERS = 8;

    private final PartnerRig rig = new PartnerRig();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void coupang_signature_covers_what_is_on_the_wire_with_the_prefix_of_the_base_url() throws Exception {
        rig.set("base-url", rig.server.url() + "/gate");
        rig.set("auth", "coupang-hmac");
        rig.set("access-key", "access");
        rig.set("secret-key", "key-of-the-test");
        rig.set("vendor-id", "A001");
        rig.server.on("/gate/v2/things", answer(200, "{}"));

        rig.partner().call("list", json("""
                                {"path": "/v2/things", "query": {"from": "2026-03-01T00:00+09:00", "name": "한 글", "to": "a,b~c&d=e"}}
                                """));

        RawPartner.Got got = rig.server.requests().get(0);
        assertThat(got.target())
                .isEqualTo("/gate/v2/things?from=2026-03-01T00:00%2B09:00&name=%ED%95%9C%20%EA%B8%80&to=a,b~c%26d%3De");
        String signed = "260301T000000ZGET" + got.target().replace("?", "");
        assertThat(got.headers().get("authorization"))
                .isEqualTo("CEA algorithm=HmacSHA256, access-key=access, signed-date=260301T000000Z, signature="
                        + hmac("key-of-the-test", signed));
        assertThat(got.headers()).containsEntry("x-requested-by", "A001");
    }

    @Test
    void signature_carries_the_time_of_the_partner_and_one_with_ours_is_made_again_at_once() {
        withSignature();
        String theirs = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(15));
        rig.server.on(
                "/v2/things",
                (request, socket) -> answer(
                                request.headers().toString().contains("T0000") ? 401 : 200, "{}", "Date: " + theirs)
                        .play(request, socket));

        assertThat(rig.partner()
                        .call("list", json("{\"path\": \"/v2/things\"}"))
                        .outcome())
                .isEqualTo("ok");

        assertThat(rig.server.requests()).hasSize(2);
        assertThat(rig.server.requests().get(1).headers().get("authorization"))
                .containsPattern("signed-date=260301T001[45]");
    }

    @Test
    void date_that_is_not_the_clock_signatures_are_judged_by_costs_one_call() {
        withSignature();
        String seoulAsGmt = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(9));
        rig.server.on(
                "/v2/things",
                (request, socket) -> answer(
                                request.headers().toString().contains("T0000") ? 200 : 401, "{}", "Date: " + seoulAsGmt)
                        .play(request, socket));
        Partner partner = rig.partner();

        for (int call = 0; call < 5; call++) {
            assertThat(partner.call("list", json("{\"path\": \"/v2/things\"}")).outcome())
                    .isEqualTo("ok");
        }

        assertThat(rig.server.requests()).hasSize(6);
    }

    @Test
    void key_that_is_dead_at_a_partner_with_another_date_costs_three_calls() {
        withSignature();
        String theirs = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(9));
        rig.server.on("/v2/things", answer(401, "{}", "Date: " + theirs));
        Partner partner = rig.partner();

        for (int call = 0; call < 2; call++) { // by then it was counted three times, and is stopped
            assertThatThrownBy(() -> partner.call("list", json("{\"path\": \"/v2/things\"}")))
                    .hasMessageContaining("401");
        }

        assertThat(rig.server.requests()).hasSize(3);
    }

    @Test
    void time_of_an_answer_that_lay_in_a_cache_is_not_believed() {
        withSignature();
        rig.server.on("/v2/things", answer(401, "{}", "Date: Sun, 01 Mar 2020 00:00:00 GMT", "Age: 9"));

        assertThatThrownBy(() -> rig.partner().call("list", json("{\"path\": \"/v2/things\"}")))
                .hasMessageContaining("401");

        assertThat(rig.server.requests()).hasSize(1);
    }

    @Test
    void address_that_would_leave_otherwise_than_it_was_signed_is_not_sent() {
        withSignature();

        for (String call : List.of(
                "{\"path\": \"/v2/things/한글\"}",
                "{\"path\": \"/v2/things\", \"query\": \"name=한글\"}",
                "{\"path\": \"/v2/things/a#b\", \"query\": {\"stop\": 1}}")) {
            Partner.Answer refused = rig.partner().call("list", json(call));
            assertThat(refused.outcome()).isEqualTo("final");
            assertThat(refused.reason()).contains("percent-encoded");
        }

        assertThat(rig.server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\": \"wrong password\"}", "Login failed, try again later", "\"\""})
    void login_that_is_answered_with_words_gives_no_token(String words) {
        rig.set("auth", "login-jwt");
        rig.set("auth-url", rig.server.url() + "/login");
        rig.set("username", "user");
        rig.set("password", "password");
        rig.set("call-deadline", "30s");
        rig.server.on("/login", answer(200, words)).on("/things", answer(200, "{}"));

        assertThatThrownBy(() -> rig.partner().call("list", json("{\"path\": \"/things\"}")))
                .hasMessageContaining("without a token");

        assertThat(rig.server.requests("/things")).isEmpty();
    }

    @Test
    void token_with_a_life_that_is_no_number_of_seconds_is_bought_once() {
        rig.set("auth", "naver-token");
        rig.set("client-id", "7client");
        rig.set("client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz.");
        rig.server
                .on(
                        "/v1/oauth2/token",
                        answer(200, "{\"access_token\": \"t0k3n\", \"expires_in\": 9223372036854775807}"))
                .on("/things", answer(200, "{}"));
        Partner partner = rig.partner();

        partner.call("list", json("{\"path\": \"/things\"}"));
        partner.call("list", json("{\"path\": \"/things\"}"));

        assertThat(rig.server.requests("/v1/oauth2/token")).hasSize(1);
    }

    private void withSignature() {
        rig.set("auth", "coupang-hmac");
        rig.set("access-key", "access");
        rig.set("secret-key", "key-of-the-test");
        rig.set("vendor-id", "A001");
    }

    @Test
    void form_is_encoded_as_utf_8_and_carries_id_and_key() {
        rig.set("auth", "id-and-key");
        rig.set("id", "shop");
        rig.set("key", "k+1");
        rig.set("auth-fields.id", "id");
        rig.set("auth-fields.key", "m_skey");
        rig.server.on("/things", answer(200, "{}"));

        rig.partner().call("list", json("{\"path\": \"/things\", \"form\": {\"이름\": \"1+1 = 2\"}}"));

        RawPartner.Got got = rig.server.requests().get(0);
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.target()).isEqualTo("/things");
        assertThat(got.body()).isEqualTo("%EC%9D%B4%EB%A6%84=1%2B1%20%3D%202&id=shop&m_skey=k%2B1");
        assertThat(got.headers().get("content-type")).startsWith("application/x-www-form-urlencoded");
    }

    @Test
    void session_is_sent_only_with_calls_that_need_it() {
        rig.set("auth", "key-and-session");
        rig.set("api-key", "aid-1");
        rig.set("session-id", "sid-1");
        rig.set("auth-fields.api-key", "aid");
        rig.set("auth-fields.session-id", "sId");
        rig.server.on("/things", answer(200, "{}"));

        rig.partner().call("list", CALL);
        rig.partner().call("list", json("{\"path\": \"/things\", \"session\": true}"));

        assertThat(rig.server.requests().get(0).target()).contains("aid=aid-1").doesNotContain("sId");
        assertThat(rig.server.requests().get(1).target()).contains("aid=aid-1").contains("sId=sid-1");
    }

    @Test
    void eight_callers_without_a_token_buy_one() throws Exception {
        withTokens();
        rig.server.on("/things", answer(200, "{}"));

        assertThat(together(rig.partner())).containsOnly("ok");

        assertThat(rig.server.requests("/token")).hasSize(1);
        assertThat(rig.server.requests("/things")).hasSize(CALLERS);
    }

    @Test
    void eight_callers_with_a_token_that_ended_early_buy_one_more() throws Exception {
        withTokens();
        rig.server.on("/things", refusing("Bearer token-1"));

        assertThat(together(rig.partner())).containsOnly("ok");

        assertThat(rig.server.requests("/token")).hasSize(2);
        assertThat(rig.server.requests("/things").size()).isBetween(CALLERS + 1, 2 * CALLERS);
    }

    @Test
    void token_that_is_refused_is_renewed_once_and_the_call_made_once_more() {
        withTokens();
        rig.server.on("/things", refusing("Bearer token-1"));

        assertThat(rig.partner().call("list", CALL).outcome()).isEqualTo("ok");

        assertThat(rig.server.requests("/token")).hasSize(2);
        assertThat(rig.server.requests("/things")).hasSize(2);
    }

    @Test
    void key_that_was_revoked_costs_two_tokens_however_often_we_call() {
        withTokens();
        rig.server.on("/things", answer(401, "{}"));
        Partner partner = rig.partner();

        for (int call = 1; call <= 5; call++) {
            assertThatThrownBy(() -> partner.call("list", CALL)).isInstanceOf(PartnerCallException.class);
        }

        assertThat(rig.server.requests("/token")).hasSize(2);
        assertThat(rig.limited).hasSize(5);
    }

    @Test
    void wrong_password_is_tried_once_in_half_a_minute_and_no_call_goes_out() {
        withTokens();
        rig.server.on("/token", answer(403, "{\"code\": \"GW.AUTHN\"}"));
        Partner partner = rig.partner();

        for (int call = 1; call <= 5; call++) {
            assertThatThrownBy(() -> partner.call("list", CALL))
                    .isInstanceOfSatisfying(
                            PartnerCallException.class,
                            e -> assertThat(e.outcome()).isEqualTo("retry"));
        }

        assertThat(rig.server.requests("/token")).hasSize(1);
        assertThat(rig.server.requests("/things")).isEmpty();
    }

    @Test
    void token_that_is_empty_is_none() {
        withTokens();
        rig.server.on("/token", answer(200, "{\"expires_in\": 10800}"));

        assertThatThrownBy(() -> rig.partner().call("list", CALL)).hasMessageContaining("without a token");
        assertThat(rig.server.requests("/things")).isEmpty();
    }

    @Test
    void login_by_redirect_is_no_token() {
        rig.set("auth", "login-jwt");
        rig.set("auth-url", rig.server.url() + "/login");
        rig.set("username", "user");
        rig.set("password", "pass");
        rig.server.on("/login", answer(302, "moved", "Location: /things"));

        assertThatThrownBy(() -> rig.partner().call("list", CALL)).hasMessageContaining("refuses the login");
        assertThat(rig.server.requests("/things")).isEmpty();
    }

    /** What a login costs that is called again each half minute: partners block for that. */
    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 5})
    void length_of_a_login_is_its_own_whatever_its_date_says(int hoursOff) {
        rig.set("auth", "login-jwt");
        rig.set("auth-url", rig.server.url() + "/login");
        rig.set("username", "user");
        rig.set("password", "pass");
        SettableClock clock = new SettableClock(PartnerRig.NOW);
        String date = DateUtils.formatStandardDate(Instant.now().plus(Duration.ofHours(hoursOff)));
        String claims = "{\"iat\": %d, \"exp\": %d}"
                .formatted(PartnerRig.NOW.getEpochSecond(), PartnerRig.NOW.getEpochSecond() + 3_600);
        String jwt = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.US_ASCII))
                + ".c2ln";
        rig.server.on("/login", answer(200, jwt, "Date: " + date)).on("/things", answer(200, "{}", "Date: " + date));
        Partner partner = rig.partners(
                        new AnswerWatch() {
                            @Override
                            public void limited(String partner, String operation, Duration retryAfter, String why) {}

                            @Override
                            public void allowance(
                                    String partner, String operation, int perSecond, int burst, int remaining) {}
                        },
                        clock)
                .get("acme");

        partner.call("list", CALL);
        clock.pass(Duration.ofMinutes(45));
        partner.call("list", CALL);
        assertThat(rig.server.requests("/login")).hasSize(1);
        clock.pass(Duration.ofMinutes(16));
        partner.call("list", CALL);
        assertThat(rig.server.requests("/login")).hasSize(2);
    }

    private void withTokens() {
        rig.set("auth", "naver-token");
        rig.set("auth-fields.token-path", "/token");
        rig.set("client-id", "client");
        rig.set("client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz.");
        AtomicInteger number = new AtomicInteger();
        rig.server.on(
                "/token",
                (request, socket) -> answer(
                                200,
                                "{\"access_token\": \"token-" + number.incrementAndGet() + "\", \"expires_in\": 10800}")
                        .play(request, socket));
    }

    private static RawPartner.Reply refusing(String proof) {
        return (request, socket) -> answer(proof.equals(request.headers().get("authorization")) ? 401 : 200, "{}")
                .play(request, socket);
    }

    private static List<String> together(Partner partner) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            Callable<String> call = () -> {
                start.await();
                return partner.call("list", CALL).outcome();
            };
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(call));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> made : calls) {
                outcomes.add(made.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String hmac(String key, String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }
}
