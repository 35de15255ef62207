package hub.sandbox.domeggook;

import static hub.sandbox.domeggook.DomeggookBench.body;
import static hub.sandbox.domeggook.DomeggookBench.refusal;
import static hub.sandbox.domeggook.DomeggookBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import hub.sandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomeggookAccessTest {

    @TempDir
    private Path folder;

    private DomeggookBench bench;

    @BeforeEach
    void open() {
        bench = new DomeggookBench(folder, 50);
    }

    @Test
    void keys_and_sessions_are_checked_and_a_login_issues_one_that_ends() {
        Answer wrong = bench.get("mode=getItemList&ver=4.1&aid=bad&market=supply&om=json");
        assertThat(body(wrong)).isEqualTo(sample("getItemList-03-error-aid"));
        assertThat(wrong.status()).isEqualTo(200);
        String list = "mode=getOrderList&ver=4.0&aid=key&om=json&for=buy&sId=";
        assertThat(body(bench.get(list + "old")).path("domeggook").has("errors"))
                .isTrue();
        assertThat(refusal(bench.get(list + "old"))).isEqualTo("SESSION_EXPIRED");

        String login = "mode=setLogin&ver=4.1&aid=key&om=json&id=member&pw=";
        assertThat(refusal(bench.post(login + "wrong"))).isEqualTo("LOGIN_FAIL");
        String session = body(bench.post(login + "secret")).at("/domeggook/sId").asText();
        assertThat(refusal(bench.get(list + session))).isEmpty();
        bench.pass(Duration.ofMinutes(25));
        assertThat(refusal(bench.get(list + session))).isEqualTo("SESSION_EXPIRED");
    }

    @Test
    void eleventh_call_of_a_second_is_refused_once() {
        String query = "mode=getItemList&ver=4.1&aid=key&market=supply&om=json";
        bench.pass(Duration.ofSeconds(2));
        for (int call = 0; call < 10; call++) {
            assertThat(refusal(bench.simulator.answer(bench.request("GET", query, "", Set.of()))))
                    .isEmpty();
        }

        Answer eleventh = bench.simulator.answer(bench.request("GET", query, "", Set.of()));
        assertThat(new String(eleventh.body(), StandardCharsets.UTF_8)).contains("호출 제한");
        assertThat(refusal(bench.simulator.answer(bench.request("GET", query, "", Set.of()))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"om=xml", "om=json&oe=euc-kr", "om=json&ie=euc-kr", "oe=utf-8"})
    void other_output_than_json_in_utf8_is_refused(String output) {
        assertThat(refusal(bench.get("mode=getCategoryList&ver=1.0&aid=key&" + output)))
                .isEqualTo("INVALID_OUTPUT");
    }

    @Test
    void writing_by_get_and_unknown_versions_are_refused() {
        assertThat(refusal(bench.get("mode=setOrder&ver=4.3&aid=key&sId=session&om=json")))
                .isEqualTo("INVALID_METHOD");
        assertThat(refusal(bench.list("ver=9"))).isEqualTo("INVALID_MODE");
        assertThat(bench.simulator.operation(bench.request("GET", "mode=x", "", Set.of())))
                .isEqualTo("unknown");
        assertThat(bench.simulator.operation(bench.request("POST", "", "mode=setOrder", Set.of())))
                .isEqualTo("setOrder");
    }
}
