package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole hub with its simulators, and a server of pictures. */
final class PictureRig implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By path; what is not there is answered with 404. */
    final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

    /** How often, by path. */
    final Map<String, Integer> fetched = new ConcurrentHashMap<>();

    /** Answers other than 200, by path. */
    final Map<String, Integer> status = new ConcurrentHashMap<>();

    final ServletWebServerApplicationContext hub;
    final JdbcClient database;
    private final HttpServer server;

    PictureRig(Path data, String... options) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        Stream<String> common = Stream.of(
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
                "--hub.listing.find-after=1s");
        hub = (ServletWebServerApplicationContext) new SpringApplicationBuilder(HubApplication.class)
                .run(Stream.concat(common, Stream.of(options)).toArray(String[]::new));
        database = hub.getBean(JdbcClient.class);
    }

    String url(String file) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file;
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
    void list(String sku, String... files) {
        list(sku, content(sku, files), "");
    }

    ObjectNode content(String sku, String... files) {
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
            content.withArray("/images").add(url(file));
        }
        return content;
    }

    void list(String sku, ObjectNode content, String... optionKeys) {
        database.sql("""
                        insert into product (supplier, sku, state, name, content, content_hash)
                        values ('ownerclan', :sku, 'active', :sku, :content::jsonb, '')
                        """).param("sku", sku).param("content", content.toString()).update();
        database.sql("""
                        insert into product_stock (supplier, sku, option_key, cost_won, stock)
                        select 'ownerclan', :sku, key, 10000, 50 from unnest(:keys) key
                        """).param("sku", sku).param("keys", optionKeys).update();
        database.sql("insert into product_change values ('ownerclan', :sku)")
                .param("sku", sku)
                .update();
    }

    void listed(String market, String sku) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(state(market, sku))
                        .as(sku + ": " + reason(market, sku))
                        .isEqualTo("live"));
    }

    String state(String market, String sku) {
        return column("state", market, sku);
    }

    String reason(String market, String sku) {
        return column("reason", market, sku);
    }

    private String column(String column, String market, String sku) {
        return database.sql("select coalesce(" + column + ", '') from listing where market = :market and sku = :sku")
                .param("market", market)
                .param("sku", sku)
                .query(String.class)
                .optional()
                .orElse("not planned");
    }

    Map<String, String> leftOut(String market, String sku) {
        Map<String, String> leftOut = new ConcurrentHashMap<>();
        database.sql("select url, problem from image_refused where market = :market and sku = :sku")
                .param("market", market)
                .param("sku", sku)
                .query(row -> {
                    String url = row.getString("url");
                    leftOut.put(url.substring(url.lastIndexOf('/') + 1), row.getString("problem"));
                });
        return leftOut;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        hub.close();
        server.stop(0);
    }
}
