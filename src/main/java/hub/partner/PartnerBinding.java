package hub.partner;

import hub.signing.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads {@code hub.partners.*}.
 *
 * <p>Which credentials a partner needs depends on its {@code auth}; a key that is unknown or missing stops the start
 * with a sentence. A partner without a base-url is its simulator, with the keys that the simulator accepts.
 */
final class PartnerBinding {

    private static final String PREFIX = "hub.partners.";
    private static final String UNLIMITED = "unlimited";
    private static final Set<String> COMMON = Set.of(
            "base-url",
            "enabled",
            "account",
            "auth",
            "auth-fields",
            "budget",
            "cost-per-call",
            CredentialBinding.KEY,
            "pull-every",
            "track-every",
            "claims-every",
            "publish-every");

    private final Binder binder;
    private final HttpBinding http;
    private final Map<String, AuthScheme> schemes;
    private final String sandboxUrl;
    private final List<String> wrong = new ArrayList<>();

    PartnerBinding(Environment environment, List<AuthScheme> schemes, HttpOptions options) {
        this.binder = Binder.get(environment);
        this.http = new HttpBinding(binder, options);
        this.schemes = new HashMap<>();
        schemes.forEach(scheme -> this.schemes.put(scheme.name(), scheme));
        this.sandboxUrl = "http://127.0.0.1:" + environment.getProperty("hub.sandbox.port", "9090") + "/";
    }

    /**
     * The partners that are not left out, by name.
     *
     * @throws PartnerSettingsException with one sentence for each key that is unknown or missing, and for each name
     *     elsewhere that is no partner's
     */
    Map<String, PartnerSettings> read() {
        Map<String, PartnerSettings> partners = new LinkedHashMap<>();
        Map<String, Object> all = binder.bind("hub.partners", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        all.forEach((name, keys) -> {
            if (keys instanceof Map<?, ?> map && value(name, "enabled", Boolean.class, true)) {
                partner(name, map).ifPresent(settings -> partners.put(name, settings));
            }
        });
        wrong.addAll(new NamedElsewhere(binder).wrong(all.keySet()));
        if (!wrong.isEmpty()) {
            throw new PartnerSettingsException(wrong);
        }
        return partners;
    }

    private Optional<PartnerSettings> partner(String name, Map<?, ?> keys) {
        String auth = value(name, "auth", String.class, "");
        AuthScheme scheme = schemes.get(auth);
        if (scheme == null) {
            wrong.add(PREFIX + name + ".auth=" + auth + " is none of "
                    + schemes.keySet().stream().sorted().toList());
            return Optional.empty();
        }
        refuseUnknown(name, keys, scheme);
        String baseUrl = value(name, "base-url", String.class, "").replaceAll("/+$", "");
        boolean simulated = unset(baseUrl);
        if (!simulated) {
            refuseUncounted(name);
        }
        Map<String, Secret> credentials = simulated ? simulated(name, scheme) : real(name, scheme);
        return Optional.of(new PartnerSettings(
                name,
                simulated ? sandboxUrl + name : baseUrl,
                simulated,
                value(name, "account", String.class, "main"),
                auth,
                binder.bind(PREFIX + name + ".auth-fields", Bindable.mapOf(String.class, String.class))
                        .orElse(Map.of()),
                credentials,
                http.of(name),
                new CredentialBinding(binder, name, wrong).read(keys),
                value(name, "cost-per-call", Long.class, 0L)));
    }

    /** Calls without a limit are a choice, never an oversight: partners block whoever calls too often. */
    private void refuseUncounted(String name) {
        boolean counted =
                binder.bind(PREFIX + name + ".budget[0].key", String.class).isBound();
        if (!counted && !value(name, "budget", String.class, "").equals(UNLIMITED)) {
            wrong.add(PREFIX + name + ".budget is missing: state what " + name
                    + " allows, such as [{ key: account, calls: 5, window: 1s }], or budget: " + UNLIMITED);
        }
    }

    private void refuseUnknown(String name, Map<?, ?> keys, AuthScheme scheme) {
        Set<String> known = new HashSet<>();
        COMMON.forEach(key -> known.add(plain(key)));
        HttpBinding.KEYS.forEach(key -> known.add(plain(key)));
        scheme.keys().forEach(key -> known.add(plain(key)));
        for (Object key : keys.keySet()) {
            if (!known.contains(plain(key.toString()))) {
                wrong.add(PREFIX + name + "." + key + " is not known; " + name + " (auth " + scheme.name() + ") takes "
                        + scheme.keys() + " and "
                        + Stream.concat(COMMON.stream(), HttpBinding.KEYS.stream())
                                .sorted()
                                .toList());
            }
        }
    }

    private Map<String, Secret> real(String name, AuthScheme scheme) {
        Map<String, Secret> credentials = new HashMap<>();
        for (String key : scheme.keys()) {
            String value = value(name, key, String.class, "");
            if (unset(value)) {
                wrong.add(PREFIX + name + "." + key + " is missing" + hint(value) + "; " + name
                        + " has a base-url, so it needs it (without a base-url the simulator is used)");
            } else {
                credentials.put(key, Secret.of(value));
            }
        }
        return credentials;
    }

    private Map<String, Secret> simulated(String name, AuthScheme scheme) {
        Map<String, String> given = binder.bind(
                        "hub.sandbox.credentials." + name, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        Map<String, Secret> credentials = new HashMap<>();
        for (String key : scheme.keys()) {
            String value = given.getOrDefault(key, key.equals("auth-url") ? sandboxUrl + name + "/auth" : "");
            if (value.isEmpty()) {
                wrong.add("hub.sandbox.credentials." + name + "." + key + " is missing; give it, or give " + PREFIX
                        + name + ".base-url and its credentials, or leave the partner out with " + PREFIX + name
                        + ".enabled=false");
            } else {
                credentials.put(key, Secret.of(value));
            }
        }
        return credentials;
    }

    private <T> T value(String name, String key, Class<T> type, T otherwise) {
        return binder.bind(PREFIX + name + "." + key, type).orElse(otherwise);
    }

    /** An option that names an environment variable that is not there keeps its {@code ${…}}. */
    private static boolean unset(String value) {
        return value.isBlank() || value.contains("${");
    }

    private static String hint(String value) {
        return value.contains("${")
                ? " (the environment variable " + value.replaceAll(".*\\$\\{([^}:]+).*", "$1") + " is not set)"
                : "";
    }

    static String plain(String key) {
        return key.replaceAll("\\..*|\\[.*", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
