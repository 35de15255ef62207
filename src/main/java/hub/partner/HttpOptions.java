package hub.partner;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The profiles of HTTP clients.
 *
 * @param profiles by name; what one of {@code default}, {@code high-volume}, {@code external-api} leaves out is as
 *     built in, what another one leaves out is as in {@code default}
 */
@ConfigurationProperties(prefix = "hub.http", ignoreUnknownFields = false)
public record HttpOptions(@DefaultValue Map<String, HttpProfile> profiles) {

    public HttpOptions {
        Map<String, HttpProfile> all = new TreeMap<>(HttpProfile.BUILT_IN);
        all.putAll(profiles);
        profiles = Map.copyOf(all);
    }
}
