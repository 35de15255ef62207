package hub.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.connection.RedisConnection;
import redis.embedded.RedisServer;

class LostRedisTest {

    private static final Duration WINDOW = ofSeconds(40);

    private final int port = TestRedis.freePort();
    private RedisServer server = TestRedis.server(port);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
    }

    @Test
    void half_of_the_limit_is_left_and_no_window_holds_more() throws IOException {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        budgets.process().beat();
        CallBudgets process = budgets.process();
        process.beat();
        List<Long> times = new ArrayList<>();
        for (int call = 0; call < 10; call++) {
            times.add(budgets.book(process, "read", true).at());
        }

        server.stop();
        for (int call = 0; call < 30; call++) {
            times.add(budgets.book(process, "read", true).at());
        }

        assertThat(Budgets.mostIn(WINDOW, times)).isEqualTo(10);
        assertThat(Budgets.mostIn(WINDOW, times.subList(10, 40))).isEqualTo(5);
        assertThat(process.view()).isEmpty();
    }

    @Test
    void rate_that_was_learnt_from_a_refusal_holds_without_redis_too() throws IOException {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets refused = budgets.process();
        refused.beat();
        CallBudgets process = budgets.process();
        process.beat();
        refused.tooMany("acme", "read", "429");
        assertThat(budgets.book(process, "read", false).booked())
                .as("for after the pause")
                .isTrue();

        server.stop();
        budgets.ahead = ofMinutes(5);

        for (CallBudgets one : List.of(process, refused)) {
            List<Long> times = new ArrayList<>();
            for (int call = 0; call < 30; call++) {
                times.add(budgets.book(one, "read", true).at());
            }
            assertThat(Budgets.mostIn(WINDOW, times))
                    .as("half of half of the ten, evenly spread")
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void others_leave_its_part_to_a_process_that_alone_has_lost_redis() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        CallBudgets lost = budgets.process(TestRedis.template(TestRedis.freePort(), 0));
        List<Long> times = new ArrayList<>();
        List<Long> alone = new ArrayList<>();
        alone.add(budgets.book(lost, "read", true).at());
        lost.beat();
        process.beat();
        lost.beat();
        for (int call = 0; call < 15; call++) {
            times.add(budgets.book(process, "read", true).at());
            alone.add(budgets.book(lost, "read", true).at());
        }

        assertThat(Budgets.mostIn(WINDOW, times)).isEqualTo(5);
        assertThat(Budgets.mostIn(WINDOW, alone)).isEqualTo(5);
        times.addAll(alone);
        assertThat(Budgets.mostIn(WINDOW, times)).isEqualTo(10);
    }

    @Test
    void orders_come_first() throws IOException {
        Budgets budgets = budgets(ofMinutes(5), Budgets.rule("vendor", 10, WINDOW, 0));
        budgets.process().beat();
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "catalogue");
        server.stop();

        assertThat(process.spend("acme", "buy", "orders")).isBetween(38_000L, 43_500L);
        assertThatThrownBy(() -> process.spend("acme", "read", "catalogue")).isInstanceOf(BudgetSpentException.class);
        assertThat(process.spend("acme", "buy", "orders")).isBetween(43_500L, 53_000L);
    }

    @Test
    void pause_of_another_process_holds_without_redis() throws IOException {
        Budgets budgets = budgets(ofSeconds(5), Budgets.rule("vendor", 10, Duration.ofMillis(100), 0));
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();
        server.stop();

        one.pause("acme", "read", Instant.now().plusSeconds(60), "429");

        assertThatThrownBy(() -> other.spend("acme", "read", "orders"))
                .isInstanceOfSatisfying(
                        BudgetSpentException.class,
                        e -> assertThat(e.retryAfter()).isBetween(ofSeconds(50), ofSeconds(60)));
    }

    @Test
    void calls_made_without_redis_count_when_it_is_back() throws IOException {
        Budgets budgets = budgets(ofHours(2), Budgets.rule("hour", 100, ofHours(1), 0));
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "orders");
        server.stop();
        for (int call = 0; call < 3; call++) {
            process.spend("acme", "read", "orders");
        }

        server = TestRedis.server(port);
        server.start();
        budgets.ahead = ofSeconds(2);
        Awaitility.await().atMost(ofSeconds(90)).until(() -> {
            budgets.ahead = budgets.ahead.plusSeconds(2);
            process.catchUp();
            return !process.view().isEmpty();
        });

        // Half of the limit, because this Redis keeps nothing over a restart, with the four among it that were made.
        process.spend("acme", "read", "orders");
        assertThat(process.view().get(0).used()).isEqualTo(50 + 1);
    }

    @Test
    void restart_that_may_have_lost_a_second_is_told_again() {
        Budgets budgets = budgets(ofHours(2), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        for (int call = 0; call < 9; call++) {
            assertThat(process.spend("acme", "read", "orders")).isLessThan(1_000);
        }

        forgetScripts(budgets);

        assertThat(process.spend("acme", "read", "orders")).as("the tenth").isLessThan(1_000);
        assertThat(process.spend("acme", "read", "orders")).isBetween(35_000L, 40_500L);
    }

    @Test
    void restart_counts_short_windows_as_full_while_a_process_that_called_is_gone() {
        Budgets budgets = budgets(ofHours(2), Budgets.rule("vendor", 10, WINDOW, 0));
        budgets.process().spend("acme", "read", "orders");
        CallBudgets process = budgets.process();
        process.spend("acme", "read", "orders");

        forgetScripts(budgets);

        Awaitility.await().until(() -> budgets.book(process, "read", true).booked());
        assertThat(process.spend("acme", "read", "orders")).isBetween(35_000L, 40_500L);
    }

    @Test
    void redis_that_stops_for_a_moment_is_asked_again_and_no_window_holds_more() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        List<Long> times = new ArrayList<>();
        for (int call = 0; call < 3; call++) {
            times.add(budgets.book(process, "read", true).at());
        }

        stopFor(budgets, 2_500);
        Grant asked = budgets.book(process, "read", true);
        times.add(asked.at());
        boolean there = !process.view().isEmpty();
        for (int call = 0; call < 16; call++) {
            times.add(budgets.book(process, "read", true).at());
        }

        assertThat(there).isTrue();
        assertThat(asked.delay()).isLessThan(1_000);
        assertThat(Budgets.mostIn(WINDOW, times)).as("one was booked twice").isBetween(9, 10);
    }

    @Test
    void redis_that_does_not_answer_twice_is_away() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        budgets.book(process, "read", true);

        stopFor(budgets, 7_000);
        long begun = System.nanoTime();
        Grant local = budgets.book(process, "read", true);
        long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();

        assertThat(waited).as("twice the time-out of the tests, 2 s").isBetween(3_900L, 5_500L);
        assertThat(local.delay()).as("short windows count as full").isGreaterThan(30_000);
        assertThat(process.view()).isEmpty();
    }

    @Test
    void whoever_is_back_first_does_not_take_what_others_used_while_redis_hung() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets one = budgets.process();
        CallBudgets other = budgets.process();
        budgets.book(one, "read", true);
        budgets.book(other, "read", true);
        one.beat();
        other.beat();
        List<Long> times = new ArrayList<>();

        stopFor(budgets, 6_000);
        budgets.book(one, "read", true);
        budgets.book(other, "read", true);
        budgets.ahead = ofSeconds(60); // a window later their share is theirs
        for (int call = 0; call < 5; call++) {
            times.add(budgets.book(other, "read", true).at());
        }
        Awaitility.await().atMost(ofSeconds(20)).until(() -> {
            one.catchUp();
            return !one.view().isEmpty();
        });
        Grant first = budgets.book(one, "read", true);
        other.catchUp();

        assertThat(times).hasSize(5);
        assertThat(first.booked()).as("before the other has told").isFalse();
    }

    @Test
    void calls_that_hung_with_redis_do_not_leave_together() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        for (int call = 0; call < 10; call++) {
            process.spend("acme", "read", "orders");
        }
        process.depart("acme", "read");
        process.answered("acme", "read");
        assertThat(process.spend("acme", "read", "orders")).isGreaterThan(30_000);

        stopFor(budgets, 7_000);
        budgets.ahead = WINDOW; // it is on time until it asks whether it may leave

        assertThat(process.depart("acme", "read")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1000, false"})
    void call_booked_without_redis_leaves_while_it_is_no_later_than_the_margin(int late, boolean leaves)
            throws IOException {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        budgets.book(process, "read", true);
        server.stop();

        long delay = process.spend("acme", "read", "orders");
        budgets.ahead = Duration.ofMillis(delay + late);

        assertThat(process.depart("acme", "read").isZero()).isEqualTo(leaves);
    }

    @Test
    void redis_that_is_full_is_away_until_it_takes_bookings_again() {
        Budgets budgets = budgets(ofHours(1), Budgets.rule("vendor", 10, WINDOW, 0));
        CallBudgets process = budgets.process();
        assertThat(budgets.book(process, "read", false).booked()).isTrue();

        memory(budgets, "1");
        assertThat(budgets.book(process, "read", false).booked())
                .as("a short window counts as full")
                .isFalse();
        budgets.ahead = ofSeconds(2);
        process.catchUp();
        assertThat(process.view()).as("it answers readings all the while").isEmpty();

        memory(budgets, "0");
        budgets.ahead = ofSeconds(4);
        process.catchUp();
        assertThat(process.view()).isNotEmpty();
    }

    private static void memory(Budgets budgets, String most) {
        budgets.redis.execute((RedisConnection connection) -> {
            connection.serverCommands().setConfig("maxmemory", most);
            return true;
        });
    }

    /** As while it writes a snapshot, or its machine stands still. */
    private static void stopFor(Budgets budgets, int millis) {
        budgets.redis.execute((RedisConnection connection) -> connection.execute(
                "CLIENT", "PAUSE".getBytes(UTF_8), Integer.toString(millis).getBytes(UTF_8), "ALL".getBytes(UTF_8)));
    }

    private static void forgetScripts(Budgets budgets) {
        budgets.redis.execute((RedisConnection connection) -> {
            connection.scriptingCommands().scriptFlush();
            return true;
        });
    }

    private Budgets budgets(Duration maxWait, BudgetRule rule) {
        return new Budgets(TestRedis.template(port, 0), maxWait, rule).settled();
    }
}
