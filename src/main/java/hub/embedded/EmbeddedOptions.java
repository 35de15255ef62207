package hub.embedded;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which servers the hub brings along, and where they keep their data.
 *
 * @param postgres true: the hub runs its own PostgreSQL; false: it uses {@code spring.datasource.*} and starts none
 * @param redis true: the hub runs its own Redis; false: it uses {@code spring.data.redis.*} and starts none
 * @param data directory of both servers, kept over restarts, relative to where the hub is started; used by one hub at a
 *     time
 */
@ConfigurationProperties(prefix = "hub.embedded", ignoreUnknownFields = false)
public record EmbeddedOptions(
        @DefaultValue("true") boolean postgres,
        @DefaultValue("true") boolean redis,
        // Not a Path: Spring would look for a folder of that name on the class path first.
        @DefaultValue("./data") String data) {

    public EmbeddedOptions {
        if (data.isBlank()) {
            throw new IllegalArgumentException("hub.embedded.data is empty; it must name a directory, such as ./data");
        }
    }

    Path directory() {
        return Path.of(data);
    }

    boolean any() {
        return postgres || redis;
    }
}
