package hub.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindServersTest {

    @TempDir
    private static Path directory;

    @Test
    void a_second_living_hub_is_refused_and_a_killed_one_is_succeeded() throws Exception {
        String postgres;
        String redis;
        try (ChildHub child = ChildHub.start(directory)) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("in use by the hub with process id " + child.pid());
            postgres = pid("postgres/postmaster.pid");
            redis = pid("redis/redis.pid");
            child.kill();
        }

        try (EmbeddedServers adopted = open()) {
            assertThat(pid("postgres/postmaster.pid")).isEqualTo(postgres);
            assertThat(pid("redis/redis.pid")).isEqualTo(redis);
            assertThat(new Clients(adopted.properties()).show("fsync")).isEqualTo("on");
        }
        assertThat(new ServerProcesses(directory.resolve("postgres"), "postgres", directory).all())
                .isEmpty();
        assertThat(new ServerProcesses(directory.resolve("redis"), "redis-server", directory).all())
                .isEmpty();
    }

    @Test
    void servers_left_behind_with_another_configuration_are_replaced() throws Exception {
        String postgres;
        String redis;
        try (ChildHub child = ChildHub.start(directory)) {
            postgres = pid("postgres/postmaster.pid");
            redis = pid("redis/redis.pid");
            child.kill();
        }
        for (String configuration : List.of("postgres/postgresql.conf", "redis/redis.conf")) {
            Files.writeString(directory.resolve(configuration), "# older\n", StandardOpenOption.APPEND);
        }

        try (EmbeddedServers replaced = open()) {
            assertThat(pid("postgres/postmaster.pid")).isNotEqualTo(postgres);
            assertThat(pid("redis/redis.pid")).isNotEqualTo(redis);
            assertThat(new Clients(replaced.properties()).show("fsync")).isEqualTo("on");
        }
    }

    @Test
    void neither_a_reused_pid_nor_a_taken_port_stops_the_start_or_hurts_its_owner() throws Exception {
        open().close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Files.writeString(directory.resolve("postgres/postmaster.pid"), stranger.pid() + "\n" + directory + "\n");
        int port = Integer.parseInt(pid("postgres.port"));

        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(DataDirectory.loopback(port));
            try (EmbeddedServers servers = open()) {
                assertThat(new Clients(servers.properties()).show("port"))
                        .isNotEqualTo(Integer.toString(port))
                        .isEqualTo(pid("postgres.port"));
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    private EmbeddedServers open() {
        return EmbeddedServers.open(new EmbeddedOptions(true, true, directory.toString()));
    }

    private String pid(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file)).get(0).strip();
    }
}
