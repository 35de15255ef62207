package hub.partner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.signing.JwtExpiry;
import hub.signing.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Buys a token with a user name and a password: JSON out, the JWT as plain text (or {@code {"token": …}}) in.
 *
 * <p>{@code auth-fields} stand in the JSON beside the two. Source: Ownerclan manual, authentication.
 */
record LoginCall(PartnerSettings settings, Http http, Clock clock) implements BearerToken.TokenCall {

    @Override
    public Duration spend() {
        return http.spend();
    }

    @Override
    public BearerToken.Token fetch(Deadline deadline) {
        ObjectNode login = JsonNodeFactory.instance.objectNode();
        settings.authFields().forEach(login::put);
        login.put("username", settings.reveal("username")).put("password", settings.reveal("password"));
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("json", login);
        try {
            Incoming answer =
                    http.send(HttpRequests.of(new Outgoing(request, deadline), settings.reveal("auth-url")), deadline);
            String text = new String(answer.body(), StandardCharsets.UTF_8).trim();
            if (answer.status() != 200 || text.isEmpty() || text.startsWith("<")) {
                throw PartnerCallException.refused(
                        answer,
                        settings.name() + " refuses the login (status " + answer.status()
                                + "); check username and password");
            }
            String token = text.startsWith("{")
                    ? AnswerReader.read(answer, "json").path("token").asText()
                    : text.replace("\"", "");
            if (!token.matches("\\S+")) {
                throw PartnerCallException.notSent(settings.name() + " answers the login without a token", null);
            }
            return new BearerToken.Token(
                    Secret.of(token),
                    JwtExpiry.of(token)
                            .map(end -> end.minus(http.heard().ahead()))
                            .orElseGet(() -> clock.instant().plus(Duration.ofHours(1))));
        } catch (IOException e) {
            throw PartnerCallException.notSent(settings.name() + " does not answer the login: " + e.getMessage(), e);
        }
    }
}
