package hub.embedded;

import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the embedded servers before the first bean and stops them after the last one.
 *
 * <p>Guarantee: while any bean lives the servers run, so routes can drain and pools can close.
 */
final class EmbeddedInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Set for a command, which may run beside a hub and then uses its servers. */
    private static final String COMMAND = "hub.command";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        EmbeddedOptions options = Binder.get(environment).bindOrCreate("hub.embedded", EmbeddedOptions.class);
        if (context.getParent() != null || !options.any()) {
            return;
        }
        Optional<Map<String, Object>> beside =
                environment.containsProperty(COMMAND) ? EmbeddedServers.beside(options) : Optional.empty();
        if (beside.isPresent()) {
            environment.getPropertySources().addFirst(new MapPropertySource("embeddedServers", beside.get()));
            return;
        }
        EmbeddedServers servers = EmbeddedServers.open(options);
        environment.getPropertySources().addFirst(new MapPropertySource("embeddedServers", servers.properties()));
        if (context.getBeanFactory() instanceof DefaultListableBeanFactory beans) {
            // Beans are destroyed in the reverse order of registration: the first one goes last.
            beans.registerDisposableBean("embeddedServers", servers::close);
        }
        // A context that fails before its refresh destroys no bean.
        SpringApplication.getShutdownHandlers().add(servers::close);
    }
}
