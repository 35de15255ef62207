package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CountedTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final List<Integer> seen = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private boolean broken;
    private final Counted<Integer> counted = new Counted<>("things", this::source, clock());

    @Test
    void however_often_it_is_read_the_source_is_asked_once_a_count() {
        counted.count(seen::add);
        for (int read = 0; read < 1_000; read++) {
            assertThat(counted.value()).isEqualTo(1);
        }

        assertThat(asked).hasValue(1);
        assertThat(seen).containsExactly(1);
        assertThat(counted.count(seen::add)).isGreaterThanOrEqualTo(Counted.PAUSE);
    }

    @Test
    void last_count_is_believed_for_ten_seconds_of_failure_and_no_longer() {
        counted.count(seen::add);
        broken = true;
        now = now.plusSeconds(10);
        counted.count(seen::add);
        assertThat(counted.value()).isEqualTo(1);

        now = now.plusSeconds(1);
        assertThatThrownBy(counted::value)
                .isInstanceOf(NotCountedException.class)
                .hasMessage("things cannot be counted now");

        broken = false;
        counted.count(seen::add);
        assertThat(counted.value()).isEqualTo(2);
        assertThat(Duration.between(counted.at(), now)).isZero();
    }

    @Test
    void costly_count_is_made_seldom_and_a_single_slow_one_is_forgiven() {
        assertThat(counted.pause(Duration.ofSeconds(3))).isEqualTo(Counted.PAUSE);
        assertThat(counted.pause(Duration.ofMillis(200))).isEqualTo(Duration.ofSeconds(20));
        assertThat(counted.pause(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(20));
        assertThat(counted.pause(Duration.ofSeconds(2))).as("once a minute").isEqualTo(Duration.ofSeconds(60));
        assertThat(counted.pause(Duration.ofMillis(5))).isEqualTo(Counted.PAUSE);
        assertThat(counted.pause(Duration.ofSeconds(3))).isEqualTo(Counted.PAUSE);
    }

    private int source() {
        if (broken) {
            throw new IllegalStateException("no database");
        }
        return asked.incrementAndGet();
    }

    private Clock clock() {
        return new Clock() {
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
        };
    }
}
