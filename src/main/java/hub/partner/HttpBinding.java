package hub.partner;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.unit.DataSize;

/** Reads how a partner is called: its own keys, and for the rest its profile. */
final class HttpBinding {

    static final Set<String> KEYS = Set.of(
            "http-profile",
            "connections",
            "connections-per-host",
            "keep-alive",
            "dns-ttl",
            "connect-timeout",
            "response-timeout",
            "call-deadline",
            "download-deadline",
            "max-download",
            "max-answer",
            "max-packed",
            "max-ratio",
            "min-pace",
            "pace-after");

    private static final HttpProfile DEFAULT = Objects.requireNonNull(HttpProfile.BUILT_IN.get("default"));

    private final Binder binder;
    private final HttpOptions options;

    HttpBinding(Binder binder, HttpOptions options) {
        this.binder = binder;
        this.options = options;
    }

    /** @throws IllegalArgumentException if there is no such profile, or a number makes no sense; with the numbers */
    HttpSettings of(String partner) {
        String name = value(partner, "http-profile", String.class, "default");
        HttpProfile profile = options.profiles().get(name);
        if (profile == null) {
            throw new IllegalArgumentException("hub.partners." + partner + ".http-profile=" + name + " is none of "
                    + new TreeSet<>(options.profiles().keySet()) + "; hub.http.profiles." + name
                    + " would make it one");
        }
        HttpProfile inherited = HttpProfile.BUILT_IN.getOrDefault(name, DEFAULT);
        @Nullable
        Integer own = binder.bind("hub.partners." + partner + ".connections", Integer.class)
                .orElse(null);
        AnswerBounds bounds = bounds(partner);
        int connections = own != null ? own : given(profile.connections(), inherited.connections());
        int perHost = own != null ? own : given(profile.perHost(), inherited.perHost());
        return new HttpSettings(
                partner,
                connections,
                value(partner, "connections-per-host", Integer.class, perHost),
                value(partner, "keep-alive", Duration.class, given(profile.keepAlive(), inherited.keepAlive())),
                value(partner, "dns-ttl", Duration.class, given(profile.dnsTtl(), inherited.dnsTtl())),
                value(partner, "connect-timeout", Duration.class, Duration.ofSeconds(3)),
                value(partner, "response-timeout", Duration.class, Duration.ofSeconds(20)),
                value(partner, "call-deadline", Duration.class, Duration.ofSeconds(30)),
                bounds,
                downloads(partner, bounds));
    }

    private HttpSettings.Downloads downloads(String partner, AnswerBounds bounds) {
        return new HttpSettings.Downloads(
                bounds.onDisk(value(partner, "max-download", DataSize.class, DataSize.ofMegabytes(256))),
                value(partner, "download-deadline", Duration.class, Duration.ofMinutes(5)));
    }

    private AnswerBounds bounds(String partner) {
        DataSize expanded = value(partner, "max-answer", DataSize.class, DataSize.ofMegabytes(8));
        return new AnswerBounds(
                partner,
                expanded,
                value(partner, "max-packed", DataSize.class, DataSize.ofBytes(Math.max(1, expanded.toBytes() / 2))),
                value(partner, "max-ratio", Integer.class, 200),
                value(partner, "min-pace", DataSize.class, DataSize.ofKilobytes(1)),
                value(partner, "pace-after", Duration.class, Duration.ofSeconds(5)));
    }

    private <T> T value(String partner, String key, Class<T> type, T otherwise) {
        return binder.bind("hub.partners." + partner + "." + key, type).orElse(otherwise);
    }

    private static <T> T given(@Nullable T own, @Nullable T inherited) {
        return own != null ? own : Objects.requireNonNull(inherited);
    }
}
