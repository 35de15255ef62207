package hub.console;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may look, and for how long.
 *
 * @param passwordFile where the first password of {@code admin} is written, for its owner only; relative to where the
 *     hub is started
 * @param session how long a login lasts after the last request
 * @param failedLogins how many logins of one address may fail within a minute; at the next one it has to wait
 */
@ConfigurationProperties(prefix = "hub.console", ignoreUnknownFields = false)
public record ConsoleOptions(
        // Not a Path: Spring would look for a file of that name on the class path first.
        @DefaultValue("./data/console-password") String passwordFile,
        @DefaultValue("30m") Duration session,
        @DefaultValue("5") int failedLogins) {

    public ConsoleOptions {
        if (passwordFile.isBlank() || session.toMinutes() < 1 || failedLogins < 1) {
            throw new IllegalArgumentException("hub.console: password-file=" + passwordFile + ", session=" + session
                    + ", failed-logins=" + failedLogins
                    + "; a file must be named, a session lasts at least 1m, at least 1 login may fail");
        }
    }

    Path password() {
        return Path.of(passwordFile).toAbsolutePath().normalize();
    }
}
