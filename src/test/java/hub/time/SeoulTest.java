package hub.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SeoulTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-12-31T15:04:05Z");

    @Test
    void day_begins_nine_hours_before_that_of_utc() {
        assertThat(Seoul.day(Instant.parse("2026-12-31T14:59:59.999Z"))).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(Seoul.day(NEW_YEAR)).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(Seoul.begin(LocalDate.of(2027, 1, 1))).isEqualTo(Instant.parse("2026-12-31T15:00:00Z"));
    }

    @Test
    void one_moment_reads_alike_in_every_form() {
        assertThat(Seoul.timeOfDay(NEW_YEAR)).isEqualTo("00:04:05");
        assertThat(Seoul.minute(NEW_YEAR)).isEqualTo("01-01 00:04");
        assertThat(Seoul.second(NEW_YEAR)).isEqualTo("01-01 00:04:05");
        assertThat(Seoul.datedMinute(NEW_YEAR)).isEqualTo("2027-01-01 00:04");
        assertThat(Seoul.datedSecond(NEW_YEAR)).isEqualTo("2027-01-01 00:04:05");
    }
}
