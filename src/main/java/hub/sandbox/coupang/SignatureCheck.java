package hub.sandbox.coupang;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call carries the vendor's signature over exactly the bytes that were sent.
 *
 * <p>Source: "Creating HMAC Signature", article 360033461914; the five minutes are a guess.
 */
final class SignatureCheck {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter SIGNED_DATE = DateTimeFormatter.ofPattern("yyMMdd'T'HHmmss'Z'");
    private static final Pattern HEADER = Pattern.compile(
            "CEA algorithm=HmacSHA256, ?access-key=([^,]+), ?signed-date=(\\d{6}T\\d{6}Z), ?signature=(\\p{XDigit}+)");

    private final String accessKey;
    private final SecretKeySpec secretKey;

    SignatureCheck(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /**
     * Why the call is not let in; empty when it is.
     *
     * @param target path and query as they were on the wire
     */
    Optional<String> refusal(String method, String target, @Nullable String authorization, Instant at) {
        Matcher header = HEADER.matcher(authorization == null ? "" : authorization);
        if (!header.matches()) {
            return Optional.of("HMAC format is invalid.");
        }
        if (!header.group(1).equals(accessKey)) {
            return Optional.of("Request is not authorized.");
        }
        String signedDate = header.group(2);
        if (!fresh(signedDate, at)) {
            return Optional.of("Specified signature is expired.");
        }
        byte[] expected = signature(signedDate + method + target.replaceFirst("\\?", ""));
        byte[] given = header.group(3).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) ? Optional.empty() : Optional.of("Invalid signature.");
    }

    private static boolean fresh(String signedDate, Instant at) {
        try {
            Instant signed = LocalDateTime.parse(signedDate, SIGNED_DATE).toInstant(ZoneOffset.UTC);
            return Duration.between(signed, at).abs().compareTo(SKEW) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** In lower-case hex. */
    private byte[] signature(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secretKey);
            byte[] hash = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing in this Java", e);
        }
    }
}
