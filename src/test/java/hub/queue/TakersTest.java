package hub.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TakersTest {

    private long now = Long.MAX_VALUE - 1; // System.nanoTime() may wrap
    private final Takers takers = new Takers(Duration.ofMinutes(2), () -> now);

    @Test
    void nothing_is_lacking_before_routes_run_nor_while_they_may_still_be_starting() {
        now += Duration.ofHours(1).toNanos();
        assertThat(takers.lacks("acme", "place-order")).as("no route asked yet").isFalse();
        takers.asked("coupang", "upload-tracking");
        now += Duration.ofSeconds(119).toNanos();
        assertThat(takers.lacks("acme", "place-order")).isFalse();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(takers.lacks("acme", "place-order")).isTrue();
    }

    @Test
    void route_that_asked_once_is_there_for_good() {
        takers.asked("acme", "place-order");
        now += Duration.ofDays(1).toNanos();
        assertThat(takers.has("acme", "place-order")).isTrue();
        assertThat(takers.lacks("acme", "place-order")).isFalse();
        assertThat(takers.lacks("acme", "find-order")).isTrue();
    }
}
