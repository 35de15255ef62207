package hub;

import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** A port of the console or the actuator that is taken, with the option that names another. */
final class PortTaken extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    private static final List<String> OPTIONS = List.of("server.port", "management.server.port");

    private final Environment environment;

    PortTaken(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable root, PortInUseException failure) {
        String option = OPTIONS.stream()
                .filter(name -> String.valueOf(failure.getPort()).equals(environment.getProperty(name)))
                .findFirst()
                .orElse("server.port");
        return new FailureAnalysis(
                "The hub was not started: something else listens on port " + failure.getPort() + " (" + option + ").",
                "Stop that, such as another hub, or start with --" + option + "=<a free port>.",
                failure);
    }

    /** Before Spring's own, which names no option. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
