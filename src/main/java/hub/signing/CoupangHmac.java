package hub.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Coupang's signature: HMAC-SHA256 over signed-date, method, path and query, without anything between them.
 *
 * <p>The signed bytes are the bytes on the wire: path and query are taken as they are sent, percent-encoded already.
 *
 * <p>Source: Coupang, "Creating HMAC Signature" (article 360033461914).
 */
public final class CoupangHmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final DateTimeFormatter SIGNED_DATE =
            DateTimeFormatter.ofPattern("yyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private CoupangHmac() {}

    /**
     * The value of the {@code Authorization} header.
     *
     * @param path raw, from {@code /v2} on
     * @param query raw, without {@code ?}; empty when there is none
     */
    public static String authorization(
            String accessKey, Secret secretKey, String method, String path, String query, Instant at) {
        return "CEA algorithm=" + ALGORITHM + ", access-key=" + accessKey + ", signed-date=" + signedDate(at)
                + ", signature=" + signature(secretKey, method, path, query, at);
    }

    /**
     * The signature alone, in lower-case hex.
     *
     * @throws IllegalArgumentException if the query starts with {@code ?}, or the secret is empty
     */
    public static String signature(Secret secretKey, String method, String path, String query, Instant at) {
        if (query.startsWith("?")) {
            throw new IllegalArgumentException("The query to sign starts with '?'; Coupang signs it without");
        }
        String message = signedDate(at) + method + path + query;
        return HexFormat.of().formatHex(hmac(secretKey, message.getBytes(StandardCharsets.UTF_8)));
    }

    /** UTC to the second, such as {@code 260301T000000Z}. */
    public static String signedDate(Instant at) {
        return SIGNED_DATE.format(at);
    }

    private static byte[] hmac(Secret key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }
}
