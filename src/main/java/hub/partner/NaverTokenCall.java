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
record NaverTokenCall(PartnerSettings settings, Http http, Clock clock) implements BearerToken.TokenCall {

    @Override
    public Duration spend() {
        return http.spend();
    }

    @Override
    public BearerToken.Token fetch(Deadline deadline) {
        Instant now = clock.instant();
        Instant theirs = now.plus(http.heard().ahead());
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
                    value, now.plusSeconds(token.path("expires_in").asLong(0)));
        } catch (IOException e) {
            throw PartnerCallException.notSent(settings.name() + " gives no token: " + e.getMessage(), e);
        }
    }
}
