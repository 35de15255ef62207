package hub.sandbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Final: the simulators' port is taken. */
final class SandboxPortException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SandboxPortException(int port, Throwable cause) {
        super(
                "the sandbox cannot listen on 127.0.0.1:" + port + ", something else does; stop that, or start with"
                        + " --hub.sandbox.port=<a free port>",
                cause);
    }

    /** The sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<SandboxPortException> {

        @Override
        protected FailureAnalysis analyze(Throwable root, SandboxPortException failure) {
            return new FailureAnalysis(
                    "The hub was not started: " + failure.getMessage() + ".",
                    "Without simulators start with --hub.sandbox.enabled=false.",
                    failure);
        }
    }
}
