package hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.mock.env.MockEnvironment;

class PortTakenTest {

    @Test
    void option_of_the_taken_port_is_named() {
        FailureAnalysis analysis = new PortTaken(new MockEnvironment()
                        .withProperty("server.port", "8080")
                        .withProperty("management.server.port", "8081"))
                .analyze(new PortInUseException(8081));

        assertThat(analysis.getDescription()).contains("8081 (management.server.port)");
        assertThat(analysis.getAction()).contains("--management.server.port=<a free port>");
    }
}
