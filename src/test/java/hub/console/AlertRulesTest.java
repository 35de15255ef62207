package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import hub.TestHub;
import hub.budget.CallBudgets;
import hub.partner.PartnerCallException;
import hub.partner.Partners;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub, in which everything is wrong once: the alert rules ask for nothing that it does not export then. */
@SpringBootTest(
        classes = hub.HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "hub.sandbox.products=30",
            "hub.partners.coupang.credentials.issued-on=2026-06-01"
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class AlertRulesTest {

    private static final Path RULES = Path.of("deploy/prometheus/hub.rules.yaml");
    private static final TestHub HUB = new TestHub(() -> AlertRulesTest.folder);
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+|up)\\b(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|=)\"([^\"]*)\"");
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} \\S+");
    private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Set<String> FUNCTIONS = Set.of("max_over_time");

    /** What Prometheus adds to every target itself. */
    private static final Map<String, String> OF_PROMETHEUS =
            Map.of("job", "dropship-hub", "instance", "127.0.0.1:8081");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.management.port}")
    private int managementPort;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Partners partners;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private CallBudgets budgets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private CircuitBreakerRegistry breakerRegistry;

    private final HttpClient http = HttpClient.newHttpClient();

    private record Asked(String rule, String metric, List<String[]> matchers) {}

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry options) {
        HUB.options(options);
    }

    @Test
    void every_meter_and_label_of_the_alert_rules_is_exported() throws Exception {
        everythingIsWrongOnce();

        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    Map<String, List<Map<String, String>>> samples = samples();
                    assertThat(rules().stream()
                                    .flatMap(rule -> missing(rule, samples).stream())
                                    .toList())
                            .isEmpty();
                });
        assertThat(samples().get("hub_partner_calls_seconds_bucket"))
                .as("latency by partner and operation")
                .anySatisfy(bucket -> assertThat(bucket).containsKeys("partner", "operation", "le"));
        assertThat(breakersInJmx()).contains("naver/create-product", "CLOSED");
        assertThat(breakerRegistry.getAllCircuitBreakers())
                .as("Camel makes its breakers where calls that were held back do not count")
                .isNotEmpty();
    }

    @Test
    void every_rule_says_in_two_languages_what_is_wrong_and_what_to_do() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(20);
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText();
            JsonNode says = rule.path("annotations");
            assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
            for (String text : List.of("summary", "action")) {
                assertThat(says.path(text).asText()).as(name).isNotEmpty().doesNotContainPattern("[가-힣]");
                assertThat(says.path(text + "_ko").asText()).as(name).containsPattern("[가-힣]{2}");
            }
        }
    }

    private void everythingIsWrongOnce() throws IOException, InterruptedException {
        for (String kind : List.of("credentials", "request", "reading", "writing")) {
            database.sql("""
                            insert into call_refusal (partner, kind, subject, operation, credentials, refused, why, stopped_until)
                            values ('gone', ?, 'none', 'none', '', 9, 'no', now() + interval '1 hour')
                            """).param(kind).update();
        }
        database.sql("""
                        insert into dead_letter (kind, partner, dedupe_key, prio, payload, attempts, cause)
                        values ('publish', 'naver', 'x', 0, '{}', 8, 'no')""").update();
        database.sql("""
                        insert into feed_hold (supplier, guard, hash, measured, expected, reason)
                        values ('gone', 'shrink', '\\x00', 1, 2, 'no')""").update();
        database.sql("""
                        insert into item_hold (supplier, sku, guard, off_sale, hash, was, offered)
                        values ('gone', 'x', 'identity', true, '\\x00', '{}', '{}')""").update();
        budgets.pause("zentrade", "none", Instant.now().plusSeconds(1800), "no");
        unclearCall();
    }

    private void unclearCall() throws IOException, InterruptedException {
        HUB.fault("5xx", "domeggook", "");
        assertThatThrownBy(() -> partners.get("domeggook")
                        .call("none", new ObjectMapper().readTree("{\"method\": \"POST\", \"path\": \"/none\"}")))
                .isInstanceOfSatisfying(
                        PartnerCallException.class, e -> assertThat(e.outcome()).isEqualTo("unknown"));
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : new YAMLMapper().readTree(Files.readString(RULES)).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    /** What a rule asks for or shows, and no sample has. */
    private static List<String> missing(JsonNode rule, Map<String, List<Map<String, String>>> samples) {
        List<String> missing = new ArrayList<>();
        Set<String> labels = new HashSet<>(OF_PROMETHEUS.keySet());
        for (Asked asked : asked(rule)) {
            List<Map<String, String>> own = samples.getOrDefault(asked.metric(), List.of());
            own.forEach(sample -> labels.addAll(sample.keySet()));
            if (own.isEmpty()) {
                missing.add(asked.rule() + ": " + asked.metric());
            }
            for (String[] matcher : asked.matchers()) {
                for (String value : List.of(matcher[1].split("\\|", -1))) {
                    if (own.stream().noneMatch(sample -> value.equals(sample.get(matcher[0])))) {
                        missing.add(asked.rule() + ": " + asked.metric() + " " + matcher[0] + "=" + value);
                    }
                }
            }
        }
        shown(rule).stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> missing.add(rule.path("alert").asText() + ": label " + label));
        return missing;
    }

    private static List<Asked> asked(JsonNode rule) {
        List<Asked> asked = new ArrayList<>();
        String expression = rule.path("expr").asText().replaceAll("(by|on|without) *\\([^)]*\\)", "");
        Matcher selectors = SELECTOR.matcher(expression);
        while (selectors.find()) {
            if (!FUNCTIONS.contains(selectors.group(1))) {
                List<String[]> matchers = new ArrayList<>();
                Matcher each = MATCHER.matcher(selectors.group(2) == null ? "" : selectors.group(2));
                while (each.find()) {
                    matchers.add(new String[] {each.group(1), each.group(3)});
                }
                asked.add(new Asked(rule.path("alert").asText(), selectors.group(1), matchers));
            }
        }
        return asked;
    }

    private static Set<String> shown(JsonNode rule) {
        Set<String> labels = new TreeSet<>();
        StreamSupport.stream(rule.path("annotations").spliterator(), false).forEach(text -> {
            Matcher each = SHOWN.matcher(text.asText());
            while (each.find()) {
                labels.add(each.group(1));
            }
        });
        return labels;
    }

    private Map<String, List<Map<String, String>>> samples() throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
                .build();
        Map<String, List<Map<String, String>>> samples = new HashMap<>();
        samples.put("up", List.of(OF_PROMETHEUS));
        http.send(scrape, BodyHandlers.ofString()).body().lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                samples.computeIfAbsent(sample.group(1), metric -> new ArrayList<>())
                        .add(labels(sample.group(2)));
            }
        });
        return samples;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher each = MATCHER.matcher(text);
        while (each.find()) {
            labels.put(each.group(1), each.group(3));
        }
        return labels;
    }

    private static String breakersInJmx() throws Exception {
        var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:type=breakers,*"), null);
        assertThat(names).isNotEmpty();
        return server.getAttribute(names.iterator().next(), "States").toString();
    }
}
