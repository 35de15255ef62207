package hub.budget;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** A limit of a day for each operation: the catalogue stops at its share, orders go on, over processes and a flush. */
class DailyLimitTest {

    private static final int CALLS = 20;
    private static final int RESERVE = 5;

    private final Budgets budgets = new Budgets(ofSeconds(5), daily()).settled();
    private final CallBudgets one = budgets.process();
    private final CallBudgets other = budgets.process();

    @Test
    void catalogue_of_two_processes_stops_at_its_share_and_orders_go_on_to_the_limit() {
        assertThat(spent("create", "catalogue")).isEqualTo(CALLS - RESERVE);
        assertThat(other.view()).singleElement().satisfies(view -> {
            assertThat(view.key()).isEqualTo("day/create");
            assertThat(view.left()).isEqualTo(RESERVE);
            assertThat(view.stopped()).contains("catalogue");
        });
        assertThat(stopped("catalogue")).isEqualTo(1);
        assertThat(stopped("orders")).isZero();

        assertThat(spent("create", "orders")).isEqualTo(RESERVE);
        assertThat(spent("create", "catalogue")).isZero();
        assertThat(one.view().get(0).stopped()).contains("all");
    }

    @Test
    void operations_do_not_stop_each_other() {
        assertThat(spent("create", "catalogue")).isEqualTo(CALLS - RESERVE);

        assertThat(spent("update", "catalogue")).isEqualTo(CALLS - RESERVE);
    }

    @Test
    void flush_of_redis_buys_no_call() {
        assertThat(spent("create", "catalogue")).isEqualTo(CALLS - RESERVE);
        assertThat(spent("create", "orders", 2)).isEqualTo(2);

        budgets.lose();
        one.catchUp();
        other.catchUp();

        assertThat(spent("create", "catalogue")).isZero();
        assertThat(spent("create", "orders")).as("the rest of the reserve").isEqualTo(RESERVE - 2);
        assertThat(spent("create", "orders")).isZero();
    }

    @Test
    void work_is_told_when_the_next_call_is_free() {
        spent("create", "catalogue");

        assertThatThrownBy(() -> one.spend("acme", "create", "catalogue"))
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter().toMinutes())
                                .isCloseTo(ofHours(24).toMinutes(), within(5L)));
    }

    @Test
    void stop_is_said_once_in_the_log() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(HardStops.class);
        logger.addAppender(log);
        try {
            spent("create", "catalogue");
            for (int call = 0; call < 50; call++) {
                assertThat(refused(one, "create", "catalogue")).isTrue();
            }
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("acme/day/create: 15 of 20 calls in 24 h are used"))
                .hasSizeBetween(1, 2)
                .allSatisfy(
                        line -> assertThat(line).contains("orders go on (5 left)", "hub.partners.acme.budget", "KST"));
    }

    @Test
    void partner_that_states_its_rate_does_not_change_the_limit_of_a_day() {
        one.spend("acme", "create", "catalogue");
        one.learn("acme", "create", 100, 500, 400);

        assertThat(spent("create", "catalogue")).isEqualTo(CALLS - RESERVE - 1);
        assertThat(one.view().get(0).limit()).isEqualTo(CALLS);
    }

    @Test
    void short_limit_that_is_used_up_is_no_stop() {
        CallBudgets process = new Budgets(ofSeconds(5), Budgets.rule("vendor", 2, ofSeconds(1), 1))
                .settled()
                .process();
        process.spend("acme", "read", "orders");
        process.spend("acme", "read", "orders");

        assertThat(process.view().get(0).stopped()).isEqualTo(Optional.empty());
    }

    /** As application.yaml has it in its comment. */
    private static BudgetRule daily() {
        MockEnvironment options = new MockEnvironment()
                .withProperty("budget[0].key", "day")
                .withProperty("budget[0].calls", "" + CALLS)
                .withProperty("budget[0].window", "1d")
                .withProperty("budget[0].per-operation", "true")
                .withProperty("budget[0].reserve", "" + RESERVE);
        List<BudgetRule> rules = Binder.get(options)
                .bind("budget", Bindable.listOf(BudgetRule.class))
                .get();
        assertThat(rules.get(0).window()).isEqualTo(ofDays(1));
        return rules.get(0);
    }

    /** Calls that the two processes could spend in turn before both were refused. */
    private int spent(String operation, String lane) {
        return spent(operation, lane, 2 * CALLS);
    }

    private int spent(String operation, String lane, int most) {
        int spent = 0;
        boolean oneRefused = false;
        boolean otherRefused = false;
        while (spent < most && !(oneRefused && otherRefused)) {
            CallBudgets process = spent % 2 == 0 || otherRefused ? one : other;
            if (!refused(process, operation, lane)) {
                spent++;
            } else if (process == one) {
                oneRefused = true;
                otherRefused = otherRefused || refused(other, operation, lane);
            } else {
                otherRefused = true;
            }
        }
        return spent;
    }

    private static boolean refused(CallBudgets process, String operation, String lane) {
        try {
            return process.spend("acme", operation, lane)
                    > Duration.ofSeconds(5).toMillis();
        } catch (BudgetSpentException e) {
            return true;
        }
    }

    private double stopped(String lane) {
        return budgets.registry
                .get("hub.budget.stopped")
                .tags("partner", "acme", "key", "day", "lane", lane)
                .gauge()
                .value();
    }
}
