package hub;

import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Refuses a start in a folder without application.yaml or routes, before anything is made there. */
final class StartFolder implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String routes = context.getEnvironment().getProperty("hub.routes.folder");
        if (routes == null) {
            throw new WrongFolderException("there is no application.yaml with the hub's options in "
                    + Path.of("").toAbsolutePath() + ", and spring.config.location names none");
        }
        if (!Files.isDirectory(Path.of(routes))) {
            throw new WrongFolderException("there is no folder "
                    + Path.of(routes).toAbsolutePath().normalize() + " with routes (hub.routes.folder=" + routes + ")");
        }
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Final: nothing was started. */
    static final class WrongFolderException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongFolderException(String message) {
            super(message);
        }
    }

    /** The sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<WrongFolderException> {

        @Override
        protected FailureAnalysis analyze(Throwable root, WrongFolderException failure) {
            return new FailureAnalysis(
                    "The hub was not started: " + failure.getMessage() + ".",
                    "Start it in the folder that holds application.yaml and routes/, such as the checkout.",
                    failure);
        }
    }
}
