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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What is learnt from refusals that nobody explains, and what becomes of a reserve that nobody needs; on a virtual
 * clock.
 */
class SlowedRateTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final BudgetOptions OPTIONS = new BudgetOptions(ofSeconds(20), ofMillis(200));
    private static final BudgetRule TEN_A_SECOND =
            new BudgetRule("vendor", 10, ofSeconds(1), 1, 3, false, List.of(), ofMillis(5));

    private final VirtualTime time = new VirtualTime(START, ofMinutes(70));
    private final VirtualBudgets budgets;
    private final CallBudgets one;
    private final CallBudgets other;
    private final Map<Integer, Integer> byMinute = new TreeMap<>();

    SlowedRateTest() throws SQLException {
        budgets = new VirtualBudgets(time);
        one = budgets.process("acme", List.of(TEN_A_SECOND), OPTIONS);
        other = budgets.process("acme", List.of(TEN_A_SECOND), OPTIONS);
    }

    @Test
    void half_the_rate_after_a_refusal_and_step_by_step_all_of_it_again() {
        alwaysBusy(8);
        time.at(ofMinutes(2), () -> one.tooMany("acme", "read", "429"));

        time.run();

        assertThat(calls(1)).isBetween(580, 600);
        assertThat(calls(2)).as("paused").isLessThan(20);
        assertThat(byMinute.entrySet().stream().filter(minute -> minute.getKey() >= 4 && minute.getKey() < 23))
                .allMatch(minute -> minute.getValue() >= 285 && minute.getValue() <= 300);
        assertThat(calls(23)).as("a tenth more").isBetween(310, 335);
        assertThat(calls(24)).as("three tenths more").isBetween(370, 395);
        assertThat(calls(27)).isBetween(580, 600);
        assertThat(calls(60)).isBetween(580, 600);
    }

    @Test
    void slowed_limit_is_shown_with_its_own_window_and_what_the_rule_says() {
        List<BudgetView> views = new ArrayList<>();
        time.at(ofMinutes(2), () -> one.tooMany("acme", "read", "429"));
        time.at(ofMinutes(5), () -> views.addAll(other.view()));
        time.at(ofMinutes(60), () -> views.addAll(other.view()));

        time.run();

        assertThat(views.get(0).limit()).isEqualTo(4);
        assertThat(views.get(0).window()).as("4 at 4.98 a second").isEqualTo(ofMillis(804));
        assertThat(views.get(0).slowedFrom()).contains(new BudgetView.Rule(10, ofSeconds(1)));
        assertThat(views.get(1).limit()).isEqualTo(10);
        assertThat(views.get(1).slowedFrom()).isEmpty();
    }

    @Test
    void a_rule_that_was_raised_since_is_used_to_the_full() {
        BudgetRule thirty = new BudgetRule("vendor", 30, ofSeconds(1), 1, 3, false, List.of(), ofMillis(5));
        CallBudgets raised = budgets.process("acme", List.of(thirty), OPTIONS);
        time.at(ofMinutes(2), () -> one.tooMany("acme", "read", "429"));
        for (int caller = 0; caller < 8; caller++) {
            busy(raised, ofMinutes(40));
        }

        time.run();

        assertThat(calls(45)).isBetween(1_740, 1_800);
    }

    @Test
    void a_refusal_on_the_way_up_goes_back_to_what_was_taken_and_waits_longer() {
        alwaysBusy(8);
        time.at(ofMinutes(2), () -> one.tooMany("acme", "read", "429"));
        time.at(ofSeconds(24 * 60 + 30), () -> other.tooMany("acme", "read", "429"));

        time.run();

        assertThat(calls(23)).as("a tenth more is tried").isBetween(310, 335);
        assertThat(byMinute.entrySet().stream().filter(minute -> minute.getKey() >= 26 && minute.getKey() < 55))
                .as("what was taken before: a step back, not half")
                .allMatch(minute -> minute.getValue() >= 310 && minute.getValue() <= 335);
        assertThat(calls(57)).as("tried again after half an hour").isGreaterThan(340);
    }

    @Test
    void two_refusals_of_calls_on_their_way_count_once_and_a_second_one_at_once_halves_again() {
        alwaysBusy(8);
        time.at(ofMinutes(2), () -> one.tooMany("acme", "read", "429"));
        time.at(ofMillis(120_040), () -> other.tooMany("acme", "read", "429"));
        time.at(ofSeconds(190), () -> other.tooMany("acme", "read", "429"));

        time.run();

        assertThat(calls(6)).isBetween(140, 150);
        assertThat(one.view().get(0).pausedUntil()).isEmpty();
    }

    @Test
    void the_catalogue_uses_what_orders_leave_and_orders_do_not_wait() {
        List<Long> waits = new ArrayList<>();
        alwaysBusy(16);
        time.worker(() -> {
            while (true) {
                time.sleep(3_700);
                long wait = other.spend("acme", "order", CallBudgets.ORDERS);
                waits.add(wait);
                count(time.millis() + wait);
            }
        });

        time.run();

        assertThat(byMinute.entrySet().stream().filter(minute -> minute.getKey() > 0 && minute.getKey() < 69))
                .allMatch(minute -> minute.getValue() >= 582 && minute.getValue() <= 600);
        assertThat(waits).hasSizeGreaterThan(1_000).allMatch(wait -> wait < 1_000);
    }

    @Test
    void an_empty_bucket_is_waited_for_as_long_as_it_fills_and_once_a_minute_only() {
        List<Duration> pauses = new ArrayList<>();
        time.worker(() -> {
            time.sleep(1_000);
            pauses.add(one.emptied("acme", "read", ofSeconds(2), "429"));
            time.sleep(70_000);
            pauses.add(one.emptied("acme", "read", ofSeconds(2), "429"));
            time.sleep(5_000);
            pauses.add(one.emptied("acme", "read", ofSeconds(2), "429"));
            time.sleep(Duration.ofDays(1).toMillis());
        });
        time.at(ofSeconds(10), () -> count(time.millis() + one.spend("acme", "read", "catalogue")));

        time.run();

        assertThat(pauses.subList(0, 2)).containsOnly(ofSeconds(2));
        assertThat(pauses.get(2)).isBetween(ofSeconds(59), ofSeconds(60));
        assertThat(calls(0))
                .as("after two seconds calls went on, at the whole rate")
                .isEqualTo(1);
    }

    private void alwaysBusy(int callers) {
        for (int caller = 0; caller < callers; caller++) {
            busy(caller % 2 == 0 ? one : other, Duration.ZERO);
        }
    }

    private void busy(CallBudgets process, Duration since) {
        time.worker(() -> {
            time.sleep(since.toMillis());
            while (true) {
                try {
                    long wait = process.spend("acme", "read", "catalogue");
                    time.sleep(wait);
                    Duration paused = process.depart("acme", "read");
                    if (paused.isZero()) {
                        count(time.millis());
                        time.sleep(40);
                    }
                } catch (BudgetSpentException e) {
                    time.sleep(e.retryAfter().toMillis());
                }
            }
        });
    }

    private void count(long at) {
        byMinute.merge((int) ((at - START.toEpochMilli()) / 60_000), 1, Integer::sum);
    }

    private int calls(int minute) {
        return byMinute.getOrDefault(minute, 0);
    }
}
