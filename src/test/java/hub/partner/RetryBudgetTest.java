package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final RetryOptions OPTIONS = new RetryOptions(0.1, Duration.ofMinutes(10), Duration.ofMinutes(1));

    private final AtomicLong clock = new AtomicLong(5_000_000);
    private final RetryBudget budget = new RetryBudget(OPTIONS, clock::get);

    @Test
    void extra_calls_are_a_tenth_of_the_first_ones() {
        assertThat(budget.extra()).isZero();
        for (int call = 0; call < 1_000; call++) {
            budget.first();
        }

        int granted = 1;
        while (budget.extra().isZero()) {
            granted++;
        }

        assertThat(granted).isEqualTo(100);
    }

    @Test
    void quiet_partner_is_tried_again_once_a_minute() {
        int granted = 0;
        for (int second = 0; second < 3_600; second++) {
            granted += budget.extra().isZero() ? 1 : 0;
            clock.addAndGet(1_000);
        }

        assertThat(granted).isEqualTo(60);
    }

    @Test
    void spare_call_comes_less_often_while_it_fails_and_at_once_again_after_one_was_taken() {
        RetryBudget quiet =
                new RetryBudget(new RetryOptions(0.1, Duration.ofMinutes(10), Duration.ofSeconds(10)), clock::get);
        int granted = 0;
        for (int second = 0; second < 3_600; second++) {
            if (quiet.extra().isZero()) {
                granted++;
                quiet.failed();
            }
            clock.addAndGet(1_000);
        }
        assertThat(granted).as("in an outage of an hour").isBetween(36, 40);

        quiet.taken();
        int orders = 0;
        for (int second = 0; second < 500; second++) {
            orders += quiet.extra().isZero() ? 1 : 0;
            clock.addAndGet(1_000);
        }
        assertThat(orders).as("that the outage left").isEqualTo(50);
    }

    @Test
    void what_was_called_longer_ago_than_the_window_counts_no_more() {
        budget.first();
        for (int call = 0; call < 999; call++) {
            budget.first();
        }
        clock.addAndGet(Duration.ofMinutes(9).toMillis());
        for (int call = 0; call < 50; call++) {
            assertThat(budget.extra()).isZero();
        }

        clock.addAndGet(Duration.ofMinutes(2).toMillis());

        assertThat(budget.extra()).as("the spare one").isZero();
        assertThat(budget.extra()).isPositive();
    }

    @Test
    void wait_grows_with_what_waits_to_the_whole_window_and_never_ends_early() {
        assertThat(budget.extra()).isZero();
        assertThat(budget.extra()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));

        for (int work = 0; work < 1_000; work++) {
            assertThat(budget.extraLater()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(11));
        }
    }

    @Test
    void options_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> new RetryOptions(1.1, Duration.ofMinutes(10), Duration.ofMinutes(1)))
                .hasMessageContaining("hub.retry.share=1.1");
        assertThatThrownBy(() -> new RetryOptions(Double.NaN, Duration.ofMinutes(10), Duration.ofMinutes(1)))
                .hasMessageContaining("share");
        assertThatThrownBy(() -> new RetryOptions(0.1, Duration.ofSeconds(10), Duration.ofSeconds(1)))
                .hasMessageContaining("hub.retry.window");
        assertThatThrownBy(() -> new RetryOptions(0.1, Duration.ofMinutes(10), Duration.ofMinutes(11)))
                .hasMessageContaining("hub.retry.spare");
    }
}
