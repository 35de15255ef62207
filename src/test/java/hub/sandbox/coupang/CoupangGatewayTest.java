package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.coupang.Vendor.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoupangGatewayTest {

    private static final JsonNode VECTORS = Vendor.resource("/sandbox/coupang/vectors.json");
    private static final String QUOTA = Vendor.PRODUCTS + "/seller-products/inflow-status";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("vectors")
    void vector_is_let_in(JsonNode vector) {
        Vendor vendor = vendor();

        Reply reply = send(vendor, vector, vector.path("authorization").asText());

        assertThat(reply.status()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void wrong_signature_is_refused(JsonNode mistake) {
        Vendor vendor = vendor();
        JsonNode vector = vectors()
                .filter(known -> known.path("id").equals(mistake.path("of")))
                .findFirst()
                .orElseThrow();
        String right = vector.path("signature").asText();
        String header = vector.path("authorization")
                .asText()
                .replace(right, mistake.path("signature").asText());

        Reply reply = send(vendor, vector, header);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.message()).isEqualTo("Invalid signature.");
    }

    @ParameterizedTest
    @MethodSource("published")
    void published_signature_is_reproduced(JsonNode vector) {
        String date = vector.path("signed_date").asText();
        String header = "CEA algorithm=HmacSHA256, access-key="
                + vector.path("access_key").asText()
                + ", signed-date=" + date + ", signature="
                + vector.path("signature").asText();
        Instant at = LocalDateTime.parse(date, DateTimeFormatter.ofPattern("yyMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
        SignatureCheck check = new SignatureCheck(
                vector.path("access_key").asText(), vector.path("secret_key").asText());

        assertThat(check.refusal(vector.path("method").asText(), target(vector), header, at))
                .isEmpty();
    }

    @Test
    void signature_covers_the_prefix_and_the_query_as_sent() {
        Vendor vendor = vendor();

        assertThat(vendor.get(QUOTA).status()).isEqualTo(200);
        var signed = vendor.signed("GET", QUOTA + "?a=~", "");
        var other = vendor.request(
                "GET", "/coupang" + QUOTA + "?a=%7E", signed.headers().getOrDefault("authorization", ""), "");
        assertThat(vendor.coupang().answer(other).status()).isEqualTo(401);
    }

    @Test
    void old_future_malformed_and_foreign_signatures_get_their_own_text() {
        Vendor vendor = vendor();
        String header = vendor.signed("GET", QUOTA, "").headers().getOrDefault("authorization", "");

        assertThat(refusal(vendor, header.replace("CEA ", ""))).isEqualTo("HMAC format is invalid.");
        assertThat(refusal(vendor, header.replace(Vendor.ACCESS, "other"))).isEqualTo("Request is not authorized.");
        vendor.at(vendor.now().plusSeconds(301));
        assertThat(refusal(vendor, header)).isEqualTo("Specified signature is expired.");
        vendor.at(vendor.now().minusSeconds(602));
        assertThat(refusal(vendor, header)).isEqualTo("Specified signature is expired.");
    }

    @Test
    void eleventh_call_in_a_second_is_refused_and_so_is_everything_for_five_seconds() {
        Vendor vendor = vendor();
        for (int call = 0; call < 10; call++) {
            assertThat(status(vendor)).isEqualTo(200);
        }
        assertThat(status(vendor)).isEqualTo(429);
        vendor.at(vendor.now().plusMillis(4_999));
        assertThat(status(vendor)).isEqualTo(429);
        vendor.at(vendor.now().plusMillis(1));
        assertThat(status(vendor)).isEqualTo(200);
    }

    @Test
    void ten_calls_each_second_are_let_in() {
        Vendor vendor = vendor();
        for (int call = 0; call < 100; call++) {
            assertThat(status(vendor)).isEqualTo(200);
            vendor.at(vendor.now().plusMillis(100));
        }
    }

    @Test
    void gateway_speaks_as_documented() {
        Vendor vendor = vendor();
        assertThat(new String(vendor.coupang().gateway(403).body(), StandardCharsets.UTF_8))
                .contains("<H1>Access Denied</H1>");
        assertThat(vendor.coupang().gateway(403).headers()).containsEntry("Content-Type", "text/html");
        for (String name : List.of("gateway-01-expired", "gateway-04-rate-limit", "gateway-06-timeout")) {
            JsonNode response = Vendor.sample(name).path("response");
            Reply reply = Vendor.reply(
                    vendor.coupang().gateway(response.path("status").asInt()));
            assertThat(reply.message())
                    .isEqualTo(response.path("body").path("message").asText());
            assertThat(reply.body().fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(() -> response.path("body").fieldNames());
        }
    }

    @Test
    void operations_have_names() {
        Vendor vendor = vendor();
        assertThat(operation(vendor, "POST", Vendor.PRODUCTS + "/seller-products"))
                .isEqualTo("create-product");
        assertThat(operation(vendor, "GET", Vendor.PRODUCTS + "/seller-products/990000001"))
                .isEqualTo("get-product");
        assertThat(operation(vendor, "PUT", Vendor.PRODUCTS + "/vendor-items/1/prices/100"))
                .isEqualTo("update-price");
        assertThat(operation(vendor, "GET", Vendor.API + "v5/vendors/A1/ordersheets?status=ACCEPT"))
                .isEqualTo("list-orders");
        assertThat(operation(vendor, "PATCH", Vendor.API + "v4/vendors/A1/ordersheets/acknowledgement"))
                .isEqualTo("acknowledge");
        assertThat(operation(vendor, "GET", "/v2/nothing")).isEqualTo("unknown");
    }

    private Vendor vendor() {
        return new Vendor(folder, 0);
    }

    private static Reply send(Vendor vendor, JsonNode vector, String header) {
        return Vendor.reply(
                vendor.coupang().answer(vendor.request(vector.path("method").asText(), target(vector), header, "")));
    }

    private static String target(JsonNode vector) {
        String query = vector.path("query").asText();
        return vector.path("path").asText() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String refusal(Vendor vendor, String header) {
        Reply reply = Vendor.reply(vendor.coupang().answer(vendor.request("GET", "/coupang" + QUOTA, header, "")));
        assertThat(reply.status()).isEqualTo(401);
        return reply.message();
    }

    private static int status(Vendor vendor) {
        return vendor.coupang().answer(vendor.signed("GET", QUOTA, "")).status();
    }

    private static String operation(Vendor vendor, String method, String target) {
        return vendor.coupang().operation(vendor.request(method, "/coupang" + target, "", ""));
    }

    private static Stream<JsonNode> vectors() {
        return StreamSupport.stream(VECTORS.path("vectors").spliterator(), false);
    }

    private static Stream<JsonNode> published() {
        return StreamSupport.stream(VECTORS.path("published").spliterator(), false);
    }

    private static Stream<JsonNode> mistakes() {
        return StreamSupport.stream(VECTORS.path("must_reject").spliterator(), false);
    }
}
