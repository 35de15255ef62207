package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A range of 80 numbered pages, three read at once, and a usual pull every second, through the routes of a hub that is
 * killed while the range rests.
 */
class RangeTurnsRouteTest {

    private static final int PAGES = 80;
    private static final Duration LONG = Duration.ofMinutes(3);

    /** How long a page of the range takes, so that all of them take some seconds. Milliseconds. */
    private static final int SLOW = 150;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** {@code r3}: page 3 of the range; {@code u}: a usual pull. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** The usual pull is answered only then. */
    private volatile CountDownLatch usual = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Process> started = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer supplier;

    @BeforeEach
    void serve() throws IOException {
        supplier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        supplier.setExecutor(threads);
        supplier.createContext("/", this::answer);
        supplier.start();
        writeRoutes();
    }

    @AfterEach
    void stop() throws InterruptedException {
        usual.countDown();
        for (Process hub : started) {
            hub.destroy();
            hub.waitFor(30, TimeUnit.SECONDS);
            hub.destroyForcibly();
        }
        supplier.stop(0);
        threads.shutdownNow();
    }

    @Test
    void usual_pulls_go_first_and_every_page_of_the_range_is_asked_for_once_though_the_hub_is_killed()
            throws Exception {
        Process first = start();
        await().atMost(LONG).until(() -> count("cursor where state ->> 'readTo' is not null") == 1);
        execute("insert into backfill (supplier, from_text, to_text, state, asked_by)"
                + " values ('acme', '2026-01-01', '2026-02-01', 'asked', 'kim')");
        await().atMost(LONG).until(() -> ranged().size() > 3);
        CountDownLatch held = new CountDownLatch(1);
        usual = held;
        int before = usualPulls();
        await().atMost(LONG).until(() -> usualPulls() > before);
        int stored = ranged().size();
        assertThat(stored).isLessThan(PAGES);
        assertThat(text("state || ' ' || pages from backfill"))
                .as("the pages that were asked for are committed before the usual pull begins")
                .isEqualTo("running " + stored);

        first.destroyForcibly().waitFor();
        held.countDown();
        start();
        await().atMost(LONG).until(() -> count("backfill where state = 'done'") == 1);

        assertThat(ranged())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PAGES)
                        .mapToObj(page -> "r" + page)
                        .toList());
        assertThat(asked.subList(asked.indexOf("r1"), asked.lastIndexOf("r" + PAGES)).stream()
                        .filter("u"::equals))
                .as("usual pulls meanwhile")
                .hasSizeGreaterThan(2);
        assertThat(count("backfill where pages = %d and items = %1$d".formatted(PAGES)))
                .isEqualTo(1);
        assertThat(count("product where sku like 'r%'")).isEqualTo(PAGES);
    }

    private List<String> ranged() {
        return asked.stream().filter(page -> page.startsWith("r")).toList();
    }

    private int usualPulls() {
        return (int) asked.stream().filter("u"::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean range = query.contains("until");
        int page = Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1"));
        String sku = range ? "r" + page : "u";
        asked.add(sku);
        try (exchange) {
            boolean never = range
                    ? new CountDownLatch(1).await(SLOW, TimeUnit.MILLISECONDS)
                    : !usual.await(3, TimeUnit.MINUTES);
            String body =
                    "{\"items\":[{\"id\":\"%s\"}],\"page\":%d,\"pages\":%d}".formatted(sku, page, range ? PAGES : 1);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(never ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeRoutes() throws IOException {
        for (String part : List.of("shared", "flows", "ops")) {
            FileSystemUtils.copyRecursively(
                    Path.of("routes", part), folder.resolve("routes").resolve(part));
        }
        Path acme = Files.createDirectories(folder.resolve("routes/suppliers/acme"));
        Files.writeString(acme.resolve("pull-products.camel.yaml"), """
                # Contract: the test.
                - templatedRoute:
                    routeTemplateRef: pull-products
                    routeId: acme-pull-products
                    parameters:
                      - { name: partner, value: acme }
                      - { name: every, value: 1s }
                      - { name: operation, value: products }
                      - { name: range, value: time }
                      - { name: incremental, value: "true" }
                """);
        Files.writeString(
                acme.resolve("pull-products.request.jq"),
                "{path: \"/products\", query: ({page: (.next // 1)} + if .until then {until} else {} end)}");
        Files.writeString(acme.resolve("pull-products.page.jq"), "{items, page, pages}");
        Files.writeString(acme.resolve("product.jq"), """
                {sku: .id, name: .id, state: "active", category: "", options: [{key: "", values: [], costWon: 1000, stock: 1}]}
                """);
        Files.writeString(acme.resolve("doctor.request.jq"), "{path: \"/products\", query: {page: 1}}");
        Files.writeString(acme.resolve("doctor.verdict.jq"), "null");
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HubApplication.class.getName(),
                "--server.port=0",
                "--management.server.port=0",
                "--hub.embedded.data=" + folder.resolve("data"),
                "--hub.console.password-file=" + folder.resolve("console-password"),
                "--hub.handoff.folder=" + folder.resolve("handoff"),
                "--hub.routes.folder=" + folder.resolve("routes"),
                "--hub.sandbox.enabled=false",
                "--hub.partners.acme.auth=none",
                "--hub.partners.acme.budget=unlimited",
                "--camel.threadpool.config[pages].max-pool-size=3",
                "--hub.partners.acme.base-url=http://127.0.0.1:"
                        + supplier.getAddress().getPort()));
        for (String other : List.of("ownerclan", "domeggook", "zentrade", "coupang", "naver")) {
            command.add("--hub.partners." + other + ".enabled=false");
        }
        ProcessBuilder hub = new ProcessBuilder(command);
        hub.environment().put("HUB_JVM", "as-is");
        Path log = folder.resolve("hub-" + (started.size() + 1) + ".log");
        Process process =
                hub.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        started.add(process);
        return process;
    }

    private String text(String what) throws Exception {
        try (Connection database = database();
                ResultSet row = database.createStatement().executeQuery("select " + what)) {
            return row.next() ? row.getString(1) : "nothing";
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection database = database()) {
            database.createStatement().executeUpdate(sql);
        }
    }

    /** 0 as long as nobody answers. */
    private long count(String what) throws IOException {
        if (!Files.exists(folder.resolve("data/postgres.port"))) {
            return 0;
        }
        try (Connection database = database();
                ResultSet row = database.createStatement().executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return 0;
        }
    }

    private Connection database() throws IOException, SQLException {
        Path data = folder.resolve("data");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + Files.readString(data.resolve("postgres.port")).strip() + "/hub",
                "hub",
                Files.readString(data.resolve("postgres.password")).strip());
    }
}
