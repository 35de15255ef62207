package hub.partner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.signing.JwtExpiry;
import hub.signing.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Buys a token with a user name and a password: JSON out, the JWT as plain text (or {@code {"token": …}}) in.
 *
 * <p>{@code auth-fields} stand in the JSON beside the two. Source: Ownerclan manual, authentication.
 */
record LoginCall(PartnerSettings settings, Http http, Clock clock) implements BearerToken.TokenCall {

    /** Of a token whose end nobody tells: one that ends earlier is refused then, and bought anew. */
    private static final Duration UNKNOWN = Duration.ofHours(1);

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
            Instant asked = clock.instant();
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
            return new BearerToken.Token(Secret.of(token), end(token, asked));
        } catch (IOException e) {
            throw PartnerCallException.notSent(settings.name() + " does not answer the login: " + e.getMessage(), e);
        }
    }

    /**
     * By our clock: its own length, which needs no other clock, from the moment we asked. Where it tells only its end,
     * that is one of the partner's clock, which {@code Date} may tell wrongly: new, a token is not over.
     */
    private Instant end(String token, Instant asked) {
        return JwtExpiry.life(token)
                .map(asked::plus)
                .or(() -> JwtExpiry.of(token).map(end -> end.minus(http.heard().ahead())))
                .filter(asked::isBefore)
                .orElseGet(() -> JwtExpiry.of(token).filter(asked::isBefore).orElse(asked.plus(UNKNOWN)));
    }
}
