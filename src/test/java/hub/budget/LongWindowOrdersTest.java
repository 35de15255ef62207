package hub.budget;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import hub.VirtualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Orders that come faster than the reserve, while catalogue work of two processes takes all that it gets; on a virtual
 * clock.
 */
class LongWindowOrdersTest {

    private static final Duration LENGTH = ofMinutes(12);

    /** At its first start a window counts as full. */
    private static final Duration FIRST = ofMinutes(2);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"), LENGTH);
    private final long settled = time.millis() + FIRST.toMillis();
    private final List<Long> calls = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();

    @ParameterizedTest(name = "{0} in {1} s")
    @CsvSource({"30, 10", "120, 60"})
    void orders_overtake_where_calls_are_spread_one_by_one(int most, int seconds) throws SQLException {
        run(new BudgetRule("account", most, ofSeconds(seconds), 1, most / 5, false, List.of(), ofMillis(200)));

        assertThat(waits).hasSizeGreaterThan(500);
        assertThat(percentile(99)).isLessThan(8 * 1000L * seconds / most);
        assertThat(most(ofSeconds(seconds))).isLessThanOrEqualTo(most);
        assertThat(calls.size())
                .isGreaterThan((int) (0.95 * most * LENGTH.minus(FIRST).toSeconds() / seconds));
    }

    private void run(BudgetRule rule) throws SQLException {
        VirtualBudgets budgets = new VirtualBudgets(time);
        BudgetOptions options = new BudgetOptions(ofSeconds(20), ofMillis(200));
        for (int process = 0; process < 2; process++) {
            CallBudgets one = budgets.process("acme", List.of(rule), options);
            for (int worker = 0; worker < 8; worker++) {
                time.worker(() -> work(one, "catalogue", 0));
            }
            time.worker(() -> work(one, "orders", 2000));
        }
        time.run();
    }

    /** Asks again and again, {@code every} so many milliseconds, and leaves when it may. */
    private void work(CallBudgets budgets, String lane, long every) {
        for (long asked = time.millis(); ; asked = time.millis()) {
            long wait = spend(budgets, lane);
            time.sleep(wait);
            if (budgets.depart("acme", "read").isZero()) {
                calls.add(time.millis());
                budgets.answered("acme", "read");
            }
            if (every > 0 && asked > settled) {
                waits.add(time.millis() - asked);
            }
            time.sleep(asked + every - time.millis());
        }
    }

    private long spend(CallBudgets budgets, String lane) {
        while (true) {
            try {
                return budgets.spend("acme", "read", lane);
            } catch (BudgetSpentException e) {
                time.sleep(e.retryAfter().toMillis());
            }
        }
    }

    private long percentile(int percent) {
        Collections.sort(waits);
        return waits.get(waits.size() * percent / 100);
    }

    private int most(Duration window) {
        Collections.sort(calls);
        int most = 0;
        for (int from = 0, to = 0; to < calls.size(); to++) {
            while (calls.get(to) - calls.get(from) >= window.toMillis()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
