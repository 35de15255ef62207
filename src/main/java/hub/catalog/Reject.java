package hub.catalog;

/**
 * An item that could not become a product.
 *
 * @param sku the supplier's number, or {@code page 3 item 17} when even that is unreadable
 * @param path where in our product document, such as {@code options[2].costWon}
 * @param value what stood there, cut to 200 characters
 */
public record Reject(String supplier, String sku, String path, String reason, String value, String remedy) {

    private static final int MOST = 200;

    public Reject {
        value = value.length() > MOST ? value.substring(0, MOST) : value;
    }
}
