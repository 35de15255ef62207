package hub.partner;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hub.signing.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * One partner, from {@code hub.partners.<name>}.
 *
 * @param baseUrl what every path is appended to, prefix included, without a slash at the end
 * @param simulated whether it is the simulator, because no base-url was given
 * @param account our own name for the account, or our login where a partner wants it in documents
 * @param auth the name of the {@link AuthScheme}
 * @param authFields what the scheme sends besides the credentials, such as the names of parameters
 * @param credentials by key, as the scheme names them
 * @param http how it is called
 * @param credentialLife when the credentials end
 * @param costPerCall in thousandths of a won, which is whole won for 1,000 calls
 */
public record PartnerSettings(
        String name,
        String baseUrl,
        boolean simulated,
        String account,
        String auth,
        Map<String, String> authFields,
        Map<String, Secret> credentials,
        HttpSettings http,
        CredentialLife credentialLife,
        long costPerCall) {

    /** A shorter one stands by chance in many a text. */
    private static final int SHORTEST_MASKED = 6;

    private static final Pattern ENCODED = Pattern.compile("%[0-9A-F]{2}");

    // What was bought with them: a token as it stands in a header, or a JWT wherever it stands.
    private static final Pattern TOKEN =
            Pattern.compile("(?i)(\\bBearer\\s+)[^\\s,;\"')\\]}\\\\]+|\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");

    /** How long a connection may take to open. */
    public Duration connectTimeout() {
        return http.connectTimeout();
    }

    /** Where calls go: the base-url, and where a token is bought elsewhere, that address too. */
    public List<String> addresses() {
        Secret auth = credentials.get("auth-url");
        return auth == null ? List.of(baseUrl) : List.of(baseUrl, auth.reveal());
    }

    /** A credential in clear; for signing and sending only, never for a message. */
    String reveal(String key) {
        @Nullable Secret secret = credentials.get(key);
        if (secret == null) {
            throw new IllegalStateException("hub.partners." + name + "." + key + " is not set");
        }
        return secret.reveal();
    }

    /** Eight digits that change with any credential, and from which none can be found. */
    String credentialsDigest() {
        return DigestUtils.sha256Hex(everyCredential().reveal()).substring(0, 8);
    }

    /** All credentials in one text, which changes with any of them. */
    Secret everyCredential() {
        StringBuilder all = new StringBuilder(name);
        new TreeMap<>(credentials)
                .forEach((key, secret) ->
                        all.append('\n').append(key).append('=').append(secret.reveal()));
        return Secret.of(all.toString());
    }

    /** A text of the partner without our credentials and tokens, should it repeat them. */
    public String masked(String text) {
        String masked = text;
        for (String form : forms()) {
            masked = masked.replace(form, "***");
        }
        return TOKEN.matcher(masked).replaceAll("$1***");
    }

    /** The longest first: one may begin with another. */
    private List<String> forms() {
        return credentials.values().stream()
                .map(Secret::reveal)
                .filter(value -> value.length() >= SHORTEST_MASKED)
                .flatMap(PartnerSettings::forms)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** As it is, and as it stands in an address, in JSON or in a page. */
    private static Stream<String> forms(String value) {
        String sent = Outgoing.encode(value);
        String inJson = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        return Stream.of(
                value,
                sent,
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                lowerCase(sent),
                inJson,
                inJson.replace("/", "\\/"),
                HtmlUtils.htmlEscape(value));
    }

    /** Some servers write the digits of an encoded character small. */
    private static String lowerCase(String encoded) {
        return ENCODED.matcher(encoded).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }
}
