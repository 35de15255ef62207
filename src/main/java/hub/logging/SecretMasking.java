package hub.logging;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Masks from before the first bean on: credentials of partners, real and simulated, and passwords of both servers.
 * Comes after the embedded servers, which make their passwords at the first start.
 */
final class SecretMasking implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Pattern SECRET = Pattern.compile("(?i).*(key|secret|password|session|token).*");
    // Who somebody is: a secret of a real account. A simulated one is called "sandbox", a word of many lines.
    private static final Pattern IDENTITY = Pattern.compile("(?i)(user-?name|id|client-?id)");
    private static final List<String> PASSWORDS = List.of("spring.datasource.password", "spring.data.redis.password");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Binder binder = Binder.get(context.getEnvironment());
        PASSWORDS.forEach(key -> binder.bind(key, String.class).ifBound(KnownSecrets::add));
        credentials(binder, "hub.partners").forEach((partner, keys) -> add(keys, true));
        credentials(binder, "hub.sandbox.credentials").forEach((partner, keys) -> add(keys, false));
        install();
    }

    /** Once for all contexts; a restart of Logback forgets its filters. */
    private static void install() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
                && logback.getTurboFilterList().stream().noneMatch(SecretFilter.class::isInstance)) {
            SecretFilter filter = new SecretFilter();
            filter.setContext(logback);
            filter.start();
            logback.addTurboFilter(filter);
        }
    }

    private static Map<String, Object> credentials(Binder binder, String prefix) {
        return binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
    }

    private static void add(Object keys, boolean real) {
        if (keys instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = key.toString();
                boolean secret = SECRET.matcher(name).matches()
                        || (real && IDENTITY.matcher(name).matches());
                // One that names a missing environment variable is not set.
                if (secret && value instanceof String text && !text.contains("${")) {
                    KnownSecrets.add(text);
                }
            });
        }
    }
}
