package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.sandbox.Answer;
import hub.sandbox.SandboxStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Access tokens, one per resource: a token with half an hour to live is given out again; a new one leaves the old one
 * valid until its end.
 */
final class Tokens {

    private static final String KIND = "token";
    private static final Duration LIFE = Duration.ofHours(3);
    private static final Duration REUSED_WITH = Duration.ofMinutes(30);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final String clientId;
    private final String clientSecret;
    private final SandboxStore store;

    /** @throws IllegalArgumentException if the client secret is not a bcrypt salt, as Naver's secrets are */
    Tokens(String clientId, String clientSecret, SandboxStore store) {
        if (!Bcrypt.isSalt(clientSecret)) {
            throw new IllegalArgumentException(
                    "hub.sandbox.credentials.naver.client-secret is no bcrypt salt such as $2a$04$ and 22 characters");
        }
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.store = store;
    }

    Answer issue(Call call) {
        String type = call.request().headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (!call.request().query().isEmpty() || !type.startsWith("application/x-www-form-urlencoded")) {
            throw RefusedException.mediaType();
        }
        String form = new String(call.request().body(), StandardCharsets.UTF_8);
        check(form, call.now());
        String resource = value(form, "type") + " " + value(form, "account_id");
        forgetDead(call.now());
        JsonNode token = reusable(resource, call.now()).orElseGet(() -> fresh(resource, call.now()));
        long left = token.path("until").asLong() - call.now().toEpochMilli();
        return call.plain(JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token.path("token").asText())
                .put("expires_in", left / 1000)
                .put("token_type", "Bearer"));
    }

    boolean accept(String authorization, Instant now) {
        if (!authorization.startsWith("Bearer ")) {
            return false;
        }
        return store.get(KIND, authorization.substring(7).trim())
                .filter(token -> token.path("until").asLong() > now.toEpochMilli())
                .isPresent();
    }

    private void check(String form, Instant now) {
        require("client_id", value(form, "client_id").equals(clientId));
        require("grant_type", value(form, "grant_type").equals("client_credentials"));
        String type = value(form, "type");
        require("type", type.equals("SELF") || type.equals("SELLER"));
        require("account_id", type.equals("SELLER") != value(form, "account_id").isEmpty());
        String timestamp = value(form, "timestamp");
        require("timestamp", timestamp.matches("\\d{1,15}") && near(Long.parseLong(timestamp), now));
        require("client_secret_sign", signed(timestamp, value(form, "client_secret_sign")));
    }

    private static boolean near(long millis, Instant now) {
        return Math.abs(now.toEpochMilli() - millis) <= CLOCK_SKEW.toMillis();
    }

    private boolean signed(String timestamp, String sign) {
        String hash = Bcrypt.hash(clientId + "_" + timestamp, clientSecret);
        String expected = Base64.getEncoder().encodeToString(hash.getBytes(StandardCharsets.US_ASCII));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), sign.getBytes(StandardCharsets.US_ASCII));
    }

    private static void require(String name, boolean good) {
        if (!good) {
            String message = name + " 항목이 유효하지 않습니다.";
            throw RefusedException.product(message, List.of(new RefusedException.Invalid(name, "INVALID", message)));
        }
    }

    private Optional<JsonNode> reusable(String resource, Instant now) {
        long enough = now.plus(REUSED_WITH).toEpochMilli();
        return store.all(KIND).stream()
                .filter(token -> token.path("resource").asText().equals(resource))
                .filter(token -> token.path("until").asLong() >= enough)
                .findFirst();
    }

    private JsonNode fresh(String resource, Instant now) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        JsonNode document = JsonNodeFactory.instance
                .objectNode()
                .put("token", token)
                .put("resource", resource)
                .put("until", now.plus(LIFE).toEpochMilli());
        store.put(KIND, token, document);
        return document;
    }

    private void forgetDead(Instant now) {
        store.all(KIND).stream()
                .filter(token -> token.path("until").asLong() <= now.toEpochMilli())
                .forEach(token -> store.remove(KIND, token.path("token").asText()));
    }

    private static String value(String form, String name) {
        return Call.form(form, name).stream().findFirst().orElse("");
    }
}
