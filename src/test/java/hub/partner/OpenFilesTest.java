package hub.partner;

import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Files of the open internet, from a server that a supplier names. */
class OpenFilesTest {

    private final RawPartner server = new RawPartner();
    private final OpenFiles files = new OpenFiles(DataSize.ofKilobytes(100), Duration.ofSeconds(2), 2);

    @AfterEach
    void close() throws IOException {
        files.close();
        server.close();
    }

    @Test
    void unchanged_file_is_not_sent_again() throws IOException {
        server.on("/a.jpg", answer(200, "bytes", "ETag: \"1\"", "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"));
        OpenFile first = fetch("/a.jpg", Map.of());
        assertThat(first.bytes()).asString().isEqualTo("bytes");
        assertThat(first.etag()).isEqualTo("\"1\"");
        assertThat(first.lastModified()).contains("2026");

        server.on("/a.jpg", answer(304, ""));
        assertThat(fetch("/a.jpg", Map.of("If-None-Match", "\"1\"")).changed()).isFalse();
        assertThat(server.requests().get(1).headers()).containsEntry("if-none-match", "\"1\"");
    }

    @Test
    void redirect_is_followed_and_looked_at_like_the_first_address() throws IOException {
        server.on("/old.jpg", answer(301, "", "Location: /new.jpg"));
        server.on("/new.jpg", answer(200, "there"));
        assertThat(fetch("/old.jpg", Map.of()).bytes()).asString().isEqualTo("there");

        server.on("/loop.jpg", answer(302, "", "Location: /loop.jpg"));
        assertThatThrownBy(() -> fetch("/loop.jpg", Map.of()))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining("redirects");
        server.on("/trick.jpg", answer(302, "", "Location: file:///etc/passwd"));
        assertThatThrownBy(() -> fetch("/trick.jpg", Map.of())).isInstanceOf(FileRefusedException.class);
    }

    @Test
    void nothing_is_fetched_from_our_own_network() {
        int before = server.requests().size();
        for (String url : new String[] {server.url() + "/a.jpg", "http://169.254.169.254/a.jpg", "http://[::1]/a"}) {
            assertThatThrownBy(() -> files.fetch(url, false, Map.of()))
                    .isInstanceOf(FileRefusedException.class)
                    .hasMessageContaining("private network");
        }
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void what_may_pass_is_told_from_what_will_not() {
        server.on("/gone", answer(404, "no"));
        server.on("/busy", answer(503, "no"));
        server.on("/large", answer(200, "x".repeat(100 * 1024 + 1)));
        server.on("/empty", answer(200, ""));
        for (String path : new String[] {"/gone", "/large", "/empty"}) {
            assertThatThrownBy(() -> fetch(path, Map.of())).as(path).isInstanceOf(FileRefusedException.class);
        }
        assertThatThrownBy(() -> fetch("/busy", Map.of())).isNotInstanceOf(FileRefusedException.class);
        assertThatThrownBy(() -> files.fetch("http://no-such-host.invalid/a.jpg", true, Map.of()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileRefusedException.class);
    }

    @Test
    void address_is_understood_as_suppliers_write_it() throws IOException {
        assertThat(FileAddress.of(" http://img.example/상품 1.jpg?a=b|c ").toString())
                .isEqualTo("http://img.example/%EC%83%81%ED%92%88%201.jpg?a=b%7Cc");
        assertThat(FileAddress.of("//img.example/a%20b.jpg").toString()).isEqualTo("https://img.example/a%20b.jpg");
        for (String url : new String[] {"", "a.jpg", "file:///etc/passwd", "ftp://a/b", "data:image/png;base64,xx"}) {
            assertThatThrownBy(() -> FileAddress.of(url)).as(url).isInstanceOf(FileRefusedException.class);
        }
    }

    private OpenFile fetch(String path, Map<String, String> conditions) throws IOException {
        return files.fetch(server.url() + path, true, conditions);
    }

    @Test
    void deadline_that_comes_while_a_connection_is_waited_for_is_retryable() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                OpenFiles files = new OpenFiles(DataSize.ofMegabytes(1), Duration.ofMillis(20), 1)) {
            String url = "http://127.0.0.1:" + hanging.getLocalPort() + "/";

            List<CompletableFuture<Throwable>> fetched = IntStream.range(0, 100)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> catchThrowable(() -> files.fetch(url, true, Map.of()))))
                    .toList();

            assertThat(fetched).extracting(CompletableFuture::join).allMatch(IOException.class::isInstance);
        }
    }
}
