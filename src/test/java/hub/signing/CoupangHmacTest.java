package hub.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoupangHmacTest {

    private static final JsonNode SCHEME = Vectors.scheme("coupang");

    static List<JsonNode> vectors() {
        return Vectors.of("coupang");
    }

    static List<JsonNode> mistakes() {
        return List.of(
                SCHEME.path("must_reject").get(0),
                SCHEME.path("must_reject").get(1),
                SCHEME.path("must_reject").get(2));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signature_is_the_one_others_computed(JsonNode vector) {
        assertThat(signature(vector)).isEqualTo(vector.path("signature").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void header_carries_key_date_and_signature(JsonNode vector) {
        String expected = SCHEME.path("header_template")
                .asText()
                .replace("{access}", text(vector, "access_key"))
                .replace("{signed-date}", text(vector, "signed_date"))
                .replace("{hex}", vector.path("signature").asText());

        assertThat(CoupangHmac.authorization(
                        text(vector, "access_key"),
                        Secret.of(text(vector, "secret_key")),
                        vector.path("method").asText(),
                        vector.path("path").asText(),
                        vector.path("query").asText(),
                        signedAt(vector)))
                .isEqualTo(expected)
                .isEqualTo(vector.path("authorization").asText(expected));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void known_mistake_is_not_made(JsonNode mistake) {
        JsonNode vector = vectors().stream()
                .filter(v -> v.path("id").equals(mistake.path("of")))
                .findFirst()
                .orElseThrow();

        assertThat(signature(vector)).isNotEqualTo(mistake.path("signature").asText());
    }

    @Test
    void query_with_its_question_mark_is_refused() {
        assertThatThrownBy(() -> CoupangHmac.signature(Secret.of("k"), "GET", "/v2", "?a=1", Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without");
    }

    @Property(tries = 300)
    void signature_equals_hmac_written_out_from_rfc_2104(
            @ForAll @StringLength(min = 1, max = 100) String secret,
            @ForAll @StringLength(max = 60) String path,
            @ForAll @IntRange(max = 9) int page,
            @ForAll @LongRange(min = 1_577_836_800L, max = 2_500_000_000L) long second) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        String date = String.format(
                Locale.ROOT,
                "%02d%02d%02dT%02d%02d%02dZ",
                utc.getYear() % 100,
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond());

        assertThat(CoupangHmac.signature(
                        Secret.of(secret), "PUT", "/" + path, "page=" + page, Instant.ofEpochSecond(second)))
                .isEqualTo(hmac(secret, date + "PUT/" + path + "page=" + page));
    }

    private static String hmac(String secret, String message) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(key.length > 64 ? sha256(key, new byte[0]) : key, 64);
        byte[] inner = block.clone();
        byte[] outer = block.clone();
        for (int i = 0; i < 64; i++) {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }
        byte[] mac = sha256(outer, sha256(inner, message.getBytes(StandardCharsets.UTF_8)));
        return String.format(Locale.ROOT, "%064x", new BigInteger(1, mac));
    }

    private static byte[] sha256(byte[] head, byte[] tail) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head);
            return digest.digest(tail);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String signature(JsonNode vector) {
        return CoupangHmac.signature(
                Secret.of(text(vector, "secret_key")),
                vector.path("method").asText(),
                vector.path("path").asText(),
                vector.path("query").asText(),
                signedAt(vector));
    }

    /** Of the vector, or of the scheme where the vector leaves it out. */
    private static String text(JsonNode vector, String field) {
        return vector.path(field).asText(SCHEME.path(field).asText());
    }

    private static Instant signedAt(JsonNode vector) {
        return LocalDateTime.parse(text(vector, "signed_date"), DateTimeFormatter.ofPattern("yyMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
    }
}
