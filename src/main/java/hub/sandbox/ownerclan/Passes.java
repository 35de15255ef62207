package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The JWTs that Ownerclan hands out, HS256 by a key of its own that outlives a restart. Valid for 30 days. */
final class Passes {

    private static final Duration LIFE = Duration.ofDays(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;

    Passes(SandboxStore store) {
        if (store.get("pass", "key").isEmpty()) {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            store.put("pass", "key", TextNode.valueOf(BASE64.encodeToString(fresh)));
        }
        key = Base64.getUrlDecoder()
                .decode(store.get("pass", "key").orElseThrow().asText());
    }

    String issue(String user, Instant now) {
        String claims = JSON.createObjectNode()
                .put("sub", user)
                .put("exp", now.plus(LIFE).getEpochSecond())
                .toString();
        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims);
        return signed + "." + signature(signed);
    }

    /** Whether an {@code Authorization} header carries one of ours that has not expired. */
    boolean valid(String authorization, Instant now) {
        String[] parts = authorization.startsWith("Bearer ")
                ? authorization.substring("Bearer ".length()).trim().split("\\.", -1)
                : new String[0];
        if (parts.length != 3) {
            return false;
        }
        byte[] wanted = signature(parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(wanted, parts[2].getBytes(StandardCharsets.US_ASCII))) {
            return false;
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.path("exp").asLong() > now.getEpochSecond();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
