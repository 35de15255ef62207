package hub.partner;

import hub.signing.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Closes a token with what only the processes know that could buy it too: AES-256-GCM, by a key derived from the
 * partner's credentials.
 *
 * <p>Derived slowly, because some credentials are passwords that people chose: who has a copy of Redis must not find
 * them by trying either. Takes some tenths of a second, once in a process and partner. Thread-safe.
 *
 * <p>Source: PBKDF2, RFC 8018; GCM, NIST SP 800-38D.
 */
final class TokenSeal {

    /** A third of what OWASP advises for stored passwords: 2 s of a busy, half compiled JVM would hold up its start. */
    private static final int ROUNDS = 200_000;

    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;
    private static final int NONCE = 12;
    private static final int NAME = 8;

    private final SecureRandom random = new SecureRandom();
    private final String name;
    private final SecretKeySpec key;

    /**
     * Derives the key.
     *
     * @param credentials all of them, in one text
     * @param purpose whom they are for; the same credentials elsewhere give another key
     */
    TokenSeal(Secret credentials, String purpose) {
        try {
            byte[] root = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(credentials.reveal().toCharArray(), utf8(purpose), ROUNDS, KEY_BITS))
                    .getEncoded();
            this.name = HexFormat.of().formatHex(part(root, "name"), 0, NAME);
            this.key = new SecretKeySpec(part(root, "seal"), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has PBKDF2 and HMAC of SHA-256", e);
        }
    }

    /** Other credentials have another one; nothing can be found from it. */
    String name() {
        return name;
    }

    String close(String text) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(utf8(text));
            byte[] whole = Arrays.copyOf(nonce, NONCE + closed.length);
            System.arraycopy(closed, 0, whole, NONCE, closed.length);
            return Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM", e);
        }
    }

    /** The text; empty if it was not closed by this seal, or changed since. */
    Optional<String> open(String sealed) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(whole, NONCE);
            byte[] closed = Arrays.copyOfRange(whole, NONCE, Math.max(NONCE, whole.length));
            return Optional.of(new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(closed), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty(); // whoever wrote it could not have bought it
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(utf8(name));
        return cipher;
    }

    private static byte[] part(byte[] root, String use) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(root, "HmacSHA256"));
        return mac.doFinal(utf8(use));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
