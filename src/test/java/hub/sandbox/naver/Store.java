package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.SettableClock;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A seller in front of the simulator: one simulated hour takes a second, and a second passes before each call so that
 * no bucket runs empty by accident.
 */
final class Store implements AutoCloseable {

    static final String ORDERS = "/v1/pay-order/seller/product-orders";
    static final String PRODUCT = "/v2/products/origin-products/";
    static final byte[] PNG = png(300);

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T01:00:00Z"));
    private final Path file;
    private final SandboxOptions options;
    private SandboxStore kept;
    NaverSimulator naver;
    private Set<String> faults = Set.of();
    private String token = "";

    Store(Path folder, double ordersPerHour) {
        this.file = folder.resolve("naver.jsonl");
        JsonNode vector = Sample.read("vectors").at("/vectors/0");
        Map<String, String> keys = Map.of(
                "client-id", vector.path("client_id").asText(),
                "client-secret", vector.path("client_secret").asText());
        this.options =
                new SandboxOptions(true, 9090, 0, 3600, ordersPerHour, 0, 7, folder, folder, Map.of("naver", keys));
        this.kept = new SandboxStore(file);
        this.naver = new NaverSimulator(options, new SandboxClock(clock, options.pace()), kept);
        this.token = Sample.body(askToken()).path("access_token").asText();
    }

    /** A black square. */
    static byte[] png(int side) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void restart() {
        kept.close();
        kept = new SandboxStore(file);
        naver = new NaverSimulator(options, new SandboxClock(clock, options.pace()), kept);
    }

    /** The form body of a token call, signed for now. */
    String form(long timestamp) {
        String id = options.credential("naver", "client-id");
        String hash = Bcrypt.hash(id + "_" + timestamp, options.credential("naver", "client-secret"));
        String sign = Base64.getEncoder().encodeToString(hash.getBytes(StandardCharsets.US_ASCII));
        return "client_id=" + id + "&timestamp=" + timestamp + "&client_secret_sign=" + sign
                + "&grant_type=client_credentials&type=SELF";
    }

    Answer askToken() {
        return askToken("", form(clock.millis()));
    }

    Answer askToken(String query, String form) {
        clock.pass(Duration.ofSeconds(1));
        return send(
                "POST",
                "/v1/oauth2/token",
                query,
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String path, String query) {
        return call("GET", path, query, null);
    }

    Answer post(String path, JsonNode body) {
        return call("POST", path, "", body);
    }

    Answer put(String path, JsonNode body) {
        return call("PUT", path, "", body);
    }

    Answer call(String method, String path, String query, @Nullable JsonNode body) {
        clock.pass(Duration.ofSeconds(1));
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        return send(method, path, query, "application/json", bytes);
    }

    Answer send(String method, String path, String query, String type, byte[] body) {
        return naver.answer(request(method, path, query, type, body));
    }

    Request request(String method, String path, String query, String type, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", type);
        headers.put("authorization", "Bearer " + token);
        return new Request(method, path, query, "/naver" + path, headers, body, clock.instant(), faults);
    }

    void token(String other) {
        token = other;
    }

    void faults(String... names) {
        faults = Set.of(names);
    }

    Answer upload(byte[]... files) {
        return upload("a.png", "image/png", files);
    }

    Answer upload(String name, String type, byte[]... files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] file : files) {
            String head = """
                    --xYz
                    Content-Disposition: form-data; name="imageFiles"; filename="%s"
                    Content-Type: %s

                    """.formatted(name, type);
            body.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--xYz--\r\n".getBytes(StandardCharsets.US_ASCII));
        clock.pass(Duration.ofSeconds(1));
        return send("POST", "/v1/product-images/upload", "", "multipart/form-data; boundary=xYz", body.toByteArray());
    }

    /** The sample's product with its two options, and images that were uploaded. */
    ObjectNode goods() {
        ObjectNode body = Sample.of("product-create-01-ok").request().deepCopy();
        JsonNode url = Sample.body(upload(PNG)).at("/images/0");
        ((ObjectNode) body.at("/originProduct/images")).set("representativeImage", url);
        ((ArrayNode) body.at("/originProduct/images/optionalImages")).set(0, url);
        return body;
    }

    ObjectNode plainGoods() {
        ObjectNode body = goods();
        ((ObjectNode) body.at("/originProduct/detailAttribute")).remove("optionInfo");
        return body;
    }

    /** Puts goods on sale; the origin product's number. */
    String list(ObjectNode goods) {
        Answer answer = post("/v2/products", goods);
        return Sample.body(answer).path("originProductNo").asText();
    }

    JsonNode read(String product) {
        return Sample.body(get(PRODUCT + product, "")).path("originProduct");
    }

    /** Simulated hours, as the server lives through them. */
    void hours(int hours) {
        for (int tick = 0; tick < hours * 5; tick++) {
            clock.pass(Duration.ofMillis(200));
            naver.tick();
        }
    }

    /** Waits for that many product orders; their ids, first ones first. */
    List<String> orders(int count) {
        for (int hour = 0; hour < 10_000; hour++) {
            List<String> ids = new ArrayList<>();
            kept.all("product-order")
                    .forEach(order -> ids.add(
                            order.at("/content/productOrder/productOrderId").asText()));
            if (ids.size() >= count) {
                return ids;
            }
            hours(1);
        }
        throw new IllegalStateException("no buyer came");
    }

    JsonNode order(String id) {
        ObjectNode body = ids(List.of(id)).put("quantityClaimCompatibility", true);
        return Sample.body(post(ORDERS + "/query", body)).at("/data/0");
    }

    static ObjectNode ids(List<String> ids) {
        ObjectNode body = Sample.JSON.createObjectNode();
        ids.forEach(body.putArray("productOrderIds")::add);
        return body;
    }

    ObjectNode parcel(String id, String number) {
        ObjectNode body = Sample.of("dispatch-01-ok").request().deepCopy();
        ((ObjectNode) body.at("/dispatchProductOrders/0"))
                .put("productOrderId", id)
                .put("trackingNumber", number)
                .put("dispatchDate", Kst.text(clock.instant()));
        return body;
    }

    Answer confirm(String... ids) {
        return post(ORDERS + "/confirm", ids(List.of(ids)));
    }

    Answer dispatch(String id, String number) {
        return post(ORDERS + "/dispatch", parcel(id, number));
    }

    @Override
    public void close() {
        kept.close();
    }
}
