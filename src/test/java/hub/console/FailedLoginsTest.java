package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private long now = Long.MAX_VALUE - 1; // System.nanoTime() may wrap
    private final FailedLogins failed = new FailedLogins(5, () -> now);

    @Test
    void sixth_attempt_of_a_minute_is_not_tried_and_one_after_it_is() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(failed.begin("10.0.0.1")).isTrue();
        }
        assertThat(failed.begin("10.0.0.1")).isFalse();
        assertThat(failed.begin("10.0.0.2")).isTrue();

        now += Duration.ofSeconds(60).toNanos();
        assertThat(failed.begin("10.0.0.1")).isTrue();
    }

    @Test
    void success_forgives_what_failed_before() {
        for (int attempt = 0; attempt < 5; attempt++) {
            failed.begin("10.0.0.1");
        }
        failed.succeeded("10.0.0.1");

        assertThat(failed.begin("10.0.0.1")).isTrue();
    }
}
