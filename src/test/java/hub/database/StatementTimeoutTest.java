package hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The time limits that application.yaml gives the pool, over a real Postgres. */
class StatementTimeoutTest {

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres server;

    @BeforeAll
    static void open() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    @Test
    void statement_is_cancelled_by_the_server_after_a_minute() throws IOException {
        try (HikariDataSource pool = pool(shipped())) {
            assertThat(show(new JdbcTemplate(pool))).isEqualTo("1min");
        }
        assertThat(shipped()).containsEntry("socketTimeout", "70");
    }

    @Test
    void sleeping_statement_ends_on_the_server_too_and_its_connection_is_used_again() throws IOException {
        Properties quick = shipped();
        quick.setProperty("options", quick.getProperty("options").replace("60s", "700ms"));
        try (HikariDataSource pool = pool(quick)) {
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            long from = System.nanoTime();

            assertThatThrownBy(() -> jdbc.queryForList("select pg_sleep(70)"))
                    .isInstanceOf(org.springframework.dao.DataAccessException.class)
                    .isNotInstanceOf(UncategorizedSQLException.class)
                    .hasMessageContaining("canceling statement due to statement timeout");

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
            assertThat(jdbc.queryForObject(
                            "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(70)%'"
                                    + " and pid <> pg_backend_pid()",
                            Integer.class))
                    .isZero();
        }
    }

    @Test
    void migration_may_take_as_long_as_it_takes() throws IOException {
        try (HikariDataSource pool = pool(shipped())) {
            FluentConfiguration migrations = Flyway.configure().dataSource(pool);

            new MigrationConnections().customize(migrations);

            JdbcTemplate jdbc = new JdbcTemplate(migrations.getDataSource());
            assertThat(show(jdbc)).isEqualTo("0");
            assertThat(jdbc.queryForObject("select current_setting('application_name')", String.class))
                    .isEqualTo("dropship-hub");
        }
    }

    private static String show(JdbcTemplate jdbc) {
        return String.valueOf(jdbc.queryForObject("show statement_timeout", String.class));
    }

    private static HikariDataSource pool(Properties properties) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        pool.setUsername("postgres");
        pool.setPassword("postgres");
        pool.setMaximumPoolSize(1);
        pool.setDataSourceProperties(properties);
        return pool;
    }

    private static Properties shipped() throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("shipped", new FileSystemResource(Path.of("application.yaml")))
                .forEach(sources::addLast);
        Map<String, String> properties = new Binder(ConfigurationPropertySources.from(sources))
                .bind("spring.datasource.hikari.data-source-properties", Bindable.mapOf(String.class, String.class))
                .get();
        Properties shipped = new Properties();
        shipped.putAll(properties);
        return shipped;
    }
}
