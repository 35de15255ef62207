package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub with its routes; behind the last page of Ownerclan follow more and more items that nobody has. */
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
            "hub.pull.retry-after=2s",
            "hub.guard.suppliers.ownerclan.growth-count=500"
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class GrowingFeedTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final TestHub HUB = new TestHub(() -> GrowingFeedTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ConsoleUsers users;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private PasswordEncoder encoder;

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) {
        HUB.options(options);
    }

    @Test
    void endless_catalogue_is_held_lists_nothing_new_sells_nothing_sold_out_and_is_forgotten_when_mended()
            throws Exception {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("product")).isEqualTo(1200);
            assertThat(count("cursor where state -> 'wholeAt' is not null")).isPositive();
            assertThat(count("listing")).isPositive();
        });
        assertThat(get("/api/feeds").path("feeds")).as("a first pull").isEmpty();

        HUB.fault("endless", "ownerclan", "allItems");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get("/api/status").path("routes"))
                        .anyMatch(route -> route.path("id").asText().equals("ownerclan-pull-products")
                                && route.path("held").toString().contains("growth: ")));
        HUB.fault("soldout-all", "ownerclan", "allItems");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("product where sku like 'W%' and state = 'active'"))
                    .as("sold out at the supplier")
                    .isZero();
            assertThat(count("listing, jsonb_array_elements(desired -> 'items') i where i ->> 'stock' <> '0'"))
                    .as("nothing is sold any more")
                    .isZero();
        });
        assertThat(count("product where sku like 'M%'")).isBetween(1L, 2000L);
        assertThat(count("listing where sku like 'M%'")).isZero();
        assertThatItIsShown();

        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(get("/api/feeds").path("feeds")).isEmpty();
            assertThat(count("product")).isEqualTo(1200);
        });
        assertThat(count("product_waiting")).isZero();
        assertThat(count("listing where sku like 'M%'")).isZero();
    }

    private void assertThatItIsShown() throws Exception {
        users.add("kim", encoder.encode("only-for-the-test"), Role.OPERATOR);
        Browser kim = new Browser(port);
        kim.login("kim", "only-for-the-test");
        assertThat(kim.get("/holds").body()).contains("새 상품이 너무 많음", "value=\"yes\"");
        assertThat(kim.get("/holds?lang=en").body())
                .contains("Too many products are new")
                .doesNotContain("??");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(kim.get("/pulls/live?lang=en").body()).contains("new products are left out");
            assertThat(text(managementPort, "/actuator/prometheus"))
                    .contains("hub_holds_feeds{application=\"dropship-hub\",guard=\"growth\",state=\"waiting\","
                            + "supplier=\"ownerclan\"} 1.0");
        });
    }

    private long count(String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    private JsonNode get(String path) throws Exception {
        return new ObjectMapper().readTree(text(port, path));
    }

    private static String text(int at, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
