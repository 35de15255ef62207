package hub.catalog;

import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/** The first 16 bytes of SHA-256: what products and decisions about them are known by. */
public final class Hash {

    private static final int BYTES = 16;

    private Hash() {}

    public static byte[] of(byte[] bytes) {
        return Arrays.copyOf(DigestUtils.sha256(bytes), BYTES);
    }
}
