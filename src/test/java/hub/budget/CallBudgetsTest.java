package hub.budget;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class CallBudgetsTest {

    private static final Duration LONG = ofHours(10);

    @Test
    void no_window_holds_more_over_threads_and_processes() throws Exception {
        Budgets budgets = new Budgets(
                        LONG,
                        Budgets.rule("vendor", 10, ofSeconds(1), 2),
                        new BudgetRule("vendor", 300, ofMinutes(1), 30, 20, false, List.of(), null),
                        Budgets.rule("day", 700, ofHours(1), 50))
                .settled();

        List<Long> times = bookedByEightThreads(budgets, 120);

        assertThat(times).hasSize(960);
        assertThat(Budgets.mostIn(ofSeconds(1).plus(Budgets.MARGIN), times)).isEqualTo(10);
        assertThat(Budgets.mostIn(ofMinutes(1), times)).isBetween(250, 300);
        assertThat(Budgets.mostIn(ofHours(1), times)).isBetween(650, 700);
    }

    @Test
    void nearly_all_that_is_allowed_can_be_used() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 100, ofSeconds(10), 0)).settled();
        CallBudgets process = budgets.process();

        List<Long> times = budgets.times(process, 1001);

        assertThat(Budgets.mostIn(ofSeconds(10), times)).isEqualTo(100);
        long took = times.get(1000) - times.get(0);
        assertThat(1000.0 / (took / 100.0)).isGreaterThan(0.97);
    }

    @Test
    void burst_is_followed_by_evenly_spread_calls() {
        CallBudgets process = new Budgets(LONG, new BudgetRule("hour", 1000, ofHours(1), 20, 0, false, List.of(), null))
                .settled()
                .process();

        List<Long> waits = IntStream.range(0, 40)
                .mapToObj(call -> process.spend("acme", "read", "catalogue"))
                .toList();

        assertThat(waits.subList(0, 20)).allMatch(wait -> wait == 0);
        assertThat(waits.get(20)).isCloseTo(72_000L, within(4_000L));
    }

    @Test
    void order_overtakes_catalogue_calls_that_wait() {
        CallBudgets process = new Budgets(LONG, Budgets.rule("vendor", 10, ofSeconds(30), 3))
                .settled()
                .process();
        List<Long> catalogue = IntStream.range(0, 40)
                .mapToObj(call -> process.spend("acme", "read", "catalogue"))
                .toList();

        assertThat(catalogue.subList(0, 7)).allMatch(wait -> wait == 0);
        assertThat(catalogue.get(7)).isGreaterThan(25_000);
        for (int order = 0; order < 3; order++) {
            assertThat(process.spend("acme", "buy", "orders")).isZero();
        }
        assertThat(process.spend("acme", "buy", "orders")).isPositive();
    }

    @Test
    void refused_call_spends_nothing() {
        Budgets budgets = new Budgets(ofSeconds(20), Budgets.rule("hour", 2, ofMinutes(10), 1)).settled();
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "catalogue");

        assertThatThrownBy(() -> process.spend("acme", "read", "catalogue"))
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter()).isBetween(ofMinutes(9), ofSeconds(602)));
        assertThat(process.view().get(0).used()).isEqualTo(1);
        assertThat(process.spend("acme", "buy", "orders")).isZero();
    }

    @Test
    void operations_of_one_rule_do_not_spend_another() {
        CallBudgets process = new Budgets(
                        ofSeconds(1),
                        new BudgetRule("writes", 1, ofMinutes(5), 0, 0, false, List.of("create", "update"), null),
                        new BudgetRule("api", 1, ofMinutes(5), 0, 0, true, List.of("read", "list"), null))
                .settled()
                .process();

        assertThat(process.spend("acme", "create", "orders")).isZero();
        assertThat(process.spend("acme", "read", "orders")).isZero();
        assertThat(process.spend("acme", "list", "orders")).isZero();
        assertThat(process.spend("acme", "free", "orders")).isZero();
        assertThatThrownBy(() -> process.spend("acme", "update", "orders")).isInstanceOf(BudgetSpentException.class);
        assertThatThrownBy(() -> process.spend("acme", "read", "orders")).isInstanceOf(BudgetSpentException.class);
        assertThatThrownBy(() -> process.spend("other", "read", "orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme");
    }

    @Test
    void pause_holds_all_processes_and_outlives_redis() {
        Budgets budgets = new Budgets(ofSeconds(5), Budgets.rule("vendor", 10, ofSeconds(1), 0)).settled();
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();
        assertThat(other.depart("acme", "buy")).as("nobody waits").isZero();
        for (int call = 0; call < 15; call++) {
            other.spend("acme", "read", "orders");
        }

        one.pause("acme", "read", Instant.now().plus(ofHours(5)), "429");

        assertRefusedFor(other, ofMinutes(29), ofMinutes(30));
        assertThat(other.depart("acme", "buy")).isBetween(ofMinutes(29), ofMinutes(30));
        assertThat(other.view().get(0).left()).isZero();
        budgets.lose();
        assertRefusedFor(other, ofMinutes(29), ofMinutes(30));
        budgets.lose();
        assertRefusedFor(budgets.process(), ofMinutes(29), ofMinutes(30));
    }

    @Test
    void call_that_leaves_late_counts_from_when_it_left() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 1, ofSeconds(30), 0)).settled();
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "catalogue");
        budgets.ahead = ofSeconds(4);

        // By the clock of Redis no time has passed: what counts is that it is asked, and that one stays one.
        assertThat(process.depart("acme", "read")).isZero();

        assertThat(process.view().get(0).used()).isEqualTo(1);
        assertThat(process.spend("acme", "read", "catalogue")).isGreaterThan(29_000);
    }

    @Test
    void first_call_of_a_process_counts_from_its_answer() throws InterruptedException {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 1, ofSeconds(30), 0)).settled();
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "catalogue");
        process.depart("acme", "read");
        Thread.sleep(3_000);

        process.answered("acme", "read");

        assertThat(process.spend("acme", "read", "catalogue")).isGreaterThan(28_000);
        process.depart("acme", "read");
        process.answered("acme", "read");
        assertThat(process.view().get(0).used()).isBetween(1, 2);
    }

    @Test
    void pause_holds_where_nothing_is_counted_too() {
        Budgets budgets = new Budgets(Duration.ofSeconds(20));
        CallBudgets process = budgets.process();
        assertThat(process.spend("acme", "read", "catalogue")).isZero();

        process.pause("acme", "read", Instant.now().plus(ofSeconds(5)), "429");

        assertThatThrownBy(() -> process.spend("acme", "order", "orders"))
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter()).isBetween(ofSeconds(4), ofSeconds(5)));
        assertThat(process.depart("acme", "order")).isPositive();
        assertThat(process.spendNow("acme", "token")).isPositive();
        budgets.ahead = ofSeconds(6);
        assertThat(process.spend("acme", "order", "orders")).isZero();
        assertThat(process.depart("acme", "order")).isZero();
    }

    @Test
    void refusal_of_too_many_pauses_where_nothing_is_counted_too() {
        List<String> counted = List.of("order");
        BudgetRule rule = new BudgetRule("vendor", 10, ofSeconds(1), 0, 0, false, counted, null);
        CallBudgets process = new Budgets(LONG, rule).settled().process();

        assertThat(process.tooMany("acme", "read", "429")).isEqualTo(ofMinutes(1));

        assertThatThrownBy(() -> process.spend("acme", "read", "catalogue")).isInstanceOf(BudgetSpentException.class);
        assertThat(process.spend("acme", "order", "orders")).isZero();
        assertThat(process.view()).as("Redis is not taken for away").isNotEmpty();
    }

    @Test
    void operation_that_no_rule_counts_is_told_once(CapturedOutput log) {
        BudgetRule rule = new BudgetRule("vendor", 10, ofSeconds(1), 0, 0, false, List.of("order"), null);
        CallBudgets process = new Budgets(LONG, rule).settled().process();
        CallBudgets unlimited = new Budgets(LONG).process();

        process.spend("acme", "order", "orders");
        unlimited.spend("acme", "read", "catalogue");
        assertThat(log).doesNotContain("without a limit");
        process.spend("acme", "read", "catalogue");
        process.spend("acme", "read", "catalogue");

        assertThat(log).containsOnlyOnce("acme/read is called without a limit").contains("hub.partners.acme.budget");
    }

    @Test
    void pause_without_a_length_doubles_to_half_an_hour() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 10, ofSeconds(1), 0)).settled();
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();

        List<Long> minutes = new ArrayList<>();
        for (int refusal = 0; refusal < 7; refusal++) {
            minutes.add(Math.round(one.backOff("acme", "read", "429").toMillis() / 60_000.0));
            assertThat(other.backOff("acme", "buy", "429")).as("one refusal").isGreaterThan(ofSeconds(50));
            JdbcClient.create(budgets.database)
                    .sql("update budget_pause set until = now()")
                    .update();
        }

        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        JdbcClient.create(budgets.database)
                .sql("update budget_pause set until = now() - interval '31 minutes'")
                .update();
        assertThat(one.backOff("acme", "read", "429")).isBetween(ofSeconds(59), ofSeconds(60));
    }

    @Test
    void call_that_cannot_wait_is_spent_now_or_not_at_all() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 2, ofSeconds(30), 1)).settled();
        CallBudgets process = budgets.process();

        assertThat(process.spendNow("acme", "token")).isZero();
        assertThat(process.spendNow("acme", "token")).isZero();
        assertThat(process.spendNow("acme", "token")).isGreaterThan(ofSeconds(25));
        assertThat(process.view().get(0).used()).isEqualTo(2);
    }

    @Test
    void pause_lasts_at_least_a_second() {
        CallBudgets process = new Budgets(ofSeconds(5), Budgets.rule("vendor", 10, ofSeconds(1), 0))
                .settled()
                .process();

        process.pause("acme", "read", Instant.EPOCH, "429");

        assertThat(process.spend("acme", "read", "orders")).isBetween(1L, 1_000L);
    }

    @Test
    void empty_redis_counts_as_used() {
        Budgets budgets = new Budgets(
                LONG, Budgets.rule("second", 10, ofSeconds(30), 0), Budgets.rule("hour", 100, ofHours(1), 0));
        CallBudgets process = budgets.process();

        assertThat(process.spend("acme", "read", "orders"))
                .as("first start ever")
                .isBetween(25_000L, 30_300L);
        assertThat(used(process, "hour")).isEqualTo(1);

        budgets.lose();
        assertThat(process.spend("acme", "read", "orders"))
                .as("flushed: what was booked is told again")
                .isLessThan(30_300L);
        assertThat(used(process, "hour")).as("half of it is taken for used").isEqualTo(51);
        assertThat(used(process, "second")).isEqualTo(2);
    }

    @Test
    void emptied_redis_is_told_by_all_processes_before_any_books() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 10, ofSeconds(30), 0)).settled();
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();
        for (int call = 0; call < 4; call++) {
            assertThat(one.spend("acme", "read", "catalogue")).isZero();
            assertThat(other.spend("acme", "read", "catalogue")).isZero();
        }

        budgets.lose();

        assertThatThrownBy(() -> one.spend("acme", "read", "catalogue"))
                .as("the other has not told yet")
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter()).isLessThanOrEqualTo(ofMillis(250)));
        other.catchUp();
        assertThat(other.spend("acme", "read", "catalogue")).isZero();
        await().until(() -> budgets.book(one, "read", false).booked());
        assertThat(one.spend("acme", "read", "catalogue")).as("ten are used").isGreaterThan(25_000);
    }

    @Test
    void emptied_redis_counts_as_used_while_a_process_that_called_is_gone() throws InterruptedException {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 10, ofSeconds(30), 0)).settled();
        CallBudgets gone = budgets.process();
        gone.spend("acme", "read", "catalogue");
        CallBudgets one = budgets.process();
        one.spend("acme", "read", "catalogue");

        budgets.lose();

        await().until(() -> budgets.book(one, "read", false).booked());
        assertThat(one.spend("acme", "read", "catalogue")).isBetween(25_000L, 30_300L);
    }

    @Test
    void many_calls_of_a_large_limit_are_taken_at_once_and_counted_one_by_one() {
        Budgets budgets = new Budgets(LONG, Budgets.rule("vendor", 20_000, ofMinutes(1), 0)).settled();
        CallBudgets process = budgets.process();

        for (int call = 0; call < 9_000; call++) {
            assertThat(process.spend("acme", "read", "catalogue")).isZero();
        }

        assertThat(used(process, "vendor")).isBetween(9_000, 9_256);
        process.pause("acme", "read", Instant.now().plus(ofSeconds(5)), "429");
        assertThat(used(process, "vendor"))
                .as("what was not made is given back")
                .isEqualTo(9_000);
        assertThat(process.spend("acme", "read", "catalogue")).isGreaterThan(4_000);
    }

    @Test
    void figures_of_the_gateway_are_followed_by_all_processes() {
        Budgets budgets =
                new Budgets(LONG, new BudgetRule("api", 1, ofSeconds(1), 0, 0, true, List.of(), null)).settled();
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();

        one.learn("acme", "read", 20, 40, 39);

        List<Long> times = budgets.times(other, 200);
        assertThat(Budgets.mostIn(ofSeconds(1), times)).isEqualTo(20);
        assertThat(times.get(199) - times.get(0)).isBetween(9_000L, 9_400L);
        assertThat(other.view().get(0).limit()).isEqualTo(20);
        assertThat(budgets.book(other, "write", false).delay()).isZero();
        assertThat(budgets.book(other, "write", false).delay()).isGreaterThan(1_000);
    }

    @Test
    void second_longer_rule_calls_less_than_the_gateway_allows() {
        Budgets budgets = new Budgets(
                        LONG,
                        new BudgetRule("api", 2, ofSeconds(1), 0, 0, true, List.of(), null),
                        new BudgetRule("slower", 5, ofSeconds(5), 0, 0, true, List.of(), null))
                .settled();
        CallBudgets process = budgets.process();

        process.learn("acme", "read", 20, 40, 39);

        List<Long> times = budgets.times(process, 15);
        assertThat(Budgets.mostIn(ofSeconds(5), times)).isEqualTo(5);
    }

    @Test
    void calls_of_others_on_the_same_account_count() {
        CallBudgets process = new Budgets(LONG, new BudgetRule("api", 2, ofSeconds(1), 0, 0, true, List.of(), null))
                .settled()
                .process();

        process.learn("acme", "read", 2, 60, 0);

        assertThat(process.spend("acme", "read", "orders")).isGreaterThan(20_000);
    }

    @Test
    void view_tells_how_the_budgets_stand() {
        Budgets budgets = new Budgets(
                        LONG,
                        Budgets.rule("vendor", 10, ofMinutes(2), 0),
                        new BudgetRule("api", 4, ofSeconds(30), 0, 0, true, List.of(), null))
                .settled();
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "catalogue");
        process.spend("acme", "list", "catalogue");

        List<BudgetView> views = process.view();

        assertThat(views).extracting(BudgetView::key).containsExactly("vendor", "api/list", "api/read");
        assertThat(views).extracting(BudgetView::used).containsExactly(2, 1, 1);
        assertThat(views).extracting(BudgetView::left).containsExactly(8, 3, 3);
        assertThat(Duration.between(Instant.now(), views.get(0).resetsAt())).isBetween(ofSeconds(110), ofSeconds(121));
        assertThat(views.get(1).pausedUntil()).isEmpty();
        assertThat(budgets.registry
                        .get("hub.budget.left")
                        .tags("partner", "acme", "key", "vendor")
                        .gauge()
                        .value())
                .isEqualTo(8);
    }

    private static void assertRefusedFor(CallBudgets process, Duration least, Duration most) {
        assertThatThrownBy(() -> process.spend("acme", "read", "orders"))
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter()).isBetween(least, most.plus(ofMillis(50))));
    }

    private static int used(CallBudgets process, String key) {
        return process.view().stream()
                .filter(view -> view.key().equals(key))
                .findFirst()
                .orElseThrow()
                .used();
    }

    private static List<Long> bookedByEightThreads(Budgets budgets, int calls) throws Exception {
        List<CallBudgets> processes = List.of(budgets.process(), budgets.process());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                CallBudgets process = processes.get(thread % 2);
                boolean orders = thread < 2;
                work.add(() -> IntStream.range(0, calls)
                        .mapToObj(call -> budgets.book(process, "read", orders).at())
                        .toList());
            }
            List<Long> times = new ArrayList<>();
            for (Future<List<Long>> done : threads.invokeAll(work)) {
                times.addAll(done.get());
            }
            return times;
        } finally {
            threads.shutdownNow();
        }
    }
}
