package hub.partner.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls counted by the minute, over a real Postgres. */
class CallLedgerTest {

    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final CallSums sums = new CallSums(JdbcClient.create(database));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile Instant now = minute;
    private final CallLedger ledger = process();

    @Test
    void minute_is_one_row_a_line_and_is_written_when_it_is_over() {
        ledger.count("naver", "create", "ok", new Tally(1, 0, 100, 40, 1_500, 30));
        now = minute.plusSeconds(59);
        ledger.count("naver", "create", "ok", new Tally(1, 1, 100, 60, 1_500, 20));
        ledger.count("naver", "create", "limited", new Tally(1, 0, 100, 2, 1_500, 5));
        ledger.flush();
        assertThat(rows()).isEmpty();

        now = minute.plusSeconds(60);
        ledger.flush();
        ledger.flush();

        assertThat(rows())
                .containsExactly("naver create limited 1 0 100 2 1500 5", "naver create ok 2 1 200 100 3000 30");
        assertThat(jdbc.queryForList("select distinct minute from call_ledger", java.sql.Timestamp.class))
                .containsExactly(java.sql.Timestamp.from(minute));
    }

    @Test
    void stop_writes_the_minute_that_runs() {
        ledger.count("naver", "create", "ok", new Tally(1, 0, 0, 0, 0, 1));

        ledger.destroy();

        assertThat(rows()).hasSize(1);
    }

    @Test
    void stop_while_postgres_is_away_is_no_failure() {
        ledger.count("naver", "create", "ok", new Tally(1, 0, 0, 0, 0, 1));
        jdbc.execute("alter table call_ledger rename to away");

        ledger.destroy();

        assertThat(meters.get("hub.partner.ledger.waiting").gauge().value()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_written_is_written_later_and_once() {
        ledger.count("naver", "create", "ok", new Tally(1, 0, 0, 0, 0, 1));
        now = minute.plusSeconds(60);
        jdbc.execute("alter table call_ledger rename to away");
        assertThatThrownBy(ledger::flush).isInstanceOf(DataAccessException.class);
        jdbc.execute("alter table away rename to call_ledger");

        ledger.flush();
        ledger.flush();

        assertThat(rows()).containsExactly("naver create ok 1 0 0 0 0 1");
    }

    @Test
    void lines_that_wait_are_bounded_and_what_comes_on_top_is_told() {
        for (int line = 0; line < CallLedger.MOST; line++) {
            ledger.count("naver", "operation-" + line, "ok", new Tally(1, 0, 0, 0, 0, 1));
        }
        ledger.count("naver", "one-too-many", "ok", new Tally(3, 0, 0, 0, 0, 1));
        ledger.count("naver", "operation-0", "ok", new Tally(1, 0, 0, 0, 0, 1));

        ledger.destroy();

        assertThat(meters.get("hub.partner.ledger.lost").counter().count()).isEqualTo(3);
        assertThat(jdbc.queryForObject("select sum(calls) from call_ledger", Long.class))
                .isEqualTo(CallLedger.MOST + 1L);
    }

    @Test
    void no_call_is_lost_or_counted_twice_while_eight_threads_count_and_one_writes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(9);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            work.add(() -> {
                for (int call = 0; call < 5_000; call++) {
                    ledger.count("naver", "create", "ok", new Tally(1, 0, 7, 0, 0, 1));
                }
                return true;
            });
        }
        work.add(() -> {
            for (int write = 1; write < 50; write++) {
                now = minute.plusSeconds(60L * write);
                ledger.flush();
            }
            return true;
        });
        for (Future<Boolean> done : threads.invokeAll(work)) {
            assertThat(done.get()).isTrue();
        }
        threads.shutdownNow();
        ledger.destroy();

        assertThat(jdbc.queryForMap("select sum(calls) c, sum(bytes_out) b from call_ledger"))
                .hasToString("{c=40000, b=280000}");
    }

    @Test
    void processes_add_up_and_cost_is_rounded_once() {
        CallLedger other = process();
        for (CallLedger process : List.of(ledger, other)) {
            process.count("naver", "create", "ok", new Tally(1, 0, 10, 20, 700, 9));
            process.count("coupang", "list", "retry", new Tally(1, 0, 1, 2, 300, 4));
            process.destroy();
        }

        List<CallSums.Sum> all = sums.of(Optional.empty(), minute, minute.plusSeconds(60));
        assertThat(all)
                .containsExactly(
                        new CallSums.Sum("coupang", "list", "retry", new Tally(2, 0, 2, 4, 600, 4)),
                        new CallSums.Sum("naver", "create", "ok", new Tally(2, 0, 20, 40, 1_400, 9)));
        assertThat(CallSums.total(all).costWon()).as("2.0 won, not 1 + 2").isEqualTo(2);
        assertThat(new Tally(1, 0, 0, 0, 1, 0).costWon()).isEqualTo(1);
        assertThat(new Tally(1, 0, 0, 0, 0, 0).costWon()).isZero();
        assertThat(sums.of(Optional.of("naver"), minute, minute.plusSeconds(60)))
                .hasSize(1);
        assertThat(sums.of(Optional.of("naver"), minute.minusSeconds(60), minute))
                .isEmpty();
    }

    @Test
    void months_ahead_are_made_and_months_of_long_ago_dropped() {
        assertThat(partitions()).contains(name(0), name(1), name(2), name(3));
        jdbc.execute("create table " + name(-5) + " partition of call_ledger for values from ('" + day(-5)
                + " UTC') to ('" + day(-4) + " UTC')");

        assertThat(ledger.dropPartitions()).containsExactly(name(-5));
        ledger.makePartitions();

        assertThat(partitions()).doesNotContain(name(-5)).contains(name(0), name(3));
        assertThat(jdbc.queryForObject("select to_regclass(?)::text", String.class, name(-5)))
                .isNull();
    }

    @Test
    void row_that_waits_in_the_default_partition_moves_to_its_month() {
        jdbc.execute("alter table call_ledger detach partition " + name(2));
        jdbc.execute("drop table " + name(2));
        now = LocalDate.parse(day(2)).atStartOfDay(ZoneOffset.UTC).toInstant();
        ledger.count("naver", "create", "ok", new Tally(1, 0, 0, 0, 0, 1));
        ledger.destroy();
        assertThat(count("call_ledger_default")).isOne();

        ledger.makePartitions();

        assertThat(count("call_ledger_default")).isZero();
        assertThat(count(name(2))).isOne();
        assertThat(rows()).hasSize(1);
    }

    @Test
    void less_than_a_month_cannot_be_kept() {
        assertThatThrownBy(() -> new LedgerOptions(Duration.ofDays(30)))
                .hasMessageContaining("hub.call-ledger.keep=PT720H; allowed are 31d");
    }

    private CallLedger process() {
        Clock clock = new Clock() {
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
        return new CallLedger(jdbc, new LedgerOptions(Duration.ofDays(62)), clock, meters);
    }

    private List<String> rows() {
        return jdbc.queryForList(
                "select concat_ws(' ', partner, operation, class, calls, retries, bytes_out, bytes_in, cost_milli_won,"
                        + " slowest_ms) from call_ledger order by 1",
                String.class);
    }

    private List<String> partitions() {
        return jdbc.queryForList(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'call_ledger'::regclass",
                String.class);
    }

    private Long count(String table) {
        return jdbc.queryForObject("select count(*) from " + table, Long.class);
    }

    private static String day(int ahead) {
        return LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).plusMonths(ahead).toString();
    }

    private static String name(int ahead) {
        return "call_ledger_" + LocalDate.parse(day(ahead)).format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }
}
