package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
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

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private hub.catalog.Pulls pulls;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry options) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        int sandbox = freePort();
        options.add("hub.routes.folder", () -> routes.toString());
        options.add("hub.embedded.data", () -> folder.resolve("data").toString());
        options.add("hub.sandbox.state", () -> folder.resolve("sandbox").toString());
        options.add("hub.sandbox.handoff", () -> folder.resolve("handoff").toString());
        options.add("hub.sandbox.port", () -> sandbox);
        options.add(
                "hub.console.password-file",
                () -> folder.resolve("secret/console-password").toString());
    }

    @Test
    void whole_pull_begins_on_request_of_an_operator_and_is_seen_from_this_machine() throws Exception {
        Browser browser = new Browser(port);
        assertThat(browser.post("/api/pulls/acme?whole=true", Map.of()).statusCode())
                .isIn(401, 403);
        browser.login(
                Files.readAllLines(folder.resolve("secret/console-password")).get(0));

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

    private static int start(Browser browser, String supplier, String query) throws Exception {
        return browser.submit("/", "/api/pulls/" + supplier + "?" + query, Map.of())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
