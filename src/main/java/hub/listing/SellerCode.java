package hub.listing;

import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The code by which a market and we name the same product: always the same for the same supplier and sku.
 *
 * <p>ASCII, at most 50 characters with the part of an option. Source: the shortest limit of a market's seller code.
 */
final class SellerCode {

    private static final int MAX = 50;
    private static final int OPTION = 9;
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9]+-[A-Za-z0-9]+");
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private SellerCode() {}

    static String of(String supplier, String sku) {
        String plain = supplier + "-" + sku;
        if (plain.length() <= MAX - OPTION && PLAIN.matcher(plain).matches()) {
            return plain;
        }
        // A leading x- cannot be taken for a plain code, as no supplier is named so.
        return "x-" + hash(supplier + '\0' + sku, 24);
    }

    /** The code of an option; that of the product itself when it has none. */
    static String ofItem(String key, String optionKey) {
        return optionKey.isEmpty() ? key : key + "-" + hash(optionKey, OPTION - 1);
    }

    private static String hash(String text, int characters) {
        byte[] digest = DigestUtils.sha256(text);
        StringBuilder code = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            code.append(BASE32.charAt(digest[i] & 31));
        }
        return code.toString();
    }
}
