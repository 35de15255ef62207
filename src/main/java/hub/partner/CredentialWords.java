package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts what partners say against our credentials in words, in answers that are fine by their status: a route's jq
 * tells which words. Three in a row stop the partner, as three times 401 do, see {@link Stops}. Thread-safe.
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
     */
    public void heard(String partner, String operation, @Nullable Object mapped) {
        if (!(mapped instanceof JsonNode result)
                || !result.path("outcome").asText().equals(CREDENTIALS)) {
            stops.believed(partner);
            return;
        }
        PartnerSettings settings = partners.get(partner).settings();
        stops.refused(new Refusal(
                partner,
                operation,
                Stop.Kind.CREDENTIALS,
                Stops.IN_WORDS,
                settings.credentialsDigest(),
                settings.masked(partner + "/" + operation + " is refused in words: "
                        + result.path("reason").asText(result.path("error").asText()))));
    }
}
