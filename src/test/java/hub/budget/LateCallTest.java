package hub.budget;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import hub.VirtualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that leave later than they were booked for, as from a process that was held up; on a virtual clock. */
class LateCallTest {

    private static final BudgetRule FOUR_A_SECOND =
            new BudgetRule("vendor", 4, ofSeconds(1), 0, 0, false, List.of(), null);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"), ofSeconds(20));
    private final VirtualBudgets budgets = new VirtualBudgets(time);
    private final CallBudgets process;
    private final List<Duration> waits = new ArrayList<>();
    private final List<BudgetView> views = new ArrayList<>();

    LateCallTest() throws SQLException {
        process = budgets.process("acme", List.of(FOUR_A_SECOND), new BudgetOptions(ofSeconds(20), ofMillis(200)));
        time.at(ofSeconds(0), () -> call(Duration.ZERO));
    }

    /** Counted are the other four, or the call and three of them. */
    @ParameterizedTest
    @CsvSource({"12500, 700, 13001", "13100, 0, 13800"})
    void call_is_made_and_counts_where_it_left_unless_its_window_has_filled_meanwhile(int others, int wait, int seen) {
        time.at(ofSeconds(10), () -> waits.add(call(ofSeconds(3))));
        time.at(ofMillis(others), this::fourCalls);
        time.at(ofMillis(seen), () -> views.addAll(process.view()));

        time.run();

        assertThat(waits).containsExactly(ofMillis(wait));
        assertThat(views.get(0).used()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"190, true", "260, false"})
    void call_is_made_in_a_full_window_while_it_is_no_later_than_the_margin(int late, boolean made) {
        time.at(ofSeconds(10), () -> waits.add(call(ofMillis(late))));
        time.at(ofMillis(10_001), this::threeCalls);
        time.at(
                ofMillis(10_050),
                () -> List.of(1, 2, 3, 4).forEach(ahead -> process.spend("acme", "read", "catalogue")));

        time.run();

        assertThat(waits.get(0).isZero()).isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({"190, true", "260, false"})
    void call_that_redis_has_forgotten_is_made_while_it_is_no_later_than_the_margin(int late, boolean made) {
        time.at(ofSeconds(10), () -> {
            process.spend("acme", "read", "catalogue");
            budgets.flush();
            process.catchUp();
            time.sleep(late);
            waits.add(process.depart("acme", "read"));
        });

        time.run();

        assertThat(waits.get(0).isZero()).isEqualTo(made);
    }

    private Duration call(Duration late) {
        time.sleep(process.spend("acme", "read", "catalogue"));
        time.sleep(late.toMillis());
        return process.depart("acme", "read");
    }

    private void fourCalls() {
        threeCalls();
        call(Duration.ZERO);
    }

    private void threeCalls() {
        for (int i = 0; i < 3; i++) {
            call(Duration.ZERO);
        }
    }
}
