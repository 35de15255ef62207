package hub.catalog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The first 16 bytes of SHA-256: what products and decisions about them are known by. */
public final class Hash {

    private static final int BYTES = 16;

    private Hash() {}

    public static byte[] of(byte[] bytes) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
