package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;

/** The whole hub with its routes, Ownerclan as its only supplier and Coupang as its only market. */
@SpringBootTest(
        classes = hub.HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "hub.sandbox.products=1200",
            "hub.sandbox.changes-per-hour=0",
            "hub.sandbox.orders-per-hour=0",
            "hub.partners.domeggook.enabled=false",
            "hub.partners.zentrade.enabled=false",
            "hub.partners.naver.enabled=false",
            "hub.partners.ownerclan.pull-every=2s",
            "hub.pull.full-every=1s",
            "hub.pull.retry-after=2s"
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
abstract class OwnerclanFeeds {

    static final Duration LONG = Duration.ofMinutes(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Value("${local.server.port}")
    int port;

    @Value("${local.management.port}")
    int managementPort;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ConsoleUsers users;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private PasswordEncoder encoder;

    private final HttpClient http = HttpClient.newHttpClient();

    Browser user(String name, Role role) throws Exception {
        users.add(name, encoder.encode("only-for-the-test"), role);
        Browser browser = new Browser(port);
        browser.login(name, "only-for-the-test");
        return browser;
    }

    Browser operator() throws Exception {
        return user("kim", Role.OPERATOR);
    }

    long count(String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    JsonNode get(int at, String path) throws IOException, InterruptedException {
        return JSON.readTree(text(at, path));
    }

    String text(int at, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
