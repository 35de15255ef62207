package hub.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * When a token that a partner gave us ends, read from its {@code exp} without verifying it: it is the partner's to
 * check.
 *
 * <p>Source: RFC 7519, section 4.1.4.
 */
public final class JwtExpiry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JwtExpiry() {}

    /** Empty when {@code token} is no JWT, or says nothing of its end. */
    public static Optional<Instant> of(String token) {
        String[] parts = token.trim().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return exp(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> exp(JsonNode claims) {
        JsonNode exp = claims.path("exp");
        boolean sensible = exp.isNumber() && exp.doubleValue() >= 0 && exp.doubleValue() < Instant.MAX.getEpochSecond();
        return sensible ? Optional.of(Instant.ofEpochSecond(exp.longValue())) : Optional.empty();
    }
}
