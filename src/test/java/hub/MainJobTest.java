package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole hub with its real servers and the simulators: products in, listings up, orders bought once, tracking back.
 */
class MainJobTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path data;

    private final int sandboxPort = TestRedis.freePort();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void products_come_in_go_up_are_bought_once_and_survive_a_restart() throws Exception {
        long products;
        try (ConfigurableApplicationContext hub = start()) {
            JdbcClient database = hub.getBean(JdbcClient.class);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(count(database, "product")).isEqualTo(360));
            // A reply that is lost behind an accepted order is where naive hubs buy twice.
            fault("{\"fault\":\"drop-reply\",\"partner\":\"ownerclan\",\"operation\":\"createOrder\",\"count\":2}");
            fault("{\"fault\":\"5xx\",\"partner\":\"domeggook\",\"operation\":\"setOrder\",\"count\":1}");
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(live(database, "coupang")).isPositive();
                assertThat(live(database, "naver")).isPositive();
                assertThat(done(database, "coupang")).isPositive();
                assertThat(done(database, "naver")).isPositive();
                assertThat(count(database, "purchase_order where lookups > 0")).isPositive();
            });
            products = count(database, "product");
        }
        assertThatNoCallWasWrong();
        assertThatNothingWasBoughtTwice();

        try (ConfigurableApplicationContext hub = start()) {
            JdbcClient database = hub.getBean(JdbcClient.class);
            assertThat(count(database, "product")).isGreaterThanOrEqualTo(products);
            MeterRegistry meters = hub.getBean(MeterRegistry.class);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(calls("zentrade", "product")).isGreaterThanOrEqualTo(2));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(count(database, "cursor where state->>'readTo' is not null"))
                            .isPositive());
            double written = meters.find("hub.products.written").tag("how", "inserted").counters().stream()
                    .mapToDouble(io.micrometer.core.instrument.Counter::count)
                    .sum();
            assertThat(written).as("a re-read inserts nothing that was there").isLessThan(20);
        }
        assertThatNothingWasBoughtTwice();
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(HubApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--hub.embedded.data=" + data,
                        "--hub.console.password-file=" + data.resolve("console-password"),
                        "--hub.handoff.folder=" + data.resolve("handoff"),
                        "--hub.sandbox.state=" + data.resolve("sandbox"),
                        "--hub.sandbox.port=" + sandboxPort,
                        "--hub.sandbox.products=120",
                        "--hub.sandbox.pace=3600",
                        "--hub.order.send-deadline=3s",
                        "--hub.order.settle=4s",
                        "--hub.order.lookup-spacing=2s",
                        "--hub.listing.check-every=2s",
                        "--hub.partners.ownerclan.pull-every=5s",
                        "--hub.partners.ownerclan.track-every=2s",
                        "--hub.partners.domeggook.track-every=2s",
                        "--hub.partners.zentrade.track-every=2s",
                        "--hub.partners.coupang.pull-every=2s",
                        "--hub.partners.naver.pull-every=2s");
    }

    private void assertThatNoCallWasWrong() throws Exception {
        assertThat(journal())
                .as("no bad signature, no limit exceeded")
                .noneMatch(call ->
                        List.of(401, 403, 429).contains(call.path("status").asInt()));
    }

    private void assertThatNothingWasBoughtTwice() throws Exception {
        Map<String, Integer> bought = new HashMap<>();
        for (JsonNode call : journal()) {
            if (call.path("effect").asText().equals("order-created")) {
                bought.merge(call.path("ref").asText(), 1, Integer::sum);
            }
        }
        assertThat(bought).isNotEmpty();
        assertThat(bought.values()).containsOnly(1);
    }

    private int calls(String partner, String operation) throws Exception {
        return (int) journal().stream()
                .filter(call -> call.path("partner").asText().equals(partner)
                        && call.path("operation").asText().equals(operation))
                .count();
    }

    private List<JsonNode> journal() throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        for (String line : java.nio.file.Files.readAllLines(data.resolve("sandbox/journal.jsonl"))) {
            calls.add(JSON.readTree(line));
        }
        return calls;
    }

    private void fault(String fault) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandboxPort + "/sandbox/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(fault))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }

    private static long count(JdbcClient database, String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    private static long live(JdbcClient database, String market) {
        return count(database, "listing where state = 'live' and market = '" + market + "'");
    }

    private static long done(JdbcClient database, String market) {
        return count(database, "order_line where state = 'DONE' and market = '" + market + "'");
    }
}
