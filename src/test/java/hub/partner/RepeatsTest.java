package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestDatabase;
import hub.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What is sent again, judged by a server that counts; two processes on one Redis, and the kamelet as it is shipped. */
class RepeatsTest {

    private static final String REQUEST = "{path: \"/goods\", json: .}";

    private final StringRedisTemplate redis = TestRedis.fresh();
    private final DataSource database = TestDatabase.fresh();
    private final PartnerRig rig = new PartnerRig("response-timeout", "400ms", "call-deadline", "800ms");
    private final WatchedProcess one = new WatchedProcess(rig, redis, database);
    private final WatchedProcess other = new WatchedProcess(rig, redis, database);

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
        rig.close();
    }

    @Test
    void work_of_two_processes_that_fails_costs_a_tenth_of_the_first_calls() {
        rig.server.on(
                "/goods",
                (request, socket) ->
                        answer(request.body().contains("bad") ? 503 : 200, "{}").play(request, socket));
        for (int round = 0; round < 8; round++) {
            for (int sku = 0; sku < 200; sku++) {
                boolean bad = sku % 4 < 2;
                if (bad || round == 0) {
                    WatchedProcess process = (sku + round) % 2 == 0 ? one : other;
                    outcome(
                            process.partner,
                            json("{\"path\": \"/goods\", \"json\": {\"sku\": \"%s%d\"}}"
                                    .formatted(bad ? "bad" : "good", sku)));
                }
            }
        }

        Map<String, Integer> sent = new HashMap<>();
        rig.server.requests().forEach(request -> sent.merge(request.body(), 1, Integer::sum));
        assertThat(sent).as("every piece of work goes out once").hasSize(200);
        int extra = rig.server.requests().size() - 200;
        assertThat(extra).isBetween(15, 20);
        assertThat(one.retries("granted") + other.retries("granted")).isEqualTo(extra);
        assertThat(one.retries("refused") + other.retries("refused")).isEqualTo(100 * 7 - extra);
    }

    @Test
    void what_failed_in_one_process_is_a_repeat_in_another_until_it_succeeds() {
        rig.server.on("/goods", answer(503, "{}"));
        JsonNode post = json("{\"path\": \"/goods\", \"json\": {\"sku\": 1}}");
        outcome(one.partner, post);

        rig.server.on("/goods", answer(200, "{}"));
        assertThat(outcome(other.partner, post)).isEqualTo("ok");
        assertThat(outcome(other.partner, post)).isEqualTo("ok");

        assertThat(other.retries("granted"))
                .as("only the first of its two calls")
                .isEqualTo(1);
    }

    @Test
    void share_holds_in_a_process_that_cannot_ask_redis() throws IOException {
        WatchedProcess alone = new WatchedProcess(rig, TestRedis.template(TestRedis.freePort(), 0), database);
        rig.server.on("/goods", answer(503, "{}"));

        for (int call = 0; call < 20; call++) {
            outcome(alone.partner, json("{\"path\": \"/goods\", \"json\": {\"sku\": 1}}"));
        }

        assertThat(rig.server.requests()).hasSize(2);
        alone.close();
    }

    @Test
    void repeat_without_budget_goes_back_with_a_time_and_books_nothing() throws Exception {
        one.route(REQUEST, "null", ".");
        rig.server.on("/goods", answer(503, "{}"));
        assertThat(one.work("{\"sku\": 1}").path("outcome").asText()).isEqualTo("unknown");
        assertThat(one.work("{\"sku\": 1}").path("outcome").asText()).isEqualTo("unknown");
        long booked = bookings();

        JsonNode result = one.work("{\"sku\": 1}");

        assertThat(result.path("outcome").asText()).isEqualTo("retry");
        assertThat(result.path("reason").asText())
                .contains("acme/create was not sent again", "1 extra calls beside 1 first ones", "hub.retry.share");
        assertThat(Instant.parse(result.path("notBefore").asText()))
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(161));
        assertThat(rig.server.requests()).hasSize(2);
        assertThat(bookings()).isEqualTo(booked);
        assertThat(one.retries("refused")).isEqualTo(1);

        assertThat(one.work("{\"sku\": 2}").path("status").asInt())
                .as("other work goes on")
                .isEqualTo(503);
    }

    @Test
    void error_in_the_body_of_an_answer_makes_the_next_call_a_repeat() throws Exception {
        one.route(REQUEST, "null", "if .error then {outcome: \"retry\", reason: .error} else . end");
        rig.server.on("/goods", answer(200, "{\"error\": \"busy\"}"));

        assertThat(one.work("{\"sku\": 1}").path("reason").asText()).isEqualTo("busy");
        assertThat(one.work("{\"sku\": 1}").path("reason").asText()).isEqualTo("busy");
        assertThat(one.work("{\"sku\": 1}").path("reason").asText()).contains("was not sent again");

        assertThat(rig.server.requests()).hasSize(2);
    }

    @Test
    void request_that_names_the_time_is_the_same_work_when_the_route_says_so() throws Exception {
        one.route("{path: \"/goods\", query: {until: .until} }", "{since}", ".");
        rig.server.on("/goods", answer(503, "{}"));

        for (int until = 1; until <= 5; until++) {
            one.work("{\"since\": 0, \"until\": %d}".formatted(until));
        }
        assertThat(rig.server.requests()).hasSize(2);

        one.work("{\"since\": 5, \"until\": 6}");
        assertThat(rig.server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void route_makes_one_post_whatever_comes_back(RawPartner.Reply fault, String outcome) throws Exception {
        one.route(REQUEST, "null", ".");
        rig.server.on("/goods", fault);

        assertThat(one.work("{\"sku\": 1}").path("outcome").asText()).isEqualTo(outcome);

        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(rig.server.requests())
                        .singleElement()
                        .satisfies(request -> assertThat(request.method()).isEqualTo("POST")));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(answer(503, "{}"), "unknown"),
                Arguments.of(answer(429, "{}"), "retry"),
                Arguments.of(answer(400, "{\"code\": 1}"), "final"),
                Arguments.of(RawPartner.broken(""), "unknown"),
                Arguments.of(RawPartner.broken("HTTP/1.1 200 OK\r\nContent-Le"), "unknown"),
                Arguments.of(RawPartner.late("{}"), "unknown"));
    }

    @Test
    void open_breaker_sends_work_back_and_never_takes_it_for_unclear() throws Exception {
        one.route(REQUEST, "null", ".");
        rig.server.on("/goods", answer(503, "{}"));
        for (int sku = 0; sku < 10; sku++) {
            assertThat(one.work("{\"sku\": %d}".formatted(sku)).path("outcome").asText())
                    .isEqualTo("unknown");
        }

        JsonNode rejected = one.work("{\"sku\": 10}");

        assertThat(rejected.path("outcome").asText()).isEqualTo("retry");
        assertThat(rejected.path("reason").asText()).contains("the breaker is open");
        assertThat(rig.server.requests()).hasSize(10);
    }

    @Test
    void calls_that_are_held_back_open_no_breaker() throws Exception {
        one.route(REQUEST, "null", ".");
        rig.server.on("/goods", answer(503, "{}"));
        one.work("{\"sku\": 1}");
        for (int call = 0; call < 40; call++) {
            one.work("{\"sku\": 1}");
        }

        rig.server.on("/goods", answer(200, "{}"));

        assertThat(one.work("{\"sku\": 2}").path("outcome").asText()).isEqualTo("ok");
    }

    @Test
    void route_whose_answers_refuse_our_credentials_in_words_is_stopped_after_three() throws Exception {
        one.route(REQUEST, "null", "{outcome: \"credentials\", reason: .message}");
        rig.server.on("/goods", answer(200, "{\"message\": \"no such key\"}"));

        for (int sku = 0; sku < 20; sku++) {
            JsonNode kept = one.work("{\"sku\": %d}".formatted(sku));
            assertThat(kept.path("outcome").asText()).as("work is kept").isEqualTo("retry");
        }

        assertThat(rig.server.requests()).hasSize(3);
        assertThat(one.stops.all()).singleElement().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.CREDENTIALS);
            assertThat(stop.why()).contains("no such key");
        });
    }

    @Test
    void route_whose_every_post_is_refused_is_stopped_before_the_tenth() throws Exception {
        one.route(REQUEST, "null", ".");
        other.route(REQUEST, "null", ".");
        rig.server.on("/goods", answer(400, "{\"code\": \"BAD\", \"message\": \"category\"}"));

        for (int sku = 0; sku < 250; sku++) {
            one.work("{\"sku\": %d}".formatted(sku));
            other.work("{\"sku\": %d}".formatted(sku));
        }

        assertThat(rig.server.requests()).hasSizeLessThan(10);
        assertThat(one.stops.all()).extracting(Stop::kind).contains(Stop.Kind.WRITING);
        JsonNode stopped = one.work("{\"sku\": 999}");
        assertThat(stopped.path("outcome").asText()).as("work is kept").isEqualTo("retry");
        rig.server.on("/orders", answer(200, "{}"));
        assertThat(one.partner
                        .call("place-order", json("{\"path\": \"/orders\", \"json\": {}}"))
                        .outcome())
                .as("orders go on")
                .isEqualTo("ok");
    }

    @Test
    void call_with_a_new_token_is_booked_and_is_a_repeat() throws IOException {
        PartnerRig login = new PartnerRig("auth", "login-jwt", "username", "somebody", "password", "something");
        login.set("auth-url", login.server.url() + "/auth");
        login.server.on("/auth", answer(200, "\"a.token.here\"")).on("/goods", answer(401, "{\"code\": 1}"));
        WatchedProcess process = new WatchedProcess(login, redis, database);
        Partner partner = process.partner;
        JsonNode get = json("{\"path\": \"/goods\"}");
        await().until(() -> process.budgets.spendNow("acme", "warm-up").isZero());

        assertThatThrownBy(() -> partner.call("list", get)).isInstanceOf(PartnerCallException.class);
        assertThat(login.server.requests("/goods")).hasSize(2);
        assertThat(process.unplanned).contains("list");
        assertThat(process.retries("granted")).isEqualTo(1);

        assertThatThrownBy(() -> partner.call("list", get)).hasMessageContaining("not sent again");
        assertThat(login.server.requests("/goods")).as("no repeat is left").hasSize(2);
        process.close();
        login.close();
    }

    private long bookings() {
        return one.meters.get("hub.budget.wait").timer().count();
    }

    private static String outcome(Partner partner, JsonNode request) {
        try {
            return partner.call("create", request).outcome();
        } catch (PartnerCallException e) {
            assertThat(e.retryAfter()).isGreaterThan(Duration.ZERO);
            return e.outcome();
        }
    }
}
