package hub.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestHub;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
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
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub with its routes and simulators, and a heap that is as full as it is told. */
@SpringBootTest(
        classes = {hub.HubApplication.class, PausedPullsTest.ToldHeap.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "hub.sandbox.products=60",
            "hub.partners.domeggook.enabled=false",
            "hub.partners.zentrade.enabled=false",
            "hub.partners.naver.enabled=false",
            "hub.partners.ownerclan.pull-every=1s",
            "hub.partners.coupang.pull-every=1s"
        })
@DirtiesContext
class PausedPullsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final TestHub HUB = new TestHub(() -> PausedPullsTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private MeterRegistry meters;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Told heap;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) {
        HUB.options(options);
    }

    @Test
    void pages_are_not_asked_for_while_memory_is_short_and_orders_are() throws Exception {
        await().atMost(LONG).until(() -> calls("ownerclan") > 2 && calls("coupang") > 2);

        heap.needed = 85;
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(paused("ownerclan-pull-products")).isEqualTo("memory"));
        awaitOrders(2); // the page that was under way
        long pages = pages();
        awaitOrders(4);

        assertThat(pages()).isEqualTo(pages);
        assertThat(paused("coupang-pull-orders")).isEmpty();
        assertThat(meters.get("hub.load.paused").tag("reason", "memory").gauge().value())
                .isEqualTo(1);

        heap.needed = 50;
        await().atMost(LONG).until(() -> pages() > pages + 1);
        assertThat(paused("ownerclan-pull-products")).isEmpty();
    }

    /** Orders are asked for once a second. */
    private static void awaitOrders(int more) throws IOException {
        long before = calls("coupang");
        await().atMost(LONG).until(() -> calls("coupang") >= before + more);
    }

    private String paused(String route) throws IOException, InterruptedException {
        URI status = URI.create("http://127.0.0.1:" + port + "/api/status");
        String body = http.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofString())
                .body();
        for (JsonNode one : JSON.readTree(body).path("routes")) {
            if (one.path("id").asText().equals(route)) {
                return one.path("paused").asText();
            }
        }
        throw new IllegalStateException("no route " + route + ": " + body);
    }

    /** Of the catalogue; other calls of Ownerclan are for orders. */
    private static long pages() throws IOException {
        return HUB.calls("ownerclan", "allItems");
    }

    private static long calls(String partner) throws IOException {
        return HUB.calls(partner, "");
    }

    /** A heap of 100 bytes. */
    static final class Told implements Machine {

        private volatile long needed = 40;

        @Override
        public long needed() {
            return needed;
        }

        @Override
        public long used() {
            return needed;
        }

        @Override
        public long most() {
            return 100;
        }

        @Override
        public double cpu() {
            return 0;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class ToldHeap {

        @Bean
        @Primary
        Told told() {
            return new Told();
        }
    }
}
