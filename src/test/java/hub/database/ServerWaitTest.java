package hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The hub is started before its Postgres. */
class ServerWaitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @Test
    void server_that_comes_later_is_waited_for_and_one_that_refuses_is_not() throws Exception {
        int port = freePort();
        DataSource late = at(port, "postgres", "postgres");
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> new ServerWait(PATIENCE).until(late, "the server"));
        TimeUnit.SECONDS.sleep(1);
        assertThat(waiting).isNotDone();

        try (EmbeddedPostgres server = EmbeddedPostgres.builder().setPort(port).start()) {
            assertThat(server.getPort()).isEqualTo(port);
            assertThatCode(() -> waiting.get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();

            long from = System.nanoTime();
            assertThatThrownBy(() -> new ServerWait(PATIENCE).until(at(port, "nobody", "wrong"), "the server"))
                    .hasMessageContaining("the server cannot be reached")
                    .hasMessageContaining("spring.datasource.url");
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void server_that_never_comes_is_given_up() throws IOException {
        DataSource none = at(freePort(), "postgres", "postgres");

        assertThatThrownBy(() -> new ServerWait(Duration.ofMillis(100)).until(none, "the server"))
                .hasMessageContaining("whether the server runs");
    }

    private static DataSource at(int port, String user, String password) {
        return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user, password);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
