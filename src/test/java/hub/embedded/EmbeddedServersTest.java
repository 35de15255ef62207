package hub.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    @TempDir
    private static Path directory;

    private static EmbeddedServers servers;

    @BeforeAll
    static void start() {
        servers = open();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void data_passwords_and_ports_are_kept_over_a_restart() throws SQLException {
        Clients before = clients();
        before.sql("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('단어')");
        before.redis(redis -> {
            redis.opsForValue().set("kept", "단어");
            return "";
        });

        servers.close();
        assertThat(living("postgres", "postgres")).isEmpty();
        assertThat(living("redis", "redis-server")).isEmpty();
        servers = open();

        assertThat(servers.properties()).isEqualTo(before.properties());
        assertThat(clients().sql("SELECT word FROM kept")).isEqualTo("단어");
        assertThat(clients().redis(redis -> redis.opsForValue().get("kept"))).isEqualTo("단어");
    }

    @Test
    void an_acknowledged_commit_is_on_disk() throws SQLException {
        for (String setting :
                List.of("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "data_checksums")) {
            assertThat(clients().show(setting)).as(setting).isEqualTo("on");
        }
        assertThat(clients().show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(clients().show("server_encoding")).isEqualTo("UTF8");
        assertThat(clients().show("log_timezone")).isEqualTo("UTC");
        assertThat(clients().show("shared_preload_libraries")).isEqualTo("pg_stat_statements");
    }

    @Test
    void redis_appends_and_never_evicts() {
        assertThat(clients().redisSetting("append*")).contains("appendonly=yes", "appendfsync=everysec");
        assertThat(clients().redisSetting("maxmemory*")).contains("maxmemory=268435456", "noeviction");
        assertThat(clients().redisSetting("bind")).contains("127.0.0.1");
    }

    @Test
    void nobody_gets_in_without_the_password() {
        assertThatThrownBy(() -> clients().sql("guess", "SELECT 1")).hasMessageContaining("password authentication");
        assertThatThrownBy(
                        () -> clients().redis("", redis -> redis.opsForValue().get("kept")))
                .hasStackTraceContaining("NOAUTH");
    }

    @Test
    void passwords_are_for_the_owner_only() throws Exception {
        for (String file : List.of("postgres.password", "redis.password", "redis/redis.conf")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        for (ProcessHandle process : living("redis", "redis-server")) {
            assertThat(process.info().commandLine().orElse(""))
                    .doesNotContain(clients().text("spring.data.redis.password"));
        }
    }

    @Test
    void two_users_of_one_directory_share_its_servers() throws SQLException {
        try (EmbeddedServers second = open()) {
            assertThat(second.properties()).isEqualTo(servers.properties());
        }
        assertThat(clients().show("fsync")).isEqualTo("on");
    }

    @Test
    void a_server_that_dies_comes_back_on_its_port() throws SQLException {
        clients().sql("CREATE TABLE survivor (id int); INSERT INTO survivor VALUES (7)");

        new ServerProcesses(directory.resolve("postgres"), "postgres", directory.resolve("postgres/postmaster.pid"))
                .main()
                .orElseThrow()
                .destroyForcibly();
        living("redis", "redis-server").forEach(ProcessHandle::destroyForcibly);

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            assertThat(clients().sql("SELECT id FROM survivor")).isEqualTo("7");
            assertThat(clients().redisSetting("bind")).contains("127.0.0.1");
        });
    }

    private static List<ProcessHandle> living(String server, String executable) {
        return new ServerProcesses(directory.resolve(server), executable, directory.resolve(server + "/none")).all();
    }

    private static EmbeddedServers open() {
        return EmbeddedServers.open(new EmbeddedOptions(true, true, directory.toString()));
    }

    private static Clients clients() {
        return new Clients(servers.properties());
    }
}
