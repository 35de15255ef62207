package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hub.image.Samples;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole hub, the simulator of Naver, and a server whose pictures are good and bad. */
@TestInstance(Lifecycle.PER_CLASS)
class PicturesRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final Map<String, Integer> fetched = new ConcurrentHashMap<>();
    private final Map<String, Integer> status = new ConcurrentHashMap<>();
    private HttpServer server;
    private ServletWebServerApplicationContext hub;
    private JdbcClient database;

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        hub = (ServletWebServerApplicationContext) new SpringApplicationBuilder(HubApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--hub.embedded.data=" + data,
                        "--hub.console.password-file=" + data.resolve("console-password"),
                        "--hub.handoff.folder=" + data.resolve("handoff"),
                        "--hub.sandbox.state=" + data.resolve("sandbox"),
                        "--hub.sandbox.port=" + freePort(),
                        "--hub.sandbox.products=0",
                        "--hub.listing.check-every=1s",
                        "--hub.listing.backoff=1s",
                        "--hub.listing.find-after=1s",
                        "--hub.image.tries=2");
        database = hub.getBean(JdbcClient.class);
    }

    @AfterAll
    void stop() {
        hub.close();
        server.stop(0);
    }

    @Test
    void bad_pictures_are_left_out_and_named_and_the_good_ones_go_up_as_what_they_are() throws Exception {
        pictures.put("/turned.jpg", Samples.turned(Samples.file("jpg", 900, 600), 6));
        pictures.put("/alpha.png", Samples.alpha(700, 700));
        pictures.put("/animated.gif", Samples.fiveFrames());
        pictures.put("/animated.webp", Samples.animatedWebp());
        pictures.put("/bomb.png", Samples.lying(60_000, 60_000));
        pictures.put("/cut.jpg", Samples.cut(Samples.file("jpg", 800, 800)));
        pictures.put("/tiny.jpg", Samples.file("jpg", 1, 1));
        pictures.put("/drawing.svg", Samples.text("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        pictures.put("/page.jpg", Samples.text("<html>login</html>"));
        list("mixed", "bomb.png", "turned.jpg", "animated.gif", "animated.webp", "cut.jpg", "tiny.jpg", "drawing.svg");
        list("mixed-2", "page.jpg", "gone.jpg", "alpha.png");

        listed("mixed");
        listed("mixed-2");

        assertThat(leftOut("mixed"))
                .containsOnly(
                        Map.entry("bomb.png", "too-large"),
                        Map.entry("animated.gif", "animated"),
                        Map.entry("animated.webp", "animated"),
                        Map.entry("cut.jpg", "broken"),
                        Map.entry("tiny.jpg", "too-small"),
                        Map.entry("drawing.svg", "not-a-picture"));
        assertThat(leftOut("mixed-2"))
                .containsOnly(Map.entry("page.jpg", "not-a-picture"), Map.entry("gone.jpg", "unreachable"));
        JsonNode api = api();
        assertThat(api.path("leftOut").findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains("60000 x 60000") && reason.contains("offer"));
        assertThat(api.path("days").get(0).path("refused").asLong()).isGreaterThanOrEqualTo(8);
        assertThat(refusals("too-large")).isEqualTo(1);
        assertThat(hosted())
                .as("the simulator took what was sent, and nothing else")
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void same_picture_is_fetched_converted_and_uploaded_once() throws Exception {
        pictures.put("/bmp.bmp", Samples.file("bmp", 1_000, 1_000));
        pictures.put("/copy.bmp", Samples.file("bmp", 1_000, 1_000));
        list("once", "bmp.bmp", "copy.bmp");
        listed("once");
        double converted = made("converted");
        long uploads = uploads();
        long hosted = hosted();

        list("again", "bmp.bmp");
        list("and-again", "copy.bmp");
        listed("again");
        listed("and-again");

        assertThat(fetched).containsEntry("/bmp.bmp", 1).containsEntry("/copy.bmp", 1);
        assertThat(made("converted")).isEqualTo(converted);
        assertThat(uploads()).as("no upload besides those of others").isEqualTo(uploads);
        assertThat(hosted()).isEqualTo(hosted);
        JsonNode day = api().path("days").get(0);
        assertThat(day.path("bytesSaved").asLong()).isGreaterThan(1_000_000);
        assertThat(day.path("bytesIn").asLong()).isGreaterThanOrEqualTo(6_000_000);
    }

    @Test
    void listing_without_a_usable_picture_is_held_with_its_reason() {
        pictures.put("/only.gif", Samples.fiveFrames());
        list("none", "only.gif");
        await().atMost(LONG).until(() -> state("none").equals("failed"));
        assertThat(reason("none")).contains("no picture");
        assertThat(leftOut("none")).containsEntry("only.gif", "animated");
    }

    @Test
    void server_that_is_away_is_tried_again_and_a_picture_that_stays_away_left_out() {
        pictures.put("/flaky.jpg", Samples.numbered(1, 600));
        pictures.put("/steady.jpg", Samples.numbered(2, 600));
        status.put("/flaky.jpg", 503);
        list("flaky", "flaky.jpg", "steady.jpg");
        listed("flaky");
        assertThat(fetched.get("/flaky.jpg")).isEqualTo(2);
        assertThat(fetched.get("/steady.jpg")).isEqualTo(1);
        assertThat(leftOut("flaky")).containsOnly(Map.entry("flaky.jpg", "unreachable"));
    }

    @Test
    void known_picture_is_used_while_its_server_is_away() {
        pictures.put("/known.jpg", Samples.numbered(6, 600));
        list("known", "known.jpg");
        listed("known");
        status.put("/known.jpg", 503);
        database.sql("update image_source set checked_at = checked_at - interval '25 hours' where checked_at ="
                        + " (select max(checked_at) from image_source)")
                .update();
        list("known-2", "known.jpg");
        listed("known-2");
        assertThat(fetched.get("/known.jpg")).isEqualTo(2);
        assertThat(leftOut("known-2")).isEmpty();
    }

    @Test
    void picture_that_only_the_market_refuses_does_not_take_the_others_along() {
        // Whole and within our rule, so it goes as it is; its pixels are noise, which only a decoder sees.
        pictures.put("/noise.jpg", Samples.unreadable(Samples.numbered(3, 600)));
        pictures.put("/good.jpg", Samples.numbered(4, 600));
        list("refused", "noise.jpg", "good.jpg");
        listed("refused");
        assertThat(leftOut("refused")).containsOnly(Map.entry("noise.jpg", "market"));
    }

    @Test
    void addresses_that_the_market_lost_are_uploaded_anew() {
        pictures.put("/lost.jpg", Samples.numbered(5, 600));
        list("before", "lost.jpg");
        listed("before");
        database.sql("update image_hosted set url = 'http://naver.example/forgotten.jpg' where content_hash ="
                        + " (select content_hash from image_source order by checked_at desc limit 1)")
                .update();
        list("after", "lost.jpg");
        listed("after");
        assertThat(fetched).containsEntry("/lost.jpg", 1);
        assertThat(database.sql("select count(*) from image_hosted where url like '%forgotten%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        fetched.merge(path, 1, Integer::sum);
        byte[] body = pictures.getOrDefault(path, new byte[0]);
        int answer = status.getOrDefault(path, body.length == 0 ? 404 : 200);
        exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
        exchange.sendResponseHeaders(answer, answer == 200 ? body.length : -1);
        if (answer == 200) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** A product of a supplier that is bought from, with these pictures. */
    private void list(String sku, String... files) {
        ObjectNode content = JSON.createObjectNode();
        content.put("sku", sku)
                .put("name", "상품 " + sku)
                .put("category", "c")
                .put("html", "h")
                .put("adultOnly", false)
                .put("openMarket", true)
                .put("blocked", "")
                .put("taxFree", false)
                .put("model", "")
                .put("maker", "");
        content.putObject("marketCategory").put("naver", "50000803");
        content.putObject("shipping").put("type", "free").put("feeWon", 0);
        content.putArray("options").addObject().put("key", "").putArray("values");
        for (String file : files) {
            content.withArray("/images")
                    .add("http://127.0.0.1:" + server.getAddress().getPort() + "/" + file);
        }
        database.sql("""
                        insert into product (supplier, sku, state, name, content, content_hash)
                        values ('ownerclan', :sku, 'active', :sku, :content::jsonb, '')
                        """).param("sku", sku).param("content", content.toString()).update();
        database.sql("""
                        insert into product_stock (supplier, sku, option_key, cost_won, stock)
                        values ('ownerclan', :sku, '', 10000, 50)
                        """).param("sku", sku).update();
        database.sql("insert into product_change values ('ownerclan', :sku)")
                .param("sku", sku)
                .update();
    }

    private void listed(String sku) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(state(sku)).as(sku + ": " + reason(sku)).isEqualTo("live"));
    }

    private String state(String sku) {
        return column("state", sku);
    }

    private String reason(String sku) {
        return column("reason", sku);
    }

    private String column(String column, String sku) {
        return database.sql("select coalesce(" + column + ", '') from listing where market = 'naver' and sku = :sku")
                .param("sku", sku)
                .query(String.class)
                .optional()
                .orElse("not planned");
    }

    private Map<String, String> leftOut(String sku) {
        Map<String, String> leftOut = new ConcurrentHashMap<>();
        database.sql("select url, problem from image_refused where market = 'naver' and sku = :sku")
                .param("sku", sku)
                .query(row -> {
                    String url = row.getString("url");
                    leftOut.put(url.substring(url.lastIndexOf('/') + 1), row.getString("problem"));
                });
        return leftOut;
    }

    private long hosted() {
        return database.sql("select count(*) from image_hosted")
                .query(Long.class)
                .single();
    }

    private double made(String what) {
        MeterRegistry meters = hub.getBean(MeterRegistry.class);
        return meters.find("hub.images").tag("what", what).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double refusals(String problem) {
        return hub.getBean(MeterRegistry.class)
                .get("hub.images")
                .tags("what", "refused", "problem", problem)
                .counter()
                .count();
    }

    private long uploads() throws IOException {
        try (var lines = Files.lines(data.resolve("sandbox/journal.jsonl"))) {
            return lines.filter(line -> line.contains("\"upload-images\"")).count();
        }
    }

    private JsonNode api() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + hub.getWebServer().getPort() + "/api/images");
        String body = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        return JSON.readTree(body);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
