package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hub.catalog.PullProgress;
import hub.catalog.Pulls;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Suppliers of 20 numbered pages, read at once, of which page 7 fails until it is mended: the pull is no whole pull,
 * nothing is taken to be gone, and the next one reads from page 7 on.
 */
@SpringBootTest(
        classes = HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "hub.sandbox.enabled=false",
            "hub.pull.retry-after=1s",
            "hub.budget.max-wait=100ms"
        })
@DirtiesContext
class FailingPageTest {

    private static final int PAGES = 20;
    private static final int ITEMS = 10;
    private static final int FAILING = 7;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> SUPPLIERS = List.of("refusing", "garbled", "oversized", "spent");

    private static final Map<String, List<Integer>> ASKED = new ConcurrentHashMap<>();
    private static final Map<String, Boolean> MENDED = new ConcurrentHashMap<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final HttpServer SERVER = server();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Pulls pulls;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private MeterRegistry meters;

    @DynamicPropertySource
    static void options(DynamicPropertyRegistry options) throws IOException {
        Path routes = folder.resolve("routes");
        for (String part : List.of("shared", "flows", "ops")) {
            FileSystemUtils.copyRecursively(Path.of("routes", part), routes.resolve(part));
        }
        for (String partner : List.of("ownerclan", "domeggook", "zentrade", "coupang", "naver")) {
            options.add("hub.partners." + partner + ".enabled", () -> "false");
        }
        for (String supplier : SUPPLIERS) {
            write(routes.resolve("suppliers").resolve(supplier), supplier);
            String own = "hub.partners." + supplier + ".";
            options.add(own + "auth", () -> "none");
            if (supplier.equals("spent")) {
                options.add(own + "budget[0].key", () -> "account");
                options.add(own + "budget[0].calls", () -> "4");
                options.add(own + "budget[0].window", () -> "1s");
            } else {
                options.add(own + "budget", () -> "unlimited");
            }
            options.add(own + "pull-every", () -> "1h");
            options.add(
                    own + "base-url",
                    () -> "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/" + supplier);
        }
        options.add("hub.routes.folder", routes::toString);
        options.add("hub.embedded.data", () -> folder.resolve("data").toString());
        options.add("hub.handoff.folder", () -> folder.resolve("handoff").toString());
        options.add(
                "hub.console.password-file",
                () -> folder.resolve("secret/console-password").toString());
    }

