package hub.catalog;

import java.util.regex.Pattern;

/**
 * An item that could not become a product.
 *
 * @param sku the supplier's number, or {@code page 3 item 17} when even that is unreadable
 * @param path where in our product document, such as {@code options[2].costWon}
 * @param value what stood there, cut to 200 characters
 */
public record Reject(String supplier, String sku, String path, String reason, String value, String remedy) {

    private static final int MOST = 200;

    /**
     * What Postgres takes for no text: NUL, and halves of surrogate pairs; cutting a text may leave one, too. And what
     * stands for a byte that is no character.
     */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x{0}\\x{D800}-\\x{DFFF}" + BrokenByte.MARK + "]");

    public Reject {
        sku = storable(sku);
        path = storable(path);
        reason = storable(reason);
        value = storable(value.length() > MOST ? value.substring(0, MOST) : value);
    }

    /** With a replacement character for each that cannot be stored, so that no item keeps its whole page away. */
    private static String storable(String text) {
        return UNSTORABLE.matcher(text).replaceAll("�");
    }
}
