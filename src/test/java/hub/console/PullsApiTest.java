package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub without routes, but for a supplier whose pull is due by name only. */
@SpringBootTest(
        classes = hub.HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "hub.sandbox.products=3"})
@DirtiesContext
class PullsApiTest {

    private static final TestHub HUB = new TestHub(() -> PullsApiTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private hub.catalog.Pulls pulls;

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) throws IOException {
        HUB.options(options);
        HUB.ownRoutes(options);
    }

    @Test
    void whole_pull_begins_on_request_of_an_operator_and_is_seen_from_this_machine() throws Exception {
        Browser browser = new Browser(port);
        assertThat(browser.post("/api/pulls/acme?whole=true", Map.of()).statusCode())
                .isIn(401, 403);
        browser.login(HUB.password());

        assertThat(start(browser, "nobody", "whole=true")).isEqualTo(404);
        assertThat(pulls.due("acme", "1h")).isTrue();
        assertThat(start(browser, "acme", "wait=soon")).isEqualTo(400);
        assertThat(pulls.due("acme", "1h")).isFalse();
        assertThat(start(browser, "acme", "whole=true")).isEqualTo(202);
        assertThat(pulls.due("acme", "1h")).isTrue();
        pulls.begin("acme", true);
        assertThat(start(browser, "acme", "")).isEqualTo(409);
        assertThat(new Browser(port).get("/api/pulls").body()).contains("\"supplier\":\"acme\",\"running\":true");
    }

    @Test
    void range_is_asked_for_by_an_operator_on_the_page_and_by_the_api_and_refused_with_why() throws Exception {
        Browser browser = new Browser(port);
        assertThat(browser.get("/pulls").statusCode()).isEqualTo(302);
        browser.login(HUB.password());
        assertThat(pulls.due("ranger", "1h", "time")).isTrue();

        assertThat(start(browser, "nobody", "from=2026-01-01")).isEqualTo(404);
        assertThat(start(browser, "ranger", "from=3")).isEqualTo(400);
        assertThat(start(browser, "ranger", "to=2026-01-01")).isEqualTo(400);
        assertThat(start(browser, "ranger", "from=2026-01-01&whole=true")).isEqualTo(400);
        assertThat(start(browser, "ranger", "from=2026-01-01&to=2026-01-31")).isEqualTo(202);
        assertThat(start(browser, "ranger", "from=2026-01-01")).isEqualTo(409);

        assertThat(browser.get("/pulls").body()).contains("요청한 범위", "ranger (시각)", "2026-01-01 – 2026-01-31", "대기");
        browser.submit("/pulls?lang=en", "/pulls", Map.of("supplier", "ranger", "from", "2999-01-01", "to", ""));
        assertThat(browser.get("/pulls").body())
                .contains("2999-01-01 is in the future", "Ranges that were asked for", "waits")
                .doesNotContain("??");
        assertThat(new Browser(port).get("/api/pulls/ranges").body())
                .contains("\"supplier\":\"ranger\",\"from\":\"2026-01-01\",\"to\":\"2026-01-31\",\"state\":\"asked\"")
                .contains("\"askedBy\":\"admin\"", "\"etaSeconds\":null")
                .doesNotContain("isOver", "place");
    }

    @Test
    void database_is_reported_without_a_login_here_and_looked_at_by_operators_only() throws Exception {
        String report =
                new Browser(port).get("/api/database", "Accept-Language", "en").body();
        assertThat(report).contains("\"counted\":true", "\"pending\":0", "market_order_default", "\"statements\":[{");
        assertThat(new Browser(port).post("/api/database", Map.of()).statusCode())
                .isIn(401, 403);

        Browser browser = new Browser(port);
        browser.login(HUB.password());
        assertThat(browser.submit("/database", "/database", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(browser.get("/database").body()).contains("데이터베이스", "연결 대기", "총 소요 시간");
        assertThat(browser.get("/database?lang=en").body())
                .contains("Statements by the time they took in all", "Dead rows")
                .doesNotContain("??");
    }

    private static int start(Browser browser, String supplier, String query) throws Exception {
        return browser.submit("/", "/api/pulls/" + supplier + "?" + query, Map.of())
                .statusCode();
    }
}
