package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.image.Pictures;
import hub.image.Samples;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub, the simulator of Naver, and a server whose pictures are good and bad. */
@TestInstance(Lifecycle.PER_CLASS)
class PicturesRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private PictureRig rig;

    @BeforeAll
    void start() throws IOException {
        rig = new PictureRig(
                data,
                "--hub.partners.coupang.enabled=false",
                "--hub.image.tries=2",
                "--hub.image.fetch-within=2s",
                "--hub.partners.acme.auth=none",
                "--hub.partners.acme.base-url=http://127.0.0.1:1",
                "--hub.partners.acme.budget=unlimited");
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void real_supplier_names_no_address_of_our_network_though_the_market_is_simulated() {
        rig.pictures.put("/inner.jpg", Samples.file("jpg", 900, 600));
        ObjectNode task = JSON.createObjectNode()
                .put("market", "naver")
                .put("account", "")
                .put("supplier", "acme")
                .put("sku", "inner");
        task.putObject("product").putArray("images").add(rig.url("inner.jpg"));

        JsonNode prepared = rig.hub.getBean(Pictures.class).prepare(task);

        assertThat(prepared.path("outcome").asText()).isEqualTo("final");
        assertThat(rig.leftOut("naver", "inner")).containsOnly(Map.entry("inner.jpg", "unreachable"));
        assertThat(rig.fetched).doesNotContainKey("/inner.jpg");
    }

    @Test
    void bad_pictures_are_left_out_and_named_and_the_good_ones_go_up_as_what_they_are() throws Exception {
        rig.pictures.put("/turned.jpg", Samples.turned(Samples.file("jpg", 900, 600), 6));
        rig.pictures.put("/alpha.png", Samples.alpha(700, 700));
        rig.pictures.put("/animated.gif", Samples.fiveFrames());
        rig.pictures.put("/animated.webp", Samples.animatedWebp());
        rig.pictures.put("/bomb.png", Samples.lying(60_000, 60_000));
        rig.pictures.put("/cut.jpg", Samples.cut(Samples.file("jpg", 800, 800)));
        rig.pictures.put("/tiny.jpg", Samples.file("jpg", 1, 1));
        rig.pictures.put("/drawing.svg", Samples.text("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        rig.pictures.put("/page.jpg", Samples.text("<html>login</html>"));
        rig.list(
                "mixed",
                "bomb.png",
                "turned.jpg",
                "animated.gif",
                "animated.webp",
                "cut.jpg",
                "tiny.jpg",
                "drawing.svg");
        rig.list("mixed-2", "page.jpg", "gone.jpg", "alpha.png");

        rig.listed("naver", "mixed");
        rig.listed("naver", "mixed-2");

        assertThat(rig.leftOut("naver", "mixed"))
                .containsOnly(
                        Map.entry("bomb.png", "too-large"),
                        Map.entry("animated.gif", "animated"),
                        Map.entry("animated.webp", "animated"),
                        Map.entry("cut.jpg", "broken"),
                        Map.entry("tiny.jpg", "too-small"),
                        Map.entry("drawing.svg", "not-a-picture"));
        assertThat(rig.leftOut("naver", "mixed-2"))
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
        rig.pictures.put("/bmp.bmp", Samples.file("bmp", 1_000, 1_000));
        rig.pictures.put("/copy.bmp", Samples.file("bmp", 1_000, 1_000));
        rig.list("once", "bmp.bmp", "copy.bmp");
        rig.listed("naver", "once");
        double converted = made("converted");
        long uploads = uploads();
        long hosted = hosted();

        rig.list("again", "bmp.bmp");
        rig.list("and-again", "copy.bmp");
        rig.listed("naver", "again");
        rig.listed("naver", "and-again");

        assertThat(rig.fetched).containsEntry("/bmp.bmp", 1).containsEntry("/copy.bmp", 1);
        assertThat(made("converted")).isEqualTo(converted);
        assertThat(uploads()).as("no upload besides those of others").isEqualTo(uploads);
        assertThat(hosted()).isEqualTo(hosted);
        JsonNode day = api().path("days").get(0);
        assertThat(day.path("bytesSaved").asLong()).isGreaterThan(1_000_000);
        assertThat(day.path("bytesIn").asLong()).isGreaterThanOrEqualTo(6_000_000);
    }

    @Test
    void listing_without_a_usable_picture_is_held_with_its_reason() {
        rig.pictures.put("/only.gif", Samples.fiveFrames());
        rig.list("none", "only.gif");
        await().atMost(PictureRig.LONG).until(() -> rig.state("naver", "none").equals("failed"));
        assertThat(rig.reason("naver", "none")).contains("no picture");
        assertThat(rig.leftOut("naver", "none")).containsEntry("only.gif", "animated");
    }

    @Test
    void server_that_is_away_is_tried_again_and_a_picture_that_stays_away_left_out() {
        rig.pictures.put("/flaky.jpg", Samples.numbered(1, 600));
        rig.pictures.put("/steady.jpg", Samples.numbered(2, 600));
        rig.status.put("/flaky.jpg", 503);
        rig.list("flaky", "flaky.jpg", "steady.jpg");
        rig.listed("naver", "flaky");
        assertThat(rig.fetched.get("/flaky.jpg")).isEqualTo(2);
        assertThat(rig.fetched.get("/steady.jpg")).isEqualTo(1);
        assertThat(rig.leftOut("naver", "flaky")).containsOnly(Map.entry("flaky.jpg", "unreachable"));
    }

    @Test
    void server_that_hangs_is_waited_for_once_and_not_by_every_product() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String there = "http://127.0.0.1:" + hanging.getLocalPort() + "/";

            JsonNode first = prepared("hung-1", there + "1.jpg", there + "2.jpg");
            long began = System.nanoTime();
            JsonNode second = prepared("hung-2", there + "3 한.jpg", there + "4.jpg");
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(first.path("outcome").asText()).isEqualTo("retry");
            assertThat(second.path("outcome").asText()).isEqualTo("retry");
            assertThat(second.path("reason").asText()).contains("is asked again in");
            assertThat(took).isLessThan(Duration.ofSeconds(1));
        }
    }

    private JsonNode prepared(String sku, String... urls) {
        ObjectNode task = JSON.createObjectNode()
                .put("market", "naver")
                .put("account", "")
                .put("supplier", "ownerclan")
                .put("sku", sku);
        ArrayNode images = task.putObject("product").putArray("images");
        Stream.of(urls).forEach(images::add);
        return rig.hub.getBean(Pictures.class).prepare(task);
    }

    @Test
    void known_picture_is_used_while_its_server_is_away() {
        rig.pictures.put("/known.jpg", Samples.numbered(6, 600));
        rig.list("known", "known.jpg");
        rig.listed("naver", "known");
        rig.status.put("/known.jpg", 503);
        rig.database
                .sql("update image_source set checked_at = checked_at - interval '25 hours' where checked_at ="
                        + " (select max(checked_at) from image_source)")
                .update();
        rig.list("known-2", "known.jpg");
        rig.listed("naver", "known-2");
        assertThat(rig.fetched.get("/known.jpg")).isEqualTo(2);
        assertThat(rig.leftOut("naver", "known-2")).isEmpty();
    }

    @Test
    void picture_that_only_the_market_refuses_does_not_take_the_others_along() {
        // Whole and within our rule, so it goes as it is; its pixels are noise, which only a decoder sees.
        rig.pictures.put("/noise.jpg", Samples.unreadable(Samples.numbered(3, 600)));
        rig.pictures.put("/good.jpg", Samples.numbered(4, 600));
        rig.list("refused", "noise.jpg", "good.jpg");
        rig.listed("naver", "refused");
        assertThat(rig.leftOut("naver", "refused")).containsOnly(Map.entry("noise.jpg", "market"));
    }

    @Test
    void addresses_that_the_market_lost_are_uploaded_anew() {
        rig.pictures.put("/lost.jpg", Samples.numbered(5, 600));
        rig.list("before", "lost.jpg");
        rig.listed("naver", "before");
        rig.database
                .sql("update image_hosted set url = 'http://naver.example/forgotten.jpg' where content_hash ="
                        + " (select content_hash from image_source order by checked_at desc limit 1)")
                .update();
        rig.list("after", "lost.jpg");
        rig.listed("naver", "after");
        assertThat(rig.fetched).containsEntry("/lost.jpg", 1);
        assertThat(rig.database
                        .sql("select count(*) from image_hosted where url like '%forgotten%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private long hosted() {
        return rig.database
                .sql("select count(*) from image_hosted")
                .query(Long.class)
                .single();
    }

    private double made(String what) {
        MeterRegistry meters = rig.hub.getBean(MeterRegistry.class);
        return meters.find("hub.images").tag("what", what).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double refusals(String problem) {
        return rig.hub
                .getBean(MeterRegistry.class)
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
        URI address = URI.create("http://127.0.0.1:" + rig.hub.getWebServer().getPort() + "/api/images");
        String body = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        return JSON.readTree(body);
    }
}
