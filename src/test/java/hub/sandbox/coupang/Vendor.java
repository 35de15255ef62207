package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A seller who signs correctly and never calls too often, and the clock of his world; one simulated second is real. */
final class Vendor {

    static final String PRODUCTS = "/v2/providers/seller_api/apis/api/v1/marketplace";
    static final String API = "/v2/providers/openapi/apis/api/";
    static final String ID = "A00999999";
    static final String ACCESS = "0a1b2c3d-sandbox-access-key";
    static final String SECRET = "sandbox-secret-key-0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter SIGNED =
            DateTimeFormatter.ofPattern("yyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** An answer with its body read. */
    record Reply(int status, JsonNode body, String effect, String ref) {
        JsonNode data() {
            return body.path("data");
        }

        String message() {
            return body.path("message").asText();
        }
    }

    private final SandboxOptions options;
    private final Path file;
    private SandboxStore store;
    private CoupangSimulator coupang;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    /** @param ordersPerHour what the buyers order in one hour */
    Vendor(Path folder, double ordersPerHour) {
        this.file = folder.resolve("coupang.jsonl");
        Map<String, String> keys = Map.of("access-key", ACCESS, "secret-key", SECRET, "vendor-id", ID);
        this.options =
                new SandboxOptions(true, 9090, 10, 1, ordersPerHour, 0, 7, folder, folder, Map.of("coupang", keys));
        this.store = new SandboxStore(file);
        this.coupang = new CoupangSimulator(options, clock(), store);
    }

    CoupangSimulator coupang() {
        return coupang;
    }

    void restart() {
        store.close();
        store = new SandboxStore(file);
        coupang = new CoupangSimulator(options, clock(), store);
    }

    Instant now() {
        return now;
    }

    void at(Instant instant) {
        now = instant;
    }

    /** Time goes by, a minute at a time. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Instant next = now.plus(Duration.ofMinutes(1));
            now = next.isBefore(end) ? next : end;
            coupang.tick();
        }
    }

    Reply get(String path) {
        return call("GET", path, "");
    }

    Reply put(String path) {
        return call("PUT", path, "");
    }

    Reply call(String method, String pathAndQuery, String body, String... faults) {
        now = now.plusMillis(150);
        return reply(coupang.answer(signed(method, pathAndQuery, body, faults)));
    }

    Request signed(String method, String pathAndQuery, String body, String... faults) {
        String target = "/coupang" + pathAndQuery;
        String date = SIGNED.format(now);
        String header = "CEA algorithm=HmacSHA256, access-key=" + ACCESS + ", signed-date=" + date + ", signature="
                + hmac(date + method + target.replaceFirst("\\?", ""));
        return request(method, target, header, body, faults);
    }

    /** @param target with or without {@code /coupang} in front */
    Request request(String method, String target, String authorization, String body, String... faults) {
        String path = target.replaceFirst("^/coupang", "");
        int mark = path.indexOf('?');
        return new Request(
                method,
                mark < 0 ? path : path.substring(0, mark),
                mark < 0 ? "" : path.substring(mark + 1),
                target,
                Map.of("authorization", authorization),
                body.getBytes(StandardCharsets.UTF_8),
                now,
                Set.of(faults));
    }

    /** Registers the product of the documentation with {@code stock} pieces of each option. */
    Reply create(String sku, int stock, String... faults) {
        return call("POST", PRODUCTS + "/seller-products", product(sku, stock).toString(), faults);
    }

    /** A registered product that was approved; its options' ids. */
    List<Long> listed(String sku, int stock) {
        long id = idOf(create(sku, stock));
        pass(Duration.ofHours(2));
        JsonNode items = get(PRODUCTS + "/seller-products/" + id).data().path("items");
        return List.of(
                items.path(0).path("vendorItemId").asLong(),
                items.path(1).path("vendorItemId").asLong());
    }

    static long idOf(Reply created) {
        JsonNode data = created.data();
        return data.isObject() ? data.path("data").asLong() : data.asLong();
    }

    static ObjectNode product(String sku, int stock) {
        ObjectNode body =
                (ObjectNode) sample("product-create-01-ok").path("request").path("body");
        for (int index = 0; index < 2; index++) {
            ((ObjectNode) body.path("items").path(index))
                    .put("externalVendorSku", sku + "-" + index)
                    .put("maximumBuyCount", stock);
        }
        return body;
    }

    /** The orders of a status placed today and yesterday. */
    JsonNode orders(String status) {
        return get(API + "v5/vendors/" + ID + "/ordersheets?createdAtFrom=2026-02-28%2B09:00"
                        + "&createdAtTo=2026-03-10%2B09:00&maxPerPage=50&status=" + status)
                .data();
    }

    Reply acknowledge(List<Long> boxes, String... faults) {
        String body = "{\"vendorId\":\"" + ID + "\",\"shipmentBoxIds\":" + boxes + "}";
        return call("PUT", API + "v4/vendors/" + ID + "/ordersheets/acknowledgement", body, faults);
    }

    static JsonNode sample(String name) {
        return resource("/sandbox/coupang/samples/" + name + ".json");
    }

    static JsonNode resource(String path) {
        try (InputStream in = Vendor.class.getResourceAsStream(path)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }

    static Reply reply(Answer answer) {
        try {
            return new Reply(answer.status(), JSON.readTree(answer.body()), answer.effect(), answer.ref());
        } catch (IOException e) {
            throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }

    private SandboxClock clock() {
        return new SandboxClock(
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                1);
    }

    private static String hmac(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
