package hub.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtExpiryTest {

    @Property(tries = 200)
    void end_is_read_to_the_second(@ForAll @LongRange(min = 0, max = 100_000_000_000L) long second) {
        assertThat(JwtExpiry.of(jwt("{\"sub\":\"판매자\",\"exp\":" + second + "}")))
                .contains(Instant.EPOCH.plusSeconds(second));
    }

    @Test
    void token_of_the_published_vector_has_no_end() {
        String jwt = Vectors.scheme("esm").path("vectors").get(0).path("jwt").asText();

        assertThat(JwtExpiry.of(jwt)).isEmpty();
    }

    @Test
    void blanks_around_the_text_do_not_matter() {
        assertThat(JwtExpiry.of(" " + jwt("{\"exp\":5}") + "\n")).contains(Instant.ofEpochSecond(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "a.!!.c", "..", "a.e30.c.d"})
    void what_is_no_jwt_has_no_end(String token) {
        assertThat(JwtExpiry.of(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"exp\":\"soon\"}", "{\"exp\":-1}", "{\"exp\":1e300}", "{\"exp\":null}"})
    void end_that_is_no_time_is_none(String claims) {
        assertThat(JwtExpiry.of(jwt(claims))).isEmpty();
    }

    @Test
    void length_is_from_its_beginning_to_its_end_whatever_the_time_is() {
        assertThat(JwtExpiry.life(jwt("{\"iat\":100,\"exp\":3700}"))).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exp\":5}",
                "{\"iat\":5}",
                "{\"iat\":5,\"exp\":5}",
                "{\"iat\":6000,\"exp\":5}",
                "{\"iat\":\"now\",\"exp\":5}"
            })
    void length_that_is_not_told_is_none(String claims) {
        assertThat(JwtExpiry.life(jwt(claims))).isEmpty();
    }

    private static String jwt(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
