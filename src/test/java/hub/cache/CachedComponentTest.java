package hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.SettableClock;
import hub.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** A route of an integrator asks through the cache, with the kinds and times that the hub is delivered with. */
class CachedComponentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ROUTE = """
            - route:
                id: acme-advise
                from:
                  uri: direct
                  parameters: { name: acme-advise }
                  steps:
                    - to: { uri: "cached:market-analysis/acme-analysis" }
            - route:
                id: acme-analysis
                from:
                  uri: direct
                  parameters: { name: acme-analysis }
                  steps:
                    - bean: { ref: partner, method: answer }
            """;

    private final Partner partner = new Partner();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final Caches caches = new Caches(TestRedis.fresh(), delivered(), clock, new SimpleMeterRegistry());
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** Counts what is asked of it. */
    public static final class Partner {

        private final AtomicInteger calls = new AtomicInteger();
        private volatile String outcome = "ok";

        public JsonNode answer(JsonNode question) {
            return JSON.createObjectNode()
                    .put("outcome", outcome)
                    .put("reason", "because")
                    .set(
                            "result",
                            JSON.createObjectNode()
                                    .put("call", calls.incrementAndGet())
                                    .set("of", question));
        }
    }

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("partner", partner);
        camel.addComponent("cached", new CachedComponent(new CachedCalls(caches, camel)));
        camel.start();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("acme.camel.yaml", ROUTE));
    }

    @AfterEach
    void close() {
        camel.stop();
        caches.close();
    }

    @Test
    void same_question_is_one_call_within_six_hours_however_it_is_written() {
        assertThat(ask("{\"a\": 1, \"b\": [2]}").path("result").path("call").asInt())
                .isEqualTo(1);
        clock.pass(Duration.ofMinutes(359));

        Exchange again = send("{\"b\":[2],\"a\":1}");

        assertThat(again.getMessage().getBody(JsonNode.class).at("/result/call").asInt())
                .isEqualTo(1);
        assertThat(again.getVariable("age")).isEqualTo(359 * 60L);
        assertThat(again.getVariable("source")).isEqualTo("local");
        assertThat(ask("{\"a\": 2}").at("/result/call").asInt()).isEqualTo(2);
        assertThat(partner.calls).hasValue(2);
    }

    @Test
    void hundred_that_ask_at_once_are_one_call() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Callable<JsonNode>> asking = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                asking.add(() -> ask("{\"a\": 1}"));
            }
            for (Future<JsonNode> answer : threads.invokeAll(asking)) {
                assertThat(answer.get().at("/result/call").asInt()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(partner.calls).hasValue(1);
    }

    @Test
    void final_refusal_counts_for_the_shorter_time() {
        partner.outcome = "final";
        ask("{}");
        ask("{}");
        assertThat(partner.calls).hasValue(1);

        clock.pass(Duration.ofMinutes(10));
        ask("{}");
        assertThat(partner.calls).hasValue(2);
    }

    @Test
    void what_may_go_well_a_moment_later_is_handed_on_and_not_kept() {
        partner.outcome = "retry";
        Exchange refused = send("{}");
        assertThat(refused.getMessage().getBody(JsonNode.class).path("reason").asText())
                .isEqualTo("because");
        assertThat(refused.getVariable("source")).isEqualTo("called");

        partner.outcome = "ok";
        assertThat(ask("{}").at("/result/call").asInt()).isEqualTo(2);
    }

    @Test
    void while_the_partner_is_down_the_last_answer_is_given_and_said_to_be_old() {
        ask("{}");
        clock.pass(Duration.ofHours(8));
        partner.outcome = "retry";

        Exchange old = send("{}");

        assertThat(old.getMessage().getBody(JsonNode.class).path("outcome").asText())
                .isEqualTo("ok");
        assertThat(old.getVariable("source")).isEqualTo("stale");
        assertThat(old.getVariable("age")).isEqualTo(8 * 3600L);
    }

    @Test
    void kind_that_is_not_delivered_and_address_without_a_route_are_refused_before_the_route_starts() {
        assertThatThrownBy(() -> camel.getEndpoint("cached:stock/acme-analysis"))
                .rootCause()
                .hasMessageContaining("hub.cache.kinds.stock is missing");
        assertThatThrownBy(() -> camel.getEndpoint("cached:product-info"))
                .rootCause()
                .hasMessageContaining("is not cached:<kind>/<name of a direct route>");
    }

    @Test
    void delivered_times_are_those_of_the_guide() {
        CacheOptions delivered = delivered();

        assertThat(delivered.kind("product-info").ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(delivered.kind("market-analysis").ttl()).isEqualTo(Duration.ofHours(6));
        assertThat(delivered.kind("competitor-data").ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(delivered.localTtl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(delivered.localEntries()).isEqualTo(1000);
    }

    private JsonNode ask(String question) {
        return send(question).getMessage().getBody(JsonNode.class);
    }

    private Exchange send(String question) {
        return camel.createFluentProducerTemplate()
                .to("direct:acme-advise")
                .withBody(json(question))
                .send();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static CacheOptions delivered() {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader()
                    .load("delivered", new FileSystemResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Binder.get(environment).bind("hub.cache", CacheOptions.class).get();
    }
}
