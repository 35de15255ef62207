package hub.logging;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The secrets of this process, and what looks like one.
 *
 * <p>Static because Logback is: one set of loggers in a JVM, whatever contexts there are. Thread-safe.
 */
public final class KnownSecrets {

    /** What stands in for a secret. */
    static final String MASK = "***";

    /** Shorter ones would be found inside of ordinary words. Unit: characters. */
    private static final int SHORTEST = 6;

    // Named parameters of the partners' calls, tokens in headers and in JSON.
    private static final Pattern LIKELY = Pattern.compile(
            "(?i)(\\b(?:signature|m_skey|aid|sid|client_secret_sign|client_secret|access_token)=)[^&\\s,;\"')\\]}]+"
                    + "|(\\bBearer\\s+)[^\\s,;\"')\\]}]+"
                    + "|(\"(?:access_token|refresh_token|password|client_secret)\"\\s*:\\s*\")[^\"]+");

    private static volatile List<String> values = List.of();

    private KnownSecrets() {}

    /** Remembers a secret, as it is and as it stands in a URL; one shorter than 6 characters is ignored. */
    public static synchronized void add(String secret) {
        if (secret.length() < SHORTEST) {
            return;
        }
        // The longest first: one may be the beginning of another.
        values = Stream.concat(values.stream(), Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text with every secret replaced; the same object when there is none. */
    static String mask(String text) {
        String masked = text;
        for (String secret : values) {
            masked = masked.replace(secret, MASK);
        }
        return LIKELY.matcher(masked).replaceAll("$1$2$3" + MASK.replace("*", "\\*"));
    }
}
