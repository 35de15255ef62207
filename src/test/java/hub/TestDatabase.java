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
        String name = "test_" + NUMBER.incrementAndGet();
        JdbcClient.create(Server.RUNNING.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        DataSource database = Server.RUNNING.getDatabase("postgres", name);
        Flyway.configure().dataSource(database).load().migrate();
        return database;
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
