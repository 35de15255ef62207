package hub.partner;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Duration OTHERWISE = ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"7, 7", "' 7 ', 7", "0, 1", "900, 900", "901, 900", "999999999999999999999, 900"})
    void seconds_are_clamped(String header, long seconds) {
        assertThat(RetryAfter.of(header, null, OTHERWISE)).isEqualTo(ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "-5", "1.5", "'７'", "2026-03-01T00:00:00Z"})
    void what_says_nothing_readable_leaves_the_usual_wait(String header) {
        assertThat(RetryAfter.of(header, null, OTHERWISE)).isEqualTo(OTHERWISE);
    }

    @Test
    void date_is_a_wait_until_then() {
        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));

        assertThat(RetryAfter.of(inAMinute, null, OTHERWISE)).isBetween(ofSeconds(30), ofSeconds(60));
        assertThat(RetryAfter.of("Sun, 01 Mar 2020 00:00:00 GMT", null, OTHERWISE))
                .isEqualTo(ofSeconds(1));
    }

    @Test
    void date_is_meant_by_the_clock_of_the_partner() {
        String then = "Sun, 01 Mar 2020 00:01:20 GMT";

        assertThat(RetryAfter.of(then, "Sun, 01 Mar 2020 00:01:00 GMT", OTHERWISE))
                .isEqualTo(ofSeconds(20));
        assertThat(RetryAfter.of(then, "no date", OTHERWISE)).isEqualTo(ofSeconds(1));
    }

    @Property(tries = 500)
    void no_text_breaks_it_or_makes_us_wait_for_long(@ForAll String header) {
        assertThat(RetryAfter.of(header, null, OTHERWISE)).isBetween(ofSeconds(1), ofMinutes(15));
    }
}
