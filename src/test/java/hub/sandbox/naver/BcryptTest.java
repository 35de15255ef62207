package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptTest {

    static Stream<JsonNode> vectors() {
        JsonNode file = Sample.read("vectors");
        return Stream.of(file.at("/vectors/0"), file.at("/published/0"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hash_and_sign_are_those_that_other_libraries_give(JsonNode vector) {
        String hash = Bcrypt.hash(
                vector.path("client_id").asText() + "_"
                        + vector.path("timestamp").asText(),
                vector.path("client_secret").asText());

        assertThat(hash).isEqualTo(vector.path("bcrypt").asText());
        assertThat(Base64.getEncoder().encodeToString(hash.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(vector.path("client_secret_sign").asText());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void one_other_character_gives_another_hash(JsonNode vector) {
        String salt = vector.path("client_secret").asText();

        assertThat(Bcrypt.hash(vector.path("password").asText() + "0", salt))
                .isNotEqualTo(vector.path("bcrypt").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "secret", "$2a$03$kQwErTyUiOpAsDfGhJkLz.", "$2a$32$kQwErTyUiOpAsDfGhJkLz.", "$2a$04$short"})
    void what_is_no_salt_is_refused(String text) {
        assertThat(Bcrypt.isSalt(text)).isFalse();
        assertThatThrownBy(() -> Bcrypt.hash("password", text)).isInstanceOf(IllegalArgumentException.class);
    }
}
