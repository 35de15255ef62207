package hub.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** When catalogues pause and go on: with a machine that says what it is told. Its heap is 100 bytes. */
class LoadTest {

    private static final LoadOptions OPTIONS =
            new LoadOptions(0.8, 0.7, Duration.ofMinutes(2), 0.7, 0.6, Duration.ofSeconds(10), Duration.ofSeconds(5));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private long needed;
    private long used;
    private double cpu;
    private boolean urgent;
    private final Load load = new Load(machine(), () -> urgent, OPTIONS, new DefaultCamelContext(), clock(), meters);

    @Test
    void garbage_pauses_nothing() {
        needed = 40;
        used = 99;

        pass(60);

        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void what_a_collection_leaves_pauses_at_80_percent_and_goes_on_below_70() {
        collect(79);
        assertThat(load.isPaused()).isFalse();
        collect(80);
        assertThat(load.isPaused()).isTrue();
        assertThat(load.reason()).isEqualTo("memory");
        assertThat(paused("memory")).isEqualTo(1);
        assertThat(paused("cpu")).isZero();
        collect(71);
        assertThat(load.isPaused()).isTrue();
        collect(69);
        assertThat(load.isPaused()).isFalse();
        assertThat(paused("memory")).isZero();
        collect(79);
        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void what_a_collection_found_is_believed_for_two_minutes_because_none_may_come_while_nothing_is_read() {
        collect(85);
        used = 90;
        pass(118);
        assertThat(load.isPaused()).isTrue();
        pass(3);
        assertThat(load.isPaused()).isFalse();
        pass(60);
        assertThat(load.isPaused())
                .as("no second time without another collection")
                .isFalse();
        collect(84);
        assertThat(load.isPaused()).isTrue();
    }

    @Test
    void everything_in_use_below_70_percent_proves_that_there_is_room() {
        collect(85);
        used = 60;
        pass(1);

        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void pull_that_is_alone_may_use_all_processors() {
        cpu = 1;

        pass(600);

        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void catalogues_give_way_to_urgent_work_in_turns_so_that_neither_stands_still() {
        cpu = 1;
        urgent = true;
        pass(9);
        assertThat(load.isPaused()).as("busy counts over ten seconds").isFalse();

        int paused = 0;
        int changes = 0;
        for (int second = 0; second < 100; second++) {
            boolean before = load.isPaused();
            pass(1);
            paused += load.isPaused() ? 1 : 0;
            changes += before == load.isPaused() ? 0 : 1;
        }

        assertThat(paused).isBetween(45, 60);
        assertThat(changes).isBetween(16, 22);
    }

    @Test
    void giving_way_ends_when_nothing_urgent_waits_or_the_processors_are_free() {
        cpu = 1;
        urgent = true;
        pass(10);
        assertThat(load.reason()).isEqualTo("cpu");
        assertThat(paused("cpu")).isEqualTo(1);
        urgent = false;
        pass(1);
        assertThat(load.isPaused()).isFalse();

        pass(10);
        urgent = true;
        pass(1);
        assertThat(load.isPaused()).isTrue();
        cpu = 0;
        pass(4);
        assertThat(load.isPaused()).as("60 % on average").isTrue();
        pass(1);
        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void moment_of_much_work_is_none() {
        urgent = true;
        for (int i = 0; i < 10; i++) {
            cpu = 1;
            pass(5);
            cpu = 0.2;
            pass(5);
        }

        assertThat(load.isPaused()).isFalse();
    }

    @Test
    void options_that_make_no_sense_stop_the_start_with_their_values() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LoadOptions(0.7, 0.8, second, 0.7, 0.6, second, second))
                .hasMessageContaining("memory=0.7, memory-resume=0.8");
        assertThatThrownBy(() -> new LoadOptions(0.8, 0.7, second, 0.7, 0.6, Duration.ZERO, second))
                .hasMessageContaining("cpu-for=PT0S");
    }

    /** A collection that leaves so much. */
    private void collect(long left) {
        needed = left;
        used = Math.max(left, 75);
        pass(1);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            load.look();
        }
    }

    private double paused(String reason) {
        return meters.get("hub.load.paused").tag("reason", reason).gauge().value();
    }

    private Machine machine() {
        return new Machine() {
            @Override
            public long needed() {
                return needed;
            }

            @Override
            public long used() {
                return used;
            }

            @Override
            public long most() {
                return 100;
            }

            @Override
            public double cpu() {
                return cpu;
            }
        };
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