    @AfterAll
    static void stop() {
        SERVER.stop(0);
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refusing", "garbled", "oversized"})
    void pages_before_the_failing_one_are_kept_and_the_next_pull_reads_from_it_on(String supplier) {
        await().atMost(SOON).until(() -> !progress(supplier).failure().isEmpty());
        assertThat(progress(supplier).running()).isFalse();
        assertThat(skus(supplier)).doesNotContainAnyElementsOf(page(FAILING)).containsAll(page(1));
        assertThat(cursor(supplier, "wholeAt")).isEmpty();
        assertThat(cursor(supplier, "open,page")).isIn("1", "2", "3", "4", "5", "6");
        assertThat(count(supplier, "state <> 'active' or missing_since is not null"))
                .isZero();

        await().atMost(SOON).until(() -> asked(supplier, FAILING) >= 3);
        assertThat(asked(supplier, 1))
                .as("what is stored without a gap is not asked for again")
                .isEqualTo(1);
        MENDED.put(supplier, true);

        await().atMost(SOON).until(() -> !cursor(supplier, "wholeAt").isEmpty());
        assertThat(skus(supplier)).hasSize(PAGES * ITEMS);
        assertThat(asked(supplier, 1)).isEqualTo(1);
        assertThat(count(supplier, "state <> 'active' or missing_since is not null"))
                .isZero();
        assertThat(cursor(supplier, "open")).isEmpty();
    }

    @Test
    void pages_whose_budget_is_spent_wait_and_nothing_failed_and_none_is_read_twice() {
        await().atMost(SOON).until(() -> !cursor("spent", "wholeAt").isEmpty());

        assertThat(ASKED.get("spent"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, PAGES).boxed().toList());
        assertThat(skus("spent")).hasSize(PAGES * ITEMS);
        assertThat(meters.get("hub.budget.refused").tag("partner", "spent").counters())
                .isNotEmpty();
        assertThat(meters.find("hub.readings.failed")
                        .tag("route", "spent-pull-products")
                        .counter())
                .isNull();
    }

    private PullProgress progress(String supplier) {
        return pulls.progress().stream()
                .filter(pull -> pull.supplier().equals(supplier))
                .findFirst()
                .orElse(new PullProgress(
                        supplier, true, true, null, null, java.time.Instant.EPOCH, null, 0, null, 0, 0, 0, "", null));
    }

    private List<String> skus(String supplier) {
        return database.sql("select sku from product where supplier = ?")
                .param(supplier)
                .query(String.class)
                .list();
    }

    private long count(String supplier, String which) {
        return database.sql("select count(*) from product where supplier = ? and (" + which + ")")
                .param(supplier)
                .query(Long.class)
                .single();
    }

    private String cursor(String supplier, String path) {
        return database.sql(
                        "select coalesce(state #>> ?::text[], '') from cursor where partner = ? and name = 'products'")
                .params("{" + path + "}", supplier)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static long asked(String supplier, int page) {
        return ASKED.getOrDefault(supplier, List.of()).stream()
                .filter(one -> one == page)
                .count();
    }

    private static List<String> page(int page) {
        return IntStream.range(0, ITEMS).mapToObj(i -> page + "-" + i).toList();
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(THREADS);
            server.createContext("/", FailingPageTest::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String supplier = exchange.getRequestURI().getPath().replaceAll("^/([^/]*)/.*$", "$1");
        int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll("\\D+", ""));
        ASKED.computeIfAbsent(supplier, s -> new CopyOnWriteArrayList<>()).add(page);
        boolean fails = page == FAILING && !MENDED.containsKey(supplier);
        String body = body(page);
        if (fails && supplier.equals("garbled")) {
            body = body.substring(0, body.length() / 2);
        }
        if (fails && supplier.equals("oversized")) {
            body = body + " ".repeat(10 * 1024 * 1024);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(fails && supplier.equals("refusing") ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String body(int page) {
        String items =
                page(page).stream().map(sku -> "{\"id\":\"" + sku + "\"}").collect(Collectors.joining(","));
        return "{\"page\":" + page + ",\"pages\":" + PAGES + ",\"total\":" + PAGES * ITEMS + ",\"items\":[" + items
                + "]}";
    }

    private static void write(Path supplier, String name) throws IOException {
        Files.createDirectories(supplier);
        Files.writeString(supplier.resolve("pull-products.camel.yaml"), """
                # Contract: the test.
                - templatedRoute:
                    routeTemplateRef: pull-products
                    routeId: %1$s-pull-products
                    parameters:
                      - { name: partner, value: %1$s }
                      - { name: every, value: "{{hub.partners.%1$s.pull-every}}" }
                      - { name: operation, value: products }
                """.formatted(name));
        Files.writeString(
                supplier.resolve("pull-products.request.jq"), "{path: \"/products\", query: {page: (.next // 1)}}");
        Files.writeString(supplier.resolve("pull-products.page.jq"), "{items, page, pages, total}");
        Files.writeString(supplier.resolve("product.jq"), """
                {sku: .id, name: .id, state: "active", category: "", options: [{key: "", values: [], costWon: 1000, stock: 1}]}
                """);
        Files.writeString(supplier.resolve("doctor.request.jq"), "{path: \"/products\", query: {page: 1}}");
        Files.writeString(supplier.resolve("doctor.verdict.jq"), "null");
    }
}
