package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.signing.NaverSecret;
import hub.signing.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Buys Naver's token: a form body and nothing in the query string, which would block the application.
 *
 * <p>Source: Naver Commerce API, OAuth2 token; commerce-api discussion 3737.
 */
record NaverTokenCall(PartnerSettings settings, Http http, Clock clock, SignedTime time)
        implements BearerToken.TokenCall {

    /** Naver's live three hours. */
    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public Duration spend() {
        return http.spend();
    }

    @Override
    public BearerToken.Token fetch(Deadline deadline) {
        Instant now = clock.instant();
        Duration ahead = time.ahead();
        Instant theirs = now.plus(ahead);
        String clientId = settings.reveal("client-id");
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("path", settings.authFields().getOrDefault("token-path", "/v1/oauth2/token"));
        request.putObject("form")
                .put("client_id", clientId)
                .put("timestamp", Long.toString(theirs.toEpochMilli()))
                .put(
                        "client_secret_sign",
                        NaverSecret.sign(clientId, Secret.of(settings.reveal("client-secret")), theirs))
                .put("grant_type", "client_credentials")
                .put("type", settings.authFields().getOrDefault("type", "SELF"));
        try {
            Incoming answer = http.send(HttpRequests.of(new Outgoing(request, deadline), settings.baseUrl()), deadline);
            if (answer.status() != 200) {
                time.refused(ahead); // the next one carries what is left to try
                throw PartnerCallException.refused(
                        answer,
                        settings.name() + " gives no token (status " + answer.status()
                                + "); check client-id and client-secret, the clock and the registered address");
            }
            JsonNode token = AnswerReader.read(answer, "json");
            Secret value = Secret.of(token.path("access_token").asText());
            if (value.isBlank()) {
                throw PartnerCallException.notSent(settings.name() + " answers without a token", null);
            }
            return new BearerToken.Token(
                    value, now.plusSeconds(life(token.path("expires_in").asLong(0))));
        } catch (IOException e) {
            throw PartnerCallException.notSent(settings.name() + " gives no token: " + e.getMessage(), e);
        }
    }

    /** A number that is no life of a token would end in no time that can be told. */
    private static long life(long stated) {
        return Math.min(Math.max(stated, 0), LONGEST.toSeconds());
    }
}
