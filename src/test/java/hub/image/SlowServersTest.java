package hub.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowServersTest {

    private final SlowServers servers = new SlowServers();

    /** A supplier's {@code [""]}, or {@code [{"url": …}]} that its mapping did not take apart. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "a.jpg"})
    void what_is_no_address_is_no_failure_of_ours(String url) {
        assertThatCode(() -> servers.check(url)).doesNotThrowAnyException();
        assertThatCode(() -> servers.answered(url)).doesNotThrowAnyException();
        assertThatCode(() -> servers.failed(url, Duration.ZERO)).doesNotThrowAnyException();
    }

    @Test
    void server_that_hangs_is_left_alone_whatever_of_it_is_asked_for() {
        servers.failed("http://img.example/a.jpg", Duration.ofSeconds(2));

        assertThatThrownBy(() -> servers.check("http://img.example/b.jpg")).isInstanceOf(IOException.class);
        assertThatCode(() -> servers.check("http://other.example/a.jpg")).doesNotThrowAnyException();
    }
}
