package hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import hub.SettableClock;
import hub.TestDatabase;
import hub.database.DatabaseReport.Pool;
import hub.database.DatabaseReport.Statement;
import hub.database.Finding.Kind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The report over a real Postgres that counts statements, with one thing wrong after the other. */
class DatabaseCheckTest {

    private static final int ROWS = 50_000;
    private static final DatabaseOptions OPTIONS =
            new DatabaseOptions(100, 60, Duration.ZERO, 100, 10_000, Duration.ZERO, Duration.ofSeconds(2));

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres server;

    @SuppressWarnings("NullAway.Init")
    private static HikariDataSource pool;

    @SuppressWarnings("NullAway.Init")
    private static JdbcTemplate jdbc;

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final DatabaseMeters COUNTS = new DatabaseMeters(METERS);

    @BeforeAll
    static void open() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        METERS.config().meterFilter(p99());
        pool = pool(server.getPostgresDatabase());
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
        jdbc.execute("create table sale (id int primary key, buyer text, shop text, note text)");
        jdbc.update(
                "insert into sale select n, 'buyer ' || n % 5000, 'shop ' || n % 7, repeat('note ', 10) || n"
                        + " from generate_series(1, ?) n",
                ROWS);
        jdbc.execute("analyze sale");
    }

    @AfterAll
    static void close() throws IOException {
        pool.close();
        server.close();
    }

    @Test
    void statement_that_reads_a_table_for_a_few_rows_is_told_the_missing_index_until_it_is_there() {
        for (int call = 0; call < 101; call++) {
            jdbc.queryForList("select id from sale where buyer = ? and shop = ?", "buyer " + call, "shop 1");
        }

        DatabaseReport report = check().run();

        Statement slow = statement(report, "select id from sale where buyer");
        assertThat(slow.calls()).isGreaterThanOrEqualTo(101);
        assertThat(slow.slow()).isTrue();
        assertThat(slow.plan()).contains("Seq Scan sale");
        assertThat(slow.advice()).containsExactly(Finding.of(Kind.MISSING_INDEX, "sale", ROWS, "buyer, shop"));
        assertThat(report.findings()).containsAll(slow.advice());
        assertThat(report.statements())
                .extracting(Statement::totalMs)
                .isSortedAccordingTo((a, b) -> -Double.compare(a, b));
        assertThat(report.statements()).allSatisfy(each -> {
            assertThat(each.text()).hasSizeLessThanOrEqualTo(61);
            assertThat(each.text()).doesNotContain("buyer 7");
        });
        assertThat(gauge("missing-index")).isPositive();

        jdbc.execute("create index sale_buyer on sale (buyer, shop)");
        assertThat(statement(check().run(), "select id from sale where buyer").advice())
                .isEmpty();
    }

    @Test
    void filter_that_no_plain_index_serves_asks_for_none() {
        for (int call = 0; call < 101; call++) {
            jdbc.queryForList("select count(*) from sale where lower(note) = ?", "note");
            jdbc.queryForList("select sum(id) from sale where note = ? or shop = ?", "note", "shop 9");
            jdbc.queryForList("select avg(id) from sale where shop <> 'note.note = 1' and note > ?", "note");
        }

        DatabaseReport report = check().run();

        assertThat(kinds(statement(report, "select count(*) from sale where lower")))
                .containsExactly(Kind.WHOLE_TABLE);
        assertThat(kinds(statement(report, "select sum(id) from sale where note")))
                .containsExactly(Kind.WHOLE_TABLE);
        assertThat(kinds(statement(report, "select avg(id) from sale where shop")))
                .as("a third of all rows")
                .containsExactly(Kind.WHOLE_TABLE);
    }

    @Test
    void nothing_is_run_to_be_explained() {
        jdbc.execute("create table trace (at int)");
        jdbc.execute("create function act() returns int immutable language plpgsql as"
                + " $$ begin insert into trace values (1); return 1; end $$");
        Plans plans = plans(pool);

        assertThat(plans.of("delete from sale where id > $1", true).steps()).contains("ModifyTable sale");
        assertThat(plans.of("select id from sale where now() - interval $1 > now() and id = $2", true)
                        .steps())
                .contains("sale_pkey");
        assertThat(plans.of("select act()", true).steps()).isEmpty();
        assertThat(plans.of("select 1; drop table sale", true).steps()).isEmpty();
        assertThat(plans.of("select 1 from (select pg_sleep(60)) s", true).steps())
                .isNotEmpty();
        assertThat(jdbc.queryForObject("select count(*) from trace", Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject("select count(*) from sale", Integer.class))
                .isEqualTo(ROWS);
    }

    @Test
    void statement_that_cannot_be_planned_costs_no_connection() {
        Plans plans = plans(pool);
        Integer before = jdbc.queryForObject("select pg_backend_pid()", Integer.class);

        assertThat(plans.of("select distinct id from sale for update", true).steps())
                .as("0A000: Hikari closes what threw it")
                .isEmpty();
        assertThat(plans.of("select id from no_such_table", true).steps()).isEmpty();

        assertThat(jdbc.queryForObject("select pg_backend_pid()", Integer.class))
                .isEqualTo(before);
    }

    @Test
    void text_of_what_may_hold_a_password_is_not_shown() {
        jdbc.execute("create role clerk login password 'very-secret'");

        assertThat(check().run().statements()).noneMatch(each -> each.text().contains("clerk"));
    }

    @Test
    void broken_and_useless_indexes_are_named() {
        jdbc.execute("create table twice as select 1 as n from generate_series(1, 2)");
        try {
            jdbc.execute("create unique index concurrently twice_n on twice (n)");
        } catch (org.springframework.dao.DataAccessException expected) {
            assertThat(expected).hasMessageContaining("could not create unique index");
        }
        jdbc.execute("create index sale_note on sale (note)");

        DatabaseReport report = check().run();

        assertThat(report.findings()).contains(Finding.of(Kind.INVALID_INDEX, "twice_n", "twice"));
        assertThat(report.findings())
                .anyMatch(each ->
                        each.kind() == Kind.UNUSED_INDEX && each.values().get(0).equals("sale_note"))
                .noneMatch(each -> each.values().contains("sale_pkey"));
        DatabaseOptions patient =
                new DatabaseOptions(20, 200, Duration.ZERO, 100, 10_000, Duration.ofDays(7), Duration.ofSeconds(2));
        assertThat(check(pool, patient).run().count(Kind.UNUSED_INDEX))
                .as("counted for some seconds only")
                .isZero();
        jdbc.execute("drop index sale_note, twice_n");
        assertThat(check().run().count(Kind.INVALID_INDEX)).isZero();
    }

    @Test
    void dead_rows_and_rows_outside_every_month_are_counted() {
        SettableClock clock = new SettableClock(Instant.now());
        DatabaseCheck check = check(pool, OPTIONS, clock);
        jdbc.execute("create table stale (n int) with (autovacuum_enabled = false)");
        jdbc.execute("insert into stale select generate_series(1, 20000)");
        jdbc.execute("delete from stale where n > 5000");
        jdbc.update("insert into price_history (supplier, sku, option_key, was_won, cost_won, changed_at)"
                + " values ('acme', 'S1', '', 90, 100, '2019-01-01T00:00:00Z')");

        await().untilAsserted(() -> assertThat(check.run().tables())
                .anyMatch(table -> table.name().equals("stale") && table.dead() == 15_000));
        assertThat(check.run().findings())
                .as("autovacuum needs a while after a bulk rewrite")
                .contains(Finding.of(Kind.DEFAULT_ROWS, "price_history_default", "price_history", 1))
                .noneMatch(each -> each.kind() == Kind.DEAD_ROWS);
        clock.pass(DeadRows.PATIENCE);
        assertThat(check.run().findings()).contains(Finding.of(Kind.DEAD_ROWS, "stale", 15_000, 5_000));
        assertThat(METERS.get("hub.database.default.rows")
                        .tag("table", "price_history_default")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(METERS.get("hub.database.dead.rows")
                        .tag("table", "stale")
                        .gauge()
                        .value())
                .isEqualTo(15_000);

        jdbc.execute("vacuum stale");
        await().untilAsserted(
                        () -> assertThat(check.run().count(Kind.DEAD_ROWS)).isZero());
        jdbc.execute("insert into stale select generate_series(10001, 25000)");
        jdbc.execute("delete from stale where n > 10000");
        await().untilAsserted(() -> assertThat(check.run().tables())
                .anyMatch(table -> table.name().equals("stale") && table.dead() >= 10_000));
        assertThat(check.run().count(Kind.DEAD_ROWS))
                .as("what was seen before it was clean does not count")
                .isZero();
        jdbc.execute("delete from price_history");
    }

    @Test
    void server_that_counts_nothing_is_reported_with_what_turns_it_on() {
        DatabaseReport report = check(TestDatabase.fresh(), OPTIONS).run();

        assertThat(report.counted()).isFalse();
        assertThat(report.statements()).isEmpty();
        assertThat(report.findings()).extracting(Finding::kind).contains(Kind.NOT_COUNTED);
    }

    @Test
    void user_who_may_not_create_the_extension_is_told_who_may() {
        jdbc.execute("create database other");
        jdbc.execute("create role guest login password 'guest'");
        Flyway.configure()
                .dataSource(server.getDatabase("postgres", "other"))
                .load()
                .migrate();
        new JdbcTemplate(server.getDatabase("postgres", "other"))
                .execute("grant select on all tables in schema public to guest");
        DataSource guest = new DriverManagerDataSource(server.getJdbcUrl("guest", "other"), "guest", "guest");

        DatabaseReport report = check(guest, OPTIONS).run();

        assertThat(report.counted()).isFalse();
        assertThat(report.findings()).contains(Finding.of(Kind.NO_EXTENSION, "other"));
    }

    @Test
    void callers_who_wait_for_a_connection_are_seen_and_none_fails() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                held.add(pool.getConnection());
            }
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(callers.submit(() -> jdbc.queryForObject("select 1", Integer.class)));
            }
            PoolWatch watch = new PoolWatch(pool, METERS);
            await().untilAsserted(() -> assertThat(watch.now().pending()).isEqualTo(50));
            assertThat(watch.now().active()).isEqualTo(watch.now().max());
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            release(held);
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
            Pool after = watch.now();
            assertThat(after.pending()).isZero();
            assertThat(after.acquireP99Ms()).isGreaterThan(200);
        } finally {
            release(held);
            callers.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_kind_has_a_sentence_and_a_remedy_in_both_languages(Kind kind) {
        Finding finding = Finding.of(kind, "one", "two", "three", "four");
        for (Locale language : List.of(Locale.ENGLISH, Locale.KOREAN)) {
            DatabaseWords words = new DatabaseWords(messages(), language);
            assertThat(words.what(finding)).isNotBlank().doesNotContain("{", "}");
            assertThat(words.remedy(finding)).isNotBlank().doesNotContain("{", "}");
            assertThat(words.what(finding).chars().anyMatch(c -> c >= '가' && c <= '힣'))
                    .isEqualTo(language.equals(Locale.KOREAN));
        }
    }

    private static void release(List<Connection> held) throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        held.clear();
    }

    private static double gauge(String kind) {
        return METERS.get("hub.database.findings").tag("kind", kind).gauge().value();
    }

    private static List<Kind> kinds(Statement statement) {
        return statement.advice().stream().map(Finding::kind).toList();
    }

    private static Statement statement(DatabaseReport report, String begin) {
        return report.statements().stream()
                .filter(each -> each.text().startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError(begin + " is not among " + report.statements()));
    }

    private static DatabaseCheck check() {
        return check(pool, OPTIONS);
    }

    private static DatabaseCheck check(DataSource database, DatabaseOptions options) {
        return check(database, options, Clock.systemUTC());
    }

    private static DatabaseCheck check(DataSource database, DatabaseOptions options, Clock clock) {
        Look look = new Look(database, options);
        Plans plans = new Plans(look, new Scans(options), new ObjectMapper());
        return new DatabaseCheck(
                new SlowStatements(database, look, plans, options),
                plans,
                new Relations(look, options),
                new PoolWatch(pool, METERS),
                look,
                COUNTS,
                messages(),
                clock);
    }

    private static Plans plans(DataSource database) {
        return new Plans(new Look(database, OPTIONS), new Scans(OPTIONS), new ObjectMapper());
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    private static HikariDataSource pool(DataSource database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(4);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(METERS));
        return new HikariDataSource(config);
    }

    /** As application.yaml has it. */
    private static MeterFilter p99() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("hikaricp.connections.acquire")
                        ? DistributionStatisticConfig.builder()
                                .percentiles(0.99)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
