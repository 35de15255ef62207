package hub.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Naver Commerce's {@code client_secret_sign}: Base64 of BCrypt over {@code clientId_timestamp}, salted with the
 * secret.
 *
 * <p>Source: <a href="https://apicenter.commerce.naver.com/docs/auth">Naver Commerce API, electronic signature</a>.
 */
public final class NaverSecret {

    private static final Pattern SALT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{22}");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private NaverSecret() {}

    /**
     * The signature for one token call.
     *
     * @param clientSecret what Naver issued, a bcrypt salt such as {@code $2a$04$…}
     * @param at the same instant, in milliseconds, goes into the call as {@code timestamp}
     * @throws IllegalArgumentException if the secret is no bcrypt salt; the message does not show it
     */
    public static String sign(String clientId, Secret clientSecret, Instant at) {
        String hash = BCrypt.hashpw(clientId + "_" + at.toEpochMilli(), salt(clientSecret));
        return Base64.getEncoder().encodeToString(hash.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The salt with the unused bits of its last character cleared: Naver issues such salts, strict libraries refuse.
     */
    private static String salt(Secret clientSecret) {
        String salt = clientSecret.reveal();
        if (!SALT.matcher(salt).matches()) {
            throw new IllegalArgumentException("Naver's client secret is no bcrypt salt: expected $2a$, two digits, $"
                    + " and 22 characters of ./A-Za-z0-9, got " + salt.length() + " characters");
        }
        int last = salt.length() - 1;
        // 22 characters hold 132 bits, a salt has 128: the last 4 mean nothing.
        return salt.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(salt.charAt(last)) & 0b110000);
    }
}
