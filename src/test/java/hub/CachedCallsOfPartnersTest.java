package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.cache.CachedCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hub with its own routes and the simulators: what the cache spares partners, counted in their journals. */
class CachedCallsOfPartnersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final int sandboxPort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void product_is_read_once_at_its_supplier_and_a_category_once_for_all_its_products() throws Exception {
        try (ConfigurableApplicationContext hub = start()) {
            JdbcClient database = hub.getBean(JdbcClient.class);
            for (String supplier : List.of("ownerclan", "domeggook")) {
                await().atMost(LONG).until(() -> count(database, "product where supplier = '" + supplier + "'") > 0);
            }
            CachedCalls calls = hub.getBean(CachedCalls.class);
            for (String supplier : List.of("ownerclan", "domeggook")) {
                detailIsReadOnce(calls, supplier, sku(database, supplier));
            }
            JsonNode none = calls.ask("product-info", "ownerclan-detail", List.of(), new TextNode("W0NONE"))
                    .document();
            assertThat(none.path("outcome").asText()).isEqualTo("final");

            await().atMost(LONG).until(() -> calls("coupang", "create-product").size() >= 5);
            categoriesAreReadOnce();
        }
    }

    private void detailIsReadOnce(CachedCalls calls, String supplier, String sku) throws Exception {
        CachedCalls.Result first = calls.ask("product-info", supplier + "-detail", List.of(), new TextNode(sku));
        CachedCalls.Result second = calls.ask("product-info", supplier + "-detail", List.of(), new TextNode(sku));

        assertThat(first.document().path("outcome").asText()).as(first + "").isEqualTo("ok");
        assertThat(first.document().at("/result/sku").asText()).isEqualTo(sku);
        assertThat(first.document().at("/result/options/0/costWon").asLong()).isPositive();
        assertThat(first.source()).isEqualTo("loaded");
        assertThat(second.source()).isEqualTo("local");
        assertThat(second.document()).isEqualTo(first.document());
        if (supplier.equals("ownerclan")) { // domeggook's catalogue is read by the same operation all the time
            assertThat(calls(supplier, "item")).hasSize(1);
        }
    }

    private void categoriesAreReadOnce() throws Exception {
        List<JsonNode> asked = calls("coupang", "get-category-meta");
        Set<String> categories = new TreeSet<>();
        asked.forEach(call -> categories.add(call.path("path").asText()));
        assertThat(asked).isNotEmpty().hasSameSizeAs(categories);
        assertThat(calls("coupang", "create-product").size()).isGreaterThan(asked.size());
        assertThat(calls("coupang", "create-product"))
                .allSatisfy(call -> assertThat(call.path("status").asInt()).isEqualTo(200));
    }

    private static String sku(JdbcClient database, String supplier) {
        return database.sql("select sku from product where supplier = ? order by sku limit 1")
                .param(supplier)
                .query(String.class)
                .single();
    }

    private static long count(JdbcClient database, String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    private List<JsonNode> calls(String partner, String operation) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + sandboxPort + "/sandbox/journal?partner=" + partner))
                .build();
        return http.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .map(CachedCallsOfPartnersTest::json)
                .filter(call -> call.path("operation").asText().equals(operation))
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(HubApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--hub.sandbox.port=" + sandboxPort,
                        "--hub.sandbox.products=40",
                        "--hub.embedded.data=" + data,
                        "--hub.sandbox.state=" + data.resolve("sandbox"),
                        "--hub.sandbox.handoff=" + data.resolve("handoff"),
                        "--hub.handoff.folder=" + data.resolve("handoff"),
                        "--hub.console.password-file=" + data.resolve("console-password"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
