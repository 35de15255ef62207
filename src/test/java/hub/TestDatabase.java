package hub;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real Postgres for tests: one server a JVM, one migrated database of its own for whoever asks. */
public final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** A new, empty, migrated database. */
    public static DataSource fresh() {
        return at("latest");
    }

    /** A new, empty database as a version left it, such as {@code 13}. */
    public static DataSource at(String version) {
        DataSource database = empty();
        migrate(database, version);
        return database;
    }

    /** A new database without a table. */
    public static DataSource empty() {
        String name = "test_" + NUMBER.incrementAndGet();
        JdbcClient.create(Server.RUNNING.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return Server.RUNNING.getDatabase("postgres", name);
    }

    /** Brings a database up to a version, such as {@code latest}. */
    public static void migrate(DataSource database, String version) {
        Flyway.configure().dataSource(database).target(version).load().migrate();
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
