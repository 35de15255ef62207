package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hub.SettableClock;
import hub.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a partner refuses again and again is not sent again and again; judged by what reaches the partner. */
class StopsTest {

    private static final JsonNode POST = json("{\"path\": \"/goods\", \"json\": {\"sku\": \"a\"}}");
    private static final JsonNode OTHER = json("{\"path\": \"/goods\", \"json\": {\"sku\": \"b\"}}");
    private static final JsonNode GET = json("{\"path\": \"/goods\"}");
    private static final String WORDS = "{\"code\": \"X\", \"message\": \"no\"}";

    private final DataSource database = TestDatabase.fresh();
    private final PartnerRig rig = new PartnerRig(
            "auth", "coupang-hmac", "access-key", "access-0", "secret-key", "secret-0", "vendor-id", "A0001");

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void credentials_that_are_refused_in_words_with_status_200_are_tried_three_times_too() {
        rig.server.on("/goods", answer(200, WORDS));
        Stops known = stops();
        Partners partners = rig.partners(new StopsWatch(known));
        CredentialWords words = new CredentialWords(partners, known);

        for (int call = 0; call < 10; call++) {
            heard(partners, words, "{\"outcome\": \"credentials\", \"reason\": \"INVALID_KEY\"}");
        }

        assertThat(rig.server.requests()).hasSize(3);
        assertThat(stops().all()).singleElement().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.CREDENTIALS);
            assertThat(stop.why()).isEqualTo("acme/create is refused in words: INVALID_KEY");
        });
    }

    @Test
    void answer_without_such_words_forgets_what_was_said_before() {
        rig.server.on("/goods", answer(200, WORDS));
        Stops known = stops();
        Partners partners = rig.partners(new StopsWatch(known));
        CredentialWords words = new CredentialWords(partners, known);

        for (int round = 0; round < 3; round++) {
            heard(partners, words, "{\"outcome\": \"credentials\"}");
            heard(partners, words, "{\"outcome\": \"credentials\"}");
            heard(partners, words, "{\"supplierOrderId\": 7}");
        }

        assertThat(rig.server.requests()).hasSize(9);
        assertThat(stops().all()).isEmpty();
    }

    @Test
    void words_that_repeat_our_key_go_on_without_it() {
        Partners partners = rig.partners();
        CredentialWords words = new CredentialWords(partners, stops());

        assertThat(words.heard("acme", "create", json("{\"outcome\": \"final\", \"reason\": \"no secret-0 here\"}")))
                .isEqualTo(json("{\"outcome\": \"final\", \"reason\": \"no *** here\"}"));
        assertThat(words.heard("acme", "create", json("{\"error\": {\"key\": \"access-0\"}, \"items\": []}")))
                .isEqualTo(json("{\"error\": \"{\\\"key\\\":\\\"***\\\"}\", \"items\": []}"));
        assertThat(words.heard("acme", "create", json("{\"items\": [\"access-0\"], \"error\": null}")))
                .isEqualTo(json("{\"items\": [\"access-0\"], \"error\": null}"));
    }

    private static void heard(Partners partners, CredentialWords words, String mapped) {
        if (outcome(partners.get("acme"), POST).equals("ok")) {
            words.heard("acme", "create", json(mapped));
        }
    }

    @Test
    void revoked_credentials_are_tried_three_times_by_all_processes_together() {
        rig.server.on("/goods", answer(401, WORDS));
        Partner one = process();
        Partner other = process();

        for (int call = 0; call < 10; call++) {
            assertThat(outcome(one, POST)).isEqualTo("retry");
            assertThat(outcome(other, OTHER)).isEqualTo("retry");
        }

        assertThat(rig.server.requests()).hasSize(3);
        assertThat(stops().all()).singleElement().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.CREDENTIALS);
            assertThat(stop.partner()).isEqualTo("acme");
            assertThat(stop.why()).contains("status 401", "no");
            assertThat(Duration.between(Instant.now(), stop.until()))
                    .isBetween(Duration.ofHours(5), Duration.ofHours(6));
        });
    }

    @Test
    void other_credentials_are_tried() {
        rig.server.on("/goods", answer(403, WORDS));
        Partner revoked = process();
        for (int call = 0; call < 5; call++) {
            outcome(revoked, GET);
        }
        assertThat(rig.server.requests()).hasSize(3);

        rig.set("secret-key", "secret-1");
        rig.server.on("/goods", answer(200, "{}"));

        assertThat(outcome(process(), GET)).isEqualTo("ok");
        assertThat(stops().all()).isEmpty();
    }

    @Test
    void stop_ends_with_one_trial() {
        rig.server.on("/goods", answer(401, WORDS));
        for (int call = 0; call < 5; call++) {
            outcome(process(), GET);
        }
        JdbcClient.create(database)
                .sql("update call_refusal set stopped_until = now()")
                .update();

        for (int call = 0; call < 5; call++) {
            outcome(process(), GET);
        }

        assertThat(rig.server.requests()).hasSize(3 + 1);
    }

    @Test
    void good_answer_in_between_clears_the_count() {
        Partner partner = process();
        for (int call = 0; call < 6; call++) {
            rig.server.on("/goods", answer(call == 2 ? 200 : 401, WORDS));
            outcome(partner, GET);
        }

        assertThat(rig.server.requests()).hasSize(6);
    }

    @Test
    void page_of_a_gateway_says_nothing_about_our_credentials() {
        rig.server.on("/goods", answer(403, "<html>Access Denied</html>"));
        Partner partner = process();
        for (int call = 0; call < 6; call++) {
            outcome(partner, GET);
        }

        assertThat(rig.server.requests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Unauthorized"})
    void refusal_without_words_in_json_is_of_our_credentials_too(String words) {
        assertThat(sentOf(25, answer(401, words))).isEqualTo(3);
        assertThat(stops().all()).singleElement().extracting(Stop::kind).isEqualTo(Stop.Kind.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "missing parameter"})
    void refusal_without_words_in_json_counts_as_one_of_how_we_ask(String words) {
        assertThat(sentOf(25, answer(400, words))).isEqualTo(9);
    }

    private int sentOf(int readings, RawPartner.Reply answered) {
        rig.server.on("/goods", answered);
        Partner partner = process();
        for (int reading = 0; reading < readings; reading++) {
            outcome(partner, GET);
        }
        return rig.server.requests().size();
    }

    @Test
    void refused_request_is_sent_once_each_time_and_not_again_after_the_third() {
        rig.server.on("/goods", answer(400, WORDS));
        Partner partner = process();

        assertThat(outcome(partner, POST)).isEqualTo("final");
        assertThat(rig.server.requests()).hasSize(1);
        for (int call = 0; call < 25; call++) {
            assertThat(outcome(partner, POST)).isEqualTo("final");
        }
        assertThat(rig.server.requests()).hasSize(3);
        assertThat(partner.call("create", POST).reason()).contains("acme/create", "stopped (request)", "no");

        rig.server.on("/goods", answer(200, "{}"));
        assertThat(outcome(partner, OTHER)).isEqualTo("ok");
        assertThat(outcome(partner, POST)).as("the same again").isEqualTo("final");
    }

    @Test
    void readings_that_are_refused_whatever_they_ask_stop_before_the_tenth() {
        rig.server.on("/goods", answer(400, WORDS));
        Partner partner = process();

        for (int page = 0; page < 25; page++) {
            outcome(partner, json("{\"path\": \"/goods\", \"query\": {\"page\": " + page + "}}"));
        }

        assertThat(rig.server.requests()).hasSize(9);
        assertThat(stops().all()).singleElement().extracting(Stop::kind).isEqualTo(Stop.Kind.READING);
    }

    /** A market is asked for its orders once for each state, one of which it refuses: the other ones are no excuse. */
    @Test
    void reading_that_is_refused_each_time_stops_before_the_tenth_though_others_are_answered() {
        rig.server.on("/goods", answer(400, WORDS)).on("/orders", answer(200, "{}"));
        Partner partner = process();

        for (int round = 0; round < 25; round++) {
            JsonNode work = json("[{\"since\": \"2026-11-01\"}, 1]");
            outcome(partner, json("{\"path\": \"/orders\"}"));
            outcome(partner, json("{\"path\": \"/goods\", \"query\": {\"until\": " + round + "}}"), work);
        }

        assertThat(rig.server.requests("/goods")).hasSize(9);
        assertThat(rig.server.requests("/orders")).hasSize(25);
        assertThat(stops().all()).singleElement().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.READING);
            assertThat(stop.operation()).isEqualTo("create");
        });
        assertThat(stops().lift("acme", Stop.Kind.READING, "create")).isEqualTo(1);
    }

    @Test
    void reading_that_is_answered_in_between_clears_its_own_count() {
        Partner partner = process();
        for (int round = 0; round < 30; round++) {
            rig.server.on("/goods", answer(round % 6 == 5 ? 200 : 400, WORDS)).on("/orders", answer(200, "{}"));
            outcome(partner, json("{\"path\": \"/orders\"}"));
            outcome(partner, GET);
        }

        assertThat(rig.server.requests("/goods")).hasSize(30);
        assertThat(stops().all()).isEmpty();
    }

    @Test
    void writes_that_are_refused_whatever_they_send_stop_before_the_tenth_and_go_back_to_the_queue() {
        rig.server.on("/goods", answer(400, WORDS));
        Partner one = process();
        Partner other = process();

        for (int sku = 0; sku < 25; sku++) {
            JsonNode post = json("{\"path\": \"/goods\", \"json\": {\"sku\": " + sku + "}}");
            String outcome = outcome(sku % 2 == 0 ? one : other, post);
            assertThat(outcome).isEqualTo(sku < 7 ? "final" : "retry");
        }

        assertThat(rig.server.requests()).hasSize(7);
        assertThat(stops().all()).singleElement().extracting(Stop::kind).isEqualTo(Stop.Kind.WRITING);
        assertThat(stops().lift("acme", Stop.Kind.WRITING, "create")).isEqualTo(1);
        rig.server.on("/goods", answer(200, "{}"));
        assertThat(outcome(process(), POST)).isEqualTo("ok");
    }

    @Test
    void write_that_is_taken_in_between_clears_the_count() {
        Partner partner = process();
        for (int sku = 0; sku < 30; sku++) {
            rig.server.on("/goods", answer(sku % 6 == 5 ? 200 : 400, WORDS));
            outcome(partner, json("{\"path\": \"/goods\", \"json\": {\"sku\": " + sku + "}}"));
        }

        assertThat(rig.server.requests()).hasSize(30);
        assertThat(stops().all()).isEmpty();
    }

    @Test
    void call_is_not_sent_into_a_pause_that_came_after_it_was_booked() {
        rig.server.on("/goods", answer(200, "{}"));
        Partner partner = rig.partners(new StopsWatch(stops()) {
                    @Override
                    public Duration leaving(String partner, String operation) {
                        return Duration.ofSeconds(5);
                    }
                })
                .get("acme");

        assertThatThrownBy(() -> partner.call("create", POST)).isInstanceOfSatisfying(PartnerCallException.class, e -> {
            assertThat(e.outcome()).isEqualTo("retry");
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(rig.server.requests()).isEmpty();
    }

    @Test
    void token_is_a_call_of_the_budget() throws IOException {
        PartnerRig rig = login();
        rig.server.on("/auth", answer(200, "\"a.token.here\"")).on("/goods", answer(200, "{}"));
        Partner partner = rig.partners(new StopsWatch(stops()) {
                    private int asked;

                    @Override
                    public Duration unplanned(String partner, String operation) {
                        assertThat(operation).isEqualTo("token");
                        return asked++ == 0 ? Duration.ofSeconds(2) : Duration.ZERO;
                    }
                })
                .get("acme");

        assertThatThrownBy(() -> partner.call("create", POST))
                .isInstanceOfSatisfying(
                        PartnerCallException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
        assertThat(rig.server.requests()).isEmpty();
        assertThat(partner.call("create", POST).outcome()).isEqualTo("ok");
        assertThat(rig.server.requests("/auth")).hasSize(1);
        rig.close();
    }

    @Test
    void refused_login_is_counted_once_while_it_is_remembered() throws IOException {
        PartnerRig rig = login();
        rig.server.on("/auth", answer(401, WORDS));
        Partner partner = rig.partners(new StopsWatch(stops())).get("acme");

        for (int call = 0; call < 10; call++) {
            outcome(partner, POST);
        }

        assertThat(rig.server.requests()).hasSize(1);
        assertThat(stops().all()).isEmpty();
        rig.close();
    }

    @Test
    void credentials_revoked_while_a_token_is_held_cost_three_calls() throws IOException {
        PartnerRig rig = login();
        SettableClock clock = new SettableClock(PartnerRig.NOW);
        rig.server.on("/auth", answer(200, "a.token.here")).on("/goods", answer(200, "{}"));
        Partner partner = rig.partners(new StopsWatch(stops()), clock).get("acme");
        assertThat(outcome(partner, GET)).isEqualTo("ok");
        int before = rig.server.requests().size();

        rig.server.on("/auth", answer(401, WORDS)).on("/goods", answer(401, WORDS));
        for (int call = 0; call < 10; call++) {
            outcome(partner, GET);
            clock.pass(Duration.ofMinutes(5));
        }

        assertThat(rig.server.requests().size() - before).isEqualTo(3);
        assertThat(stops().all()).singleElement().extracting(Stop::kind).isEqualTo(Stop.Kind.CREDENTIALS);
        rig.close();
    }

    @Test
    void token_is_not_asked_for_before_the_time_that_the_partner_names_nor_ever_so_often() throws IOException {
        PartnerRig rig = login();
        SettableClock clock = new SettableClock(PartnerRig.NOW);
        rig.server.on("/auth", answer(429, WORDS, "Retry-After: 120"));
        Partner partner = rig.partners(new StopsWatch(stops()), clock).get("acme");
        for (int second = 0; second < 120; second += 10) {
            outcome(partner, GET);
            clock.pass(Duration.ofSeconds(10));
        }
        assertThat(rig.server.requests()).hasSize(1);

        rig.server.on("/auth", answer(503, WORDS));
        for (int minute = 0; minute < 60; minute++) {
            outcome(partner, GET);
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(rig.server.requests()).hasSizeBetween(15, 18);
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 410, 415})
    void what_is_asked_wrongly_is_not_asked_for_ever(int status) {
        rig.server.on("/goods", answer(status, WORDS));
        Partner partner = process();

        for (int call = 0; call < 25; call++) {
            outcome(partner, GET);
        }

        assertThat(rig.server.requests()).hasSize(9);
    }

    private static PartnerRig login() {
        PartnerRig rig = new PartnerRig("auth", "login-jwt", "username", "somebody", "password", "something");
        rig.set("auth-url", rig.server.url() + "/auth");
        return rig;
    }

    private Stops stops() {
        return new Stops(JdbcClient.create(database), Clock.systemUTC());
    }

    private Partner process() {
        return rig.partners(new StopsWatch(stops())).get("acme");
    }

    private static String outcome(Partner partner, JsonNode request) {
        return outcome(partner, request, null);
    }

    private static String outcome(Partner partner, JsonNode request, @Nullable JsonNode work) {
        try {
            return partner.call("create", request, work, false).outcome();
        } catch (PartnerCallException e) {
            return e.outcome();
        }
    }
}
