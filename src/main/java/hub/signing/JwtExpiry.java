package hub.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * When a token that a partner gave us ends, read from its {@code exp} and {@code iat} without verifying it: it is the
 * partner's to check.
 *
 * <p>Source: RFC 7519, sections 4.1.4 and 4.1.6.
 */
public final class JwtExpiry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JwtExpiry() {}

    /** When it ends by the partner's clock; empty when {@code token} is no JWT, or says nothing of its end. */
    public static Optional<Instant> of(String token) {
        return claims(token).flatMap(claims -> time(claims.path("exp")));
    }

    /**
     * How long it holds from the moment it is given, whatever the partner's clock says; empty when it tells no
     * beginning before its end.
     */
    public static Optional<Duration> life(String token) {
        return claims(token)
                .flatMap(claims -> time(claims.path("iat"))
                        .flatMap(from -> time(claims.path("exp")).map(end -> Duration.between(from, end))))
                .filter(life -> life.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<JsonNode> claims(String token) {
        String[] parts = token.trim().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(JsonNode claim) {
        boolean sensible =
                claim.isNumber() && claim.doubleValue() >= 0 && claim.doubleValue() < Instant.MAX.getEpochSecond();
        return sensible ? Optional.of(Instant.ofEpochSecond(claim.longValue())) : Optional.empty();
    }
}
