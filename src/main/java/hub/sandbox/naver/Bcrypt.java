package hub.sandbox.naver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bcrypt hash, written from its paper so that the simulator does not check a signature with the code that made it.
 *
 * <p>Lenient where the partner is: the four unused bits of the last salt character are ignored, as the published
 * example secret has them set.
 *
 * <p>Source: Provos and Mazières, "A Future-Adaptable Password Scheme", 1999; the tables are the first 1042 words of
 * the fraction of pi.
 */
final class Bcrypt {

    private static final Pattern SALT = Pattern.compile("\\$2[ab]\\$(0[4-9]|[12]\\d|3[01])\\$([./A-Za-z0-9]{22}).*");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String MAGIC = "OrpheanBeholderScryDoubt";
    private static final byte[] NO_SALT = new byte[16];
    private static final int[] PI = words();
    private static final int SUBKEYS = 18;

    private final int[] p = Arrays.copyOf(PI, SUBKEYS);
    private final int[] s = Arrays.copyOfRange(PI, SUBKEYS, PI.length);
    private int left;
    private int right;

    private Bcrypt() {}

    static boolean isSalt(String text) {
        return SALT.matcher(text).matches();
    }

    /**
     * The 60 characters of the hash.
     *
     * @param salt such as {@code $2a$10$} and 22 characters; what follows is ignored
     * @throws IllegalArgumentException if it is no bcrypt salt of cost 4 to 31
     */
    static String hash(String password, String salt) {
        Matcher parts = SALT.matcher(salt);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a bcrypt salt");
        }
        int cost = Integer.parseInt(parts.group(1));
        byte[] saltBytes = decode(parts.group(2));
        byte[] hash = new Bcrypt().run(key(password), saltBytes, 1L << cost);
        return salt.substring(0, 7) + encode(saltBytes) + encode(Arrays.copyOf(hash, 23));
    }

    private byte[] run(byte[] key, byte[] salt, long rounds) {
        expand(key, salt);
        for (long round = 0; round < rounds; round++) {
            expand(key, NO_SALT);
            expand(salt, NO_SALT);
        }
        byte[] text = MAGIC.getBytes(StandardCharsets.US_ASCII);
        byte[] hash = new byte[text.length];
        for (int block = 0; block < text.length / 8; block++) {
            left = word(text, 2 * block);
            right = word(text, 2 * block + 1);
            for (int i = 0; i < 64; i++) {
                encrypt();
            }
            write(left, hash, 8 * block);
            write(right, hash, 8 * block + 4);
        }
        return hash;
    }

    private void expand(byte[] key, byte[] salt) {
        for (int i = 0; i < SUBKEYS; i++) {
            p[i] ^= word(key, i);
        }
        left = 0;
        right = 0;
        refill(p, salt, 0);
        refill(s, salt, SUBKEYS);
    }

    private void refill(int[] table, byte[] salt, int offset) {
        for (int i = 0; i < table.length; i += 2) {
            left ^= word(salt, offset + i);
            right ^= word(salt, offset + i + 1);
            encrypt();
            table[i] = left;
            table[i + 1] = right;
        }
    }

    private void encrypt() {
        int l = left ^ p[0];
        int r = right;
        for (int round = 1; round <= 16; round += 2) {
            r ^= mix(l) ^ p[round];
            l ^= mix(r) ^ p[round + 1];
        }
        left = r ^ p[17];
        right = l;
    }

    private int mix(int x) {
        int sum = s[x >>> 24] + s[256 + ((x >>> 16) & 0xff)];
        return (sum ^ s[512 + ((x >>> 8) & 0xff)]) + s[768 + (x & 0xff)];
    }

    /** The {@code index}-th big-endian word of the bytes repeated without end. */
    private static int word(byte[] bytes, int index) {
        int word = 0;
        for (int i = 4 * index; i < 4 * index + 4; i++) {
            word = (word << 8) | (bytes[i % bytes.length] & 0xff);
        }
        return word;
    }

    private static void write(int word, byte[] to, int at) {
        for (int i = 0; i < 4; i++) {
            to[at + i] = (byte) (word >>> (24 - 8 * i));
        }
    }

    private static byte[] key(String password) {
        byte[] text = password.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, Math.min(text.length + 1, 72));
    }

    private static byte[] decode(String text) {
        byte[] bytes = new byte[16];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            bits = (bits << 6) | ALPHABET.indexOf(text.charAt(i));
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[at++] = (byte) (bits >>> held);
            }
        }
        return bytes;
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            bits = (bits << 8) | (b & 0xff);
            held += 8;
            while (held >= 6) {
                held -= 6;
                text.append(ALPHABET.charAt((bits >>> held) & 0x3f));
            }
        }
        return held == 0
                ? text.toString()
                : text.append(ALPHABET.charAt((bits << (6 - held)) & 0x3f)).toString();
    }

    private static int[] words() {
        try (InputStream file = Objects.requireNonNull(Bcrypt.class.getResourceAsStream("blowfish-pi.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.trim().split("\\s+"))
                    .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
