package hub.partner;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How connections are kept, under {@code hub.http.profiles.<name>}; a partner names one as {@code http-profile}.
 *
 * @param connections the most that are open at once
 * @param perHost the most that are open to one host
 * @param keepAlive how long an idle one is kept, where the server does not say less
 * @param dnsTtl how long an address of a host is believed
 */
record HttpProfile(
        @Nullable Integer connections,
        @Nullable Integer perHost,
        @Nullable Duration keepAlive,
        @Nullable Duration dnsTtl) {

    /** Source: the guide's table of HTTP client profiles. */
    static final Map<String, HttpProfile> BUILT_IN = Map.of(
            "default", of(100, 20, 30, 300), "high-volume", of(500, 50, 60, 600), "external-api", of(50, 10, 20, 120));

    private static HttpProfile of(int connections, int perHost, int keepAliveSeconds, int dnsSeconds) {
        return new HttpProfile(
                connections, perHost, Duration.ofSeconds(keepAliveSeconds), Duration.ofSeconds(dnsSeconds));
    }
}
