package hub.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class NaverSecretTest {

    static List<JsonNode> vectors() {
        return Vectors.of("naver");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signature_is_the_one_others_computed(JsonNode vector) {
        String signed = sign(vector, vector.path("client_secret").asText());

        assertThat(signed).isEqualTo(vector.path("client_secret_sign").asText());
        assertThat(new String(Base64.getDecoder().decode(signed), StandardCharsets.US_ASCII))
                .isEqualTo(vector.path("bcrypt").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void unused_bits_of_the_salt_change_nothing(JsonNode vector) {
        String secret = vector.path("client_secret").asText();
        String masked = secret.substring(0, secret.length() - 1) + (secret.endsWith("v") ? "u" : ".");

        assertThat(sign(vector, masked)).isEqualTo(sign(vector, secret));
    }

    @Test
    void secret_that_is_no_salt_is_refused_without_showing_it() {
        assertThatThrownBy(() -> NaverSecret.sign("id", Secret.of("not-a-salt"), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("not-a-salt")
                .hasMessageContaining("10 characters");
    }

    /** The salt goes through raw bytes here and is spelt by hand, so that it never has bits to mask. */
    @Property(tries = 60)
    void signature_verifies_and_reads_as_plain_base64(
            @ForAll @AlphaChars @StringLength(min = 1, max = 30) String clientId,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis,
            @ForAll @Size(16) byte[] salt) {
        String secret = "$2a$04$" + bcryptBase64(salt);

        String signed = NaverSecret.sign(clientId, Secret.of(secret), Instant.ofEpochMilli(millis));

        String hash = new String(Base64.getUrlDecoder().decode(signed), StandardCharsets.US_ASCII);
        assertThat(hash).hasSize(60).startsWith(secret);
        assertThat(BCrypt.checkpw(clientId + "_" + millis, hash)).isTrue();
        assertThat(BCrypt.checkpw(clientId + "_" + (millis + 1), hash)).isFalse();
    }

    /** Plain Base64 with another alphabet in the same order. */
    private static String bcryptBase64(byte[] bytes) {
        String plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        String bcrypt = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder text = new StringBuilder();
        for (char c : Base64.getEncoder().withoutPadding().encodeToString(bytes).toCharArray()) {
            text.append(bcrypt.charAt(plain.indexOf(c)));
        }
        return text.toString();
    }

    private static String sign(JsonNode vector, String secret) {
        return NaverSecret.sign(
                vector.path("client_id").asText(),
                Secret.of(secret),
                Instant.ofEpochMilli(vector.path("timestamp").asLong()));
    }
}
