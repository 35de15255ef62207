package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import hub.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {

    private static final String REMAINING = "GNCP-GW-RateLimit-Remaining";

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
    void four_calls_go_back_to_back_and_then_two_a_second() {
        for (int left = 3; left >= 0; left--) {
            assertThat(addresses("").headers()).contains(entry(REMAINING, String.valueOf(left)));
        }
        Answer refused = addresses("");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers())
                .contains(
                        entry(REMAINING, "0"),
                        entry("GNCP-GW-RateLimit-Replenish-Rate", "2"),
                        entry("GNCP-GW-RateLimit-Burst-Capacity", "4"))
                .containsKey("GNCP-GW-Trace-ID");
        assertThat(Sample.fields(Sample.body(refused)))
                .isEqualTo(Sample.fields(Sample.of("gateway-02-rate-limit").response()));
        store.clock.pass(Duration.ofMillis(500));
        assertThat(addresses("").status()).isEqualTo(200);
        assertThat(addresses("").status()).isEqualTo(429);
    }

    @Test
    void each_api_has_its_own_bucket_whatever_the_id_is() {
        for (int i = 0; i < 4; i++) {
            store.send("GET", Store.PRODUCT + i, "", "", new byte[0]);
        }

        assertThat(store.send("GET", Store.PRODUCT + 5, "", "", new byte[0]).status())
                .isEqualTo(429);
        assertThat(store.send("DELETE", Store.PRODUCT + 5, "", "", new byte[0]).status())
                .isEqualTo(404);
    }

    @Test
    void prefix_external_changes_nothing() {
        assertThat(addresses("/external").status()).isEqualTo(200);
        assertThat(store.naver.operation(
                        store.request("PUT", "/external/v2/products/origin-products/1", "", "", new byte[0])))
                .isEqualTo("update-product");
    }

    @Test
    void unknown_call_is_not_found() {
        Answer answer = store.get("/v9/nothing", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(Sample.body(answer).path("code").asText()).isEqualTo("GW.NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({"429,GW.RATE_LIMIT", "500,GW.PROXY.01", "503,GW.BLOCK", "504,GW.TIMEOUT", "401,GW.AUTHN"})
    void gateway_speaks_the_documented_codes(int status, String code) {
        Answer answer = store.naver.gateway(status);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Sample.body(answer).path("code").asText()).isEqualTo(code);
        assertThat(Sample.fields(Sample.body(answer)))
                .isEqualTo(Sample.fields(Sample.of("gateway-03-blocked").response()));
        assertThat(answer.headers()).containsKey(REMAINING);
    }

    private Answer addresses(String prefix) {
        return store.send("GET", prefix + "/v1/seller/addressbooks-for-page", "", "", new byte[0]);
    }
}
