package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole hub and the simulator of Coupang, which takes acknowledgements, loses every other answer to them, and
 * refuses their repetition.
 */
class LostAcknowledgementsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(4);

    /** Lines whose repeated acknowledgement was refused. */
    private static final String REFUSED = "order_line l where exists (select from journal j where j.kind = 'line'"
            + " and j.key = l.market || '/' || l.order_id || '/' || l.line_id"
            + " and j.reason like 'the market refused the acknowledgement: INVALID_STATUS%')";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final int sandbox = TestRedis.freePort();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void lines_whose_acknowledgement_arrived_are_bought_once_and_nobody_is_asked() throws Exception {
        try (ConfigurableApplicationContext hub = start()) {
            JdbcClient database = hub.getBean(JdbcClient.class);
            faults(
                    "POST",
                    "{\"fault\":\"drop-reply\",\"partner\":\"coupang\",\"operation\":\"acknowledge\",\"share\":0.5}");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(count(database, REFUSED)).isGreaterThan(2));
            faults("DELETE", "");
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(count(database, REFUSED + " and state in ('RECEIVED', 'VALIDATED')"))
                                    .isZero());
            assertThat(count(database, REFUSED + " and state = 'REVIEW' and reason like '%the acknowledgement%'"))
                    .isZero();
            await().atMost(LONG)
                    .until(() -> count(database, REFUSED + " and client_ref in (select client_ref from supplier_order)")
                            > 0);
        }
        assertThat(bought()).isNotEmpty().doesNotHaveDuplicates();
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
                        "--hub.sandbox.port=" + sandbox,
                        "--hub.sandbox.products=40",
                        "--hub.sandbox.pace=3600",
                        "--hub.listing.check-every=2s",
                        "--hub.order.retry-after=500ms",
                        "--hub.partners.domeggook.enabled=false",
                        "--hub.partners.zentrade.enabled=false",
                        "--hub.partners.naver.enabled=false",
                        "--hub.partners.ownerclan.pull-every=5s",
                        // Longer than a repetition takes: a reading that comes first shows the line as acknowledged.
                        "--hub.partners.coupang.pull-every=10s");
    }

    /** Purchase orders that suppliers took, by our number. */
    private List<String> bought() throws IOException {
        List<String> bought = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("sandbox/journal.jsonl"))) {
            JsonNode call = JSON.readTree(line);
            if (call.path("effect").asText().equals("order-created")) {
                bought.add(call.path("ref").asText());
            }
        }
        return bought;
    }

    private void faults(String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox + "/sandbox/faults"))
                .method(method, BodyPublishers.ofString(body))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }

    private static long count(JdbcClient database, String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }
}
