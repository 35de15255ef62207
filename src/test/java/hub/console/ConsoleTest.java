package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestHub;
import hub.budget.CallBudgets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub with one route of its own; the brute force comes last, for it locks everybody here out. */
@SpringBootTest(
        classes = hub.HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "hub.sandbox.products=3"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class ConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TestHub HUB = new TestHub(() -> ConsoleTest.folder);

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
    private CallBudgets budgets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private StringRedisTemplate redis;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private CamelContext camel;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry options) throws IOException {
        HUB.options(options);
        Path flows = Files.createDirectories(HUB.ownRoutes(options).resolve("flows"));
        Files.writeString(flows.resolve("beat.camel.yaml"), """
                - route:
                    id: beat
                    from:
                      uri: timer
                      parameters: { timerName: beat, period: "100" }
                      steps:
                        - setBody: { expression: { constant: { expression: beat } } }
                """);
    }

    @Test
    @Order(1)
    void banner_names_addresses_and_the_password_file_and_no_password(CapturedOutput output) throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(output.getAll())
                        .contains("http://127.0.0.1:" + port + "/api/status")
                        .contains("simulated: coupang, domeggook, naver, ownerclan, zentrade")
                        .contains("1 started, 0 not started")
                        .contains(HUB.passwordFile().toString())
                        .doesNotContain(HUB.password()));
    }

    @Test
    @Order(2)
    void health_that_is_asked_while_a_route_is_down_says_so_and_writes_nothing(CapturedOutput output) throws Exception {
        camel.getRouteController().stopRoute("beat");
        try {
            int before = output.getAll().length();

            assertThat(new Browser(managementPort).get("/actuator/health").statusCode())
                    .isEqualTo(503);

            // Clients of other tests look for a Redis that these have stopped.
            assertThat(output.getAll().substring(before).lines().filter(line -> !line.contains("ConnectionWatchdog")))
                    .noneMatch(line -> line.contains("WARN") || line.contains("Probe"));
        } finally {
            camel.getRouteController().startRoute("beat");
        }
    }

    @Test
    void address_with_raw_hangul_is_refused_with_what_to_write() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /api/products?name=양말 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "percent-encoded", "퍼센트 인코딩")
                    .doesNotContain("<html");
        }
    }

    @Test
    void status_has_these_keys_and_no_others() throws Exception {
        JsonNode status = status();

        assertThat(names(status))
                .containsExactly("products", "listings", "orders", "jobs", "budgets", "routes", "rejects");
        assertThat(names(status.path("listings"))).containsExactly("coupang", "naver");
        assertThat(names(status.path("listings").path("naver")))
                .containsExactly("live", "pending", "denied", "suspended", "failed");
        assertThat(names(status.path("jobs"))).containsExactly("HIGH", "MEDIUM", "LOW");
        assertThat(names(status.path("jobs").path("LOW"))).containsExactly("ready", "running", "oldestSeconds");
        assertThat(names(status.path("orders"))).contains("RECEIVED", "PO_UNKNOWN", "DONE", "REVIEW");
        assertThat(names(status.path("budgets").path(0)))
                .containsExactly("partner", "key", "limit", "window", "used", "left", "resetsAt");
        assertThat(Instant.parse(status.path("budgets").path(0).path("resetsAt").asText()))
                .isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(status.path("budgets").path(0).path("window").isNumber()).isTrue();
    }

    @Test
    void slowed_budget_says_at_which_rate_and_why() throws Exception {
        budgets.spend("ownerclan", "none", "orders");
        String key = redis.keys("hub:calls:ownerclan/*").iterator().next();
        redis.opsForHash()
                .put(
                        key,
                        "cut:account:1000",
                        "{\"calls\": 5, \"rate\": 0.5, \"since\": %d, \"patience\": 1200000}"
                                .formatted(System.currentTimeMillis()));
        Browser browser = new Browser(port);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode budget = StreamSupport.stream(status().path("budgets").spliterator(), false)
                    .filter(one -> one.path("partner").asText().equals("ownerclan"))
                    .findFirst()
                    .orElseThrow();
            assertThat(budget.path("limit").asInt()).isEqualTo(1);
            assertThat(budget.path("window").asInt()).isEqualTo(2);
            assertThat(budget.path("slowed").path("calls").asInt()).isEqualTo(5);
            assertThat(budget.path("slowed").path("why").asText())
                    .startsWith("1 calls in 2 s (30.0 a minute) instead of 5 in 1 s: the partner refused a call");
        });
        browser.login(HUB.password());
        assertThat(browser.get("/").body()).contains("1초에 5회 대신 분당 30회로 늦췄습니다");
        assertThat(browser.get("/?lang=en").body()).contains("slowed to 30 a minute instead of 5 in 1 s");
        redis.opsForHash().delete(key, "cut:account:1000");
    }

    @Test
    void stopped_calls_are_on_the_page_and_at_an_address_of_their_own() throws Exception {
        database.sql("""
                        insert into call_refusal (partner, kind, subject, operation, credentials, refused, why, stopped_until)
                        values ('naver', 'reading', 'changed-orders', 'changed-orders', '', 9, 'the words of naver',
                          now() + interval '1 hour')
                        """).update();
        Browser browser = new Browser(port);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(browser.get("/api/stops").body())
                        .contains("\"partner\":\"naver\"", "\"kind\":\"READING\"", "the words of naver"));
        browser.login(HUB.password());
        assertThat(browser.get("/").body()).contains("changed-orders: 조회", "the words of naver");
    }

    @Test
    void stop_is_lifted_by_an_operator_who_says_why_and_the_journal_knows_it() throws Exception {
        database.sql("""
                        insert into call_refusal (partner, kind, subject, operation, credentials, refused, why, stopped_until)
                        values ('coupang', 'credentials', '', 'return-centers', 'x', 3, 'revoked', now() + interval '1 hour')
                        """).update();
        Map<String, String> stop = Map.of("partner", "coupang", "kind", "CREDENTIALS", "operation", "return-centers");
        Map<String, String> reasoned = new java.util.HashMap<>(stop);
        reasoned.put("why", "the key was renewed");
        Browser browser = new Browser(port);
        browser.login(HUB.password());

        assertThat(browser.post("/api/stops", reasoned).statusCode())
                .as("no token")
                .isEqualTo(403);
        assertThat(browser.submit("/doctor", "/api/stops", stop).statusCode())
                .as("no reason")
                .isEqualTo(400);
        assertThat(stopsOfCoupang()).isEqualTo(1);
        assertThat(browser.get("/doctor").body()).contains("revoked", "중지 풀기");
        assertThat(browser.submit("/doctor", "/stops", reasoned).statusCode()).isEqualTo(302);
        assertThat(stopsOfCoupang()).isZero();
        assertThat(browser.submit("/doctor", "/api/stops", reasoned).statusCode())
                .as("gone")
                .isEqualTo(404);
        assertThat(database.sql(
                                "select key || ' ' || to_state || ' ' || reason || ' ' || actor from journal where kind = 'stop'")
                        .query(String.class)
                        .list())
                .containsExactly("coupang/return-centers/CREDENTIALS LIFTED the key was renewed admin");
    }

    private long stopsOfCoupang() {
        return database.sql("select count(*) from call_refusal where partner = 'coupang'")
                .query(Long.class)
                .single();
    }

    @Test
    void partners_are_examined_from_the_page_and_by_the_api_in_both_languages() throws Exception {
        Browser browser = new Browser(port);
        assertThat(browser.get("/api/doctor").statusCode()).as("needs a login").isEqualTo(401);
        browser.login(HUB.password());
        assertThat(browser.post("/api/doctor", Map.of()).statusCode())
                .as("no token")
                .isEqualTo(403);

        JsonNode before = JSON.readTree(browser.get("/api/doctor").body());
        assertThat(before.path("examined").asBoolean(true)).isFalse();
        assertThat(before.path("healthy").isNull()).isTrue();

        assertThat(browser.submit("/doctor", "/doctor", Map.of()).statusCode()).isEqualTo(302);

        assertThat(browser.get("/doctor").body()).contains("zentrade", "이름이 127.0.0.1(으)로 풀립니다.");
        assertThat(browser.get("/doctor?lang=en").body()).contains("The name leads to 127.0.0.1.");
        JsonNode report = JSON.readTree(browser.get("/api/doctor").body());
        assertThat(report.path("examined").asBoolean()).isTrue();
        assertThat(report.path("healthy").isBoolean()).isTrue();
        assertThat(report.path("findings").findValuesAsText("partner"))
                .contains("coupang", "domeggook", "naver", "ownerclan", "zentrade");
        browser.get("/doctor?lang=ko");
    }

    @Test
    void products_are_counted_for_suppliers_that_take_part() throws Exception {
        product("ownerclan", "W1", "active");
        product("ownerclan", "W2", "held");
        product("stranger", "S1", "active");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status().path("products").toString())
                        .isEqualTo("{\"ownerclan\":{\"active\":1,\"soldout\":0,\"held\":1,\"ended\":0}}"));
        assertThat(new Browser(managementPort).get("/actuator/prometheus").body())
                .contains("hub_products{application=\"dropship-hub\",state=\"held\",supplier=\"ownerclan\"} 1.0")
                .contains("hub_listings{")
                .contains("hub_orders{")
                .contains("hub_jobs{");
    }

    @Test
    void route_is_there_with_what_camel_measured() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(status().path("routes")
                                .path(0)
                                .path("exchanges")
                                .asLong())
                        .isGreaterThan(1));
        JsonNode route = status().path("routes").path(0);

        assertThat(names(route)).containsExactly("id", "state", "lastSuccess", "exchanges", "failed", "held", "paused");
        assertThat(route.path("id").asText()).isEqualTo("beat");
        assertThat(route.path("state").asText()).isEqualTo("Started");
        assertThat(Instant.parse(route.path("lastSuccess").asText())).isBefore(Instant.now());
    }

    @Test
    void products_are_found_on_this_machine_without_a_login_and_through_a_proxy_with_one() throws Exception {
        product("acme", "FOUND", "active");
        Browser browser = new Browser(port);

        HttpResponse<String> found = browser.get("/api/products?limit=1&supplier=acme&price_mim=0");
        assertThat(found.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(found.body()).path("remedy").asText()).startsWith("did you mean price_min?");
        JsonNode item = JSON.readTree(
                        browser.get("/api/products?limit=1&supplier=acme").body())
                .path("items")
                .path(0);
        assertThat(Instant.parse(item.path("createdAt").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(browser.get("/api/openapi.yaml").body()).startsWith("openapi: 3.0.3");
        assertThat(browser.get("/api/products?limit=1", "X-Forwarded-For", "127.0.0.1")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"})
    void status_needs_a_login_when_a_proxy_asks(String header) throws Exception {
        assertThat(new Browser(port).get("/api/status", header, "127.0.0.1").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/live",
                "/htmx.min.js",
                "/error",
                "/nothing",
                "/index.html",
                "/messages_ko.properties",
                "/api/status/",
                "/API/STATUS",
                "/api/status;x",
                "/api/%2e/status",
                "/api/x/%2e%2e/status",
                "//api/status",
                "/api//status",
                "/api/%73tatus",
                "/api/status.json",
                "/api",
                "/;x/",
                "/login/",
                "/LOGIN",
                "/login;x",
                "/actuator/health",
                "/actuator/prometheus",
                "/console.css/",
                "/console.css;x",
                "/%2e/console.css",
                "/webjars/htmx.org/2.0.10/dist/htmx.min.js"
            })
    void nothing_is_seen_without_a_login(String path) throws Exception {
        assertThat(new Browser(port).get(path).statusCode()).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator",
                "/actuator/beans",
                "/actuator/heapdump",
                "/login",
                "/",
                "/api/status"
            })
    void actuator_port_shows_nothing_else(String path) throws Exception {
        assertThat(new Browser(managementPort).get(path).statusCode()).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/info", "/actuator/prometheus"})
    void actuator_port_is_read_without_a_login(String path) throws Exception {
        assertThat(new Browser(managementPort).get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void password_of_the_file_logs_in_and_the_page_shows_all_parts() throws Exception {
        Browser browser = new Browser(port);
        HttpResponse<String> answer = browser.login(HUB.password());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(":" + port + "/");
        assertThat(String.join(" ", answer.headers().allValues("Set-Cookie")))
                .contains("HttpOnly")
                .contains("SameSite=Strict");

        HttpResponse<String> page = browser.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("공급사 상품", "마켓 등록", "주문 흐름", "작업 대기열", "호출 한도", "라우트", "반려 상품");
        assertThat(browser.get("/live").body()).contains("주문 흐름").doesNotContain("<html");
        assertThat(page.body())
                .contains("<td class=\"n zero\">0</td>", "src=\"/htmx.min.js\"", "href=\"/database\"")
                .doesNotContain("th:");
        assertThat(browser.get("/reviews").body())
                .as("nothing on it moves by itself")
                .doesNotContain("htmx")
                .contains("href=\"/\"");
        assertThat(browser.get("/htmx.min.js").statusCode()).isEqualTo(200);
        assertThat(browser.get("/?lang=en").body())
                .contains("Products of suppliers")
                .contains("lang=\"en\"");
        assertThat(browser.get("/live").body()).contains("Call budgets").doesNotContain("??");
    }

    @Test
    void headers_keep_strangers_out_of_the_page() throws Exception {
        var headers = new Browser(port).get("/login").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void login_page_is_korean_unless_english_is_preferred() throws Exception {
        assertThat(new Browser(port).get("/login").body()).contains("비밀번호").contains("lang=\"ko\"");
        assertThat(new Browser(port).get("/login", "Accept-Language", "fr").body())
                .contains("비밀번호");
        assertThat(new Browser(port).get("/login", "Accept-Language", "en-US").body())
                .contains("Password");
        assertThat(new Browser(port).get("/login?lang=en").body()).contains("Password");
    }

    @Test
    void post_without_token_is_refused() throws Exception {
        assertThat(new Browser(port)
                        .post("/login", Map.of("username", "admin", "password", HUB.password()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void password_file_is_its_owners_only_and_the_table_holds_a_hash() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(HUB.passwordFile())))
                .isEqualTo("rw-------");
        assertThat(database.sql("select password_hash from console_user where name = 'admin'")
                        .query(String.class)
                        .single())
                .startsWith("$2a$12$")
                .doesNotContain(HUB.password());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void sixth_login_of_a_minute_is_refused_even_with_the_right_password() throws Exception {
        Browser browser = new Browser(port);
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(browser.login("wrong").headers().firstValue("Location").orElse(""))
                    .endsWith("/login?error");
        }

        HttpResponse<String> refused = browser.login(HUB.password());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(refused.body()).contains("1분 뒤에");
    }

    private JsonNode status() throws Exception {
        HttpResponse<String> answer = new Browser(port).get("/api/status");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void product(String supplier, String sku, String state) {
        database.sql("""
                        insert into product (supplier, sku, state, name, content, content_hash)
                        values (?, ?, ?, 'x', '{}', '')
                        """).params(supplier, sku, state).update();
    }

    private static Iterable<String> names(JsonNode node) {
        return node::fieldNames;
    }
}
