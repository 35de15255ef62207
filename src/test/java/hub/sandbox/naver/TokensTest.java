package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private Store store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new Store(folder, 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void same_token_while_half_an_hour_is_left() {
        String first = token();
        store.clock.pass(Duration.ofMinutes(149));
        JsonNode again = Sample.body(store.askToken());

        assertThat(again.path("access_token").asText()).isEqualTo(first);
        assertThat(again.path("expires_in").asInt()).isBetween(1800, 1860);
        assertThat(Sample.fields(again))
                .isEqualTo(Sample.fields(Sample.of("token-02-reused").response()));
    }

    @Test
    void new_token_in_the_last_half_hour_and_the_old_one_lives_to_its_end() {
        String first = token();
        store.clock.pass(Duration.ofMinutes(151));
        String second = token();

        assertThat(second).isNotEqualTo(first);
        store.token(first);
        assertThat(addresses().status()).isEqualTo(200);
        store.clock.pass(Duration.ofMinutes(30));
        assertThat(Sample.body(addresses()).path("code").asText()).isEqualTo("GW.AUTHN");
        store.token(second);
        assertThat(addresses().status()).isEqualTo(200);
    }

    @Test
    void unknown_token_is_refused() {
        store.token("guessed");

        assertThat(addresses().status()).isEqualTo(401);
        assertThat(Sample.fields(Sample.body(addresses())))
                .isEqualTo(Sample.fields(Sample.of("gateway-01-token-expired").response()));
    }

    @Test
    void parameters_in_the_query_are_refused() {
        Answer answer = store.askToken(store.form(store.clock.millis()), "");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(Sample.fields(Sample.body(answer)))
                .isEqualTo(Sample.fields(Sample.of("token-04-query-string").response()));
        assertThat(store.send("POST", "/v1/oauth2/token", "", "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void other_sign_is_refused() {
        long now = store.clock.millis();
        Answer answer = store.askToken("", store.form(now).replace("timestamp=" + now, "timestamp=" + (now + 1)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Sample.body(answer).at("/invalidInputs/0/name").asText()).isEqualTo("client_secret_sign");
        assertThat(Sample.fields(Sample.body(answer)))
                .isEqualTo(Sample.fields(Sample.of("token-03-error-sign").response()));
    }

    @Test
    void timestamp_may_be_five_minutes_off_and_no_more() {
        long now = store.clock.millis() + 1000;
        long minutes = Duration.ofMinutes(5).toMillis();

        assertThat(store.askToken("", store.form(now - minutes)).status()).isEqualTo(200);
        assertThat(store.askToken("", store.form(now - minutes)).status()).isEqualTo(400);
        assertThat(store.askToken("", store.form(now + 2 * minutes)).status()).isEqualTo(400);
    }

    @Test
    void account_belongs_to_the_seller_type_only() {
        String self = store.form(store.clock.millis());

        assertThat(store.askToken("", self + "&account_id=a").status()).isEqualTo(400);
        assertThat(store.askToken("", self.replace("SELF", "SELLER")).status()).isEqualTo(400);
        assertThat(store.askToken("", self.replace("SELF", "SELLER") + "&account_id=a")
                        .status())
                .isEqualTo(200);
    }

    private String token() {
        return Sample.body(store.askToken()).path("access_token").asText();
    }

    private Answer addresses() {
        return store.get("/v1/seller/addressbooks-for-page", "");
    }
}
