package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts what partners say against our credentials in words, in answers that are fine by their status: a route's jq
 * tells which words. Three in a row stop the partner, as three times 401 do, see {@link Stops}. Words that repeat our
 * credentials go on without them. Thread-safe.
 */
@Component
public class CredentialWords {

    static final String CREDENTIALS = "credentials";

    private final Partners partners;
    private final Stops stops;

    CredentialWords(Partners partners, Stops stops) {
        this.partners = partners;
        this.stops = stops;
    }

    /**
     * Takes what a route made of an answer.
     *
     * @param mapped {@code outcome} is {@code credentials}, with a {@code reason}, where the answer refuses them
     * @return the same, with no credential in its {@code reason} and {@code error}
     */
    public @Nullable Object heard(String partner, String operation, @Nullable Object mapped) {
        PartnerSettings settings = partners.get(partner).settings();
        if (mapped instanceof JsonNode result && result.path("outcome").asText().equals(CREDENTIALS)) {
            refused(settings, operation, result);
        } else {
            stops.believed(partner);
        }
        return mapped instanceof ObjectNode result ? masked(settings, result) : mapped;
    }

    private void refused(PartnerSettings settings, String operation, JsonNode result) {
        String partner = settings.name();
        stops.refused(new Refusal(
                partner,
                operation,
                Stop.Kind.CREDENTIALS,
                Stops.IN_WORDS,
                settings.credentialsDigest(),
                settings.masked(partner + "/" + operation + " is refused in words: "
                        + result.path("reason").asText(result.path("error").asText()))));
    }

    private static ObjectNode masked(PartnerSettings settings, ObjectNode result) {
        for (String field : List.of("reason", "error")) {
            JsonNode words = result.path(field);
            if (words.isMissingNode() || words.isNull()) {
                continue; // nearly every answer
            }
            String said = words.isContainerNode() ? words.toString() : words.asText();
            String masked = settings.masked(said);
            if (!masked.equals(said)) {
                result.put(field, masked);
            }
        }
        return result;
    }
}
