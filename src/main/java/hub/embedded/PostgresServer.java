package hub.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * PostgreSQL that keeps every acknowledged commit, with a small footprint, for local connections with a password.
 *
 * <p>Source: PostgreSQL 18, chapters 18 (server setup) and 19 (configuration). What {@code ALTER SYSTEM} sets stays.
 */
final class PostgresServer extends EmbeddedServer {

    private static final String USER = "hub";
    private static final String DATABASE = "hub";
    private static final String WRONG_PASSWORD = "28P01";

    private final Launcher launcher = new Launcher(true);
    private final Supplier<Path> binaries;

    PostgresServer(DataDirectory data, Binaries binaries) {
        super("postgres", "postgres", "postmaster.pid", data);
        this.binaries = SingletonSupplier.of(binaries::postgres);
    }

    /** What Spring's data source is to be told. */
    Map<String, Object> properties() throws IOException {
        return properties(port(), data.password(name()));
    }

    static Map<String, Object> properties(int port, String password) {
        return Map.of(
                "spring.datasource.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                "spring.datasource.username",
                USER,
                "spring.datasource.password",
                password);
    }

    @Override
    void prepare() throws IOException, InterruptedException {
        launcher.check();
        boolean exists = Files.exists(directory.resolve("PG_VERSION"));
        if (exists && Files.notExists(data.passwordFile(name()))) {
            throw new EmbeddedServerException(
                    "The database " + data.given(name()) + " exists, but its password file "
                            + data.given("postgres.password") + " is missing",
                    "Bring the file back from a backup, or move the database away to begin an empty one.");
        }
        if (!exists) {
            create();
        }
    }

    private void create() throws IOException, InterruptedException {
        data.password(name());
        // Half a database, left by a killed hub, must not be taken for one.
        Path fresh = data.resolve("postgres.new");
        FileSystemUtils.deleteRecursively(fresh);
        Path output = data.resolve("postgres.out");
        int status = launcher.run(
                output,
                List.of(
                        bin("initdb"),
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--pwfile=" + data.passwordFile(name()),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // PostgreSQL's own C.UTF-8: the same order of text on every machine.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C"));
        if (status != 0) {
            throw new EmbeddedServerException(
                    "initdb cannot create the database " + data.given(name()) + ": "
                            + Files.readString(output).strip().replaceAll("\\s*\\n\\s*", " / "),
                    "Mostly the disk is full or not writable, or a system library is missing; to use another server"
                            + " set hub.embedded.postgres=false and spring.datasource.url.");
        }
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    String configuration(int port) throws IOException {
        return """
                # Written by the hub at each start of %s; to change a setting for good use ALTER SYSTEM.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 60
                # the pages come from the system's cache: processes that read ahead, or copy to another server, would only lie there
                io_method = sync
                max_logical_replication_workers = 0
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                shared_buffers = 16MB
                min_wal_size = 80MB
                max_wal_size = 512MB
                random_page_cost = 1.1
                jit = off
                autovacuum = on
                track_io_timing = off
                shared_preload_libraries = '%s'
                timezone = 'UTC'
                log_timezone = 'UTC'
                datestyle = 'iso, ymd'
                lc_messages = 'C'
                default_text_search_config = 'pg_catalog.simple'
                logging_collector = on
                log_directory = 'log'
                log_filename = 'postgres-%%a.log'
                log_rotation_age = 1d
                log_rotation_size = 0
                log_truncate_on_rotation = on
                """.formatted(binaries.get(), port, preloaded());
    }

    private String preloaded() throws IOException {
        try (Stream<Path> libraries = Files.list(binaries.get().resolve("lib/postgresql"))) {
            return libraries.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("pg_stat_statements."))
                    ? "pg_stat_statements"
                    : "";
        }
    }

    @Override
    Path configurationFile() {
        return directory.resolve("postgresql.conf");
    }

    @Override
    Process launch(Path output) throws IOException {
        DataDirectory.writePrivately(
                directory.resolve("pg_hba.conf"),
                "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256");
        return launcher.start(directory, output, List.of(bin("postgres"), "-D", directory.toString()));
    }

    @Override
    Optional<String> probe(int port) throws IOException {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            return version(statement);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new EmbeddedServerException(
                        "The database " + data.given(name()) + " does not accept the password in "
                                + data.given("postgres.password"),
                        "Bring the file back from a backup, or set the password of user hub to the file's content.");
            }
            // Not listening yet, or still starting up.
            return Optional.empty();
        }
    }

    private Optional<String> version(Statement statement) throws SQLException {
        String query = "SELECT current_setting('data_directory'), current_setting('server_version'),"
                + " EXISTS (SELECT FROM pg_database WHERE datname = '" + DATABASE + "')";
        String version;
        boolean complete;
        try (ResultSet row = statement.executeQuery(query)) {
            if (!row.next() || !directory.toString().equals(row.getString(1))) {
                return Optional.empty();
            }
            version = row.getString(2);
            complete = row.getBoolean(3);
        }
        if (!complete) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        return Optional.of(version);
    }

    private Connection connect(int port) throws SQLException, IOException {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", data.password(name()));
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "20");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", login);
    }

    /** "Fast" shutdown: sessions are ended, everything is written. */
    @Override
    void askToStop(ProcessHandle main) throws IOException, InterruptedException {
        launcher.run(
                data.resolve("postgres.stop.out"), List.of(bin("pg_ctl"), "kill", "INT", Long.toString(main.pid())));
    }

    @Override
    Path log() throws IOException {
        Path folder = directory.resolve("log");
        if (!Files.isDirectory(folder)) {
            return data.resolve("postgres.out");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElse(folder);
        }
    }

    private String bin(String program) {
        return binaries.get().resolve("bin").resolve(program).toString();
    }
}
