package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product as one supplier offers it.
 *
 * @param sku the supplier's own number
 * @param state {@code active}, {@code soldout} (may come back) or {@code ended} (will not)
 * @param summary whether only a line of a list is known: no options, no stock; never listed anywhere
 * @param blocked whether its mapping says that it must not be listed
 * @param json everything but cost and stock, as Postgres takes it; as a tree it would be several times as large, and
 *     many wait to be written
 * @param contentHash of {@code state} and {@code content}
 * @param hash of everything
 * @param sent the item that it came from; null where that does not tell the product
 */
public record Product(
        String supplier,
        String sku,
        String state,
        boolean summary,
        String name,
        String category,
        boolean blocked,
        byte[] json,
        byte[] contentHash,
        byte[] hash,
        List<Stock> stocks,
        @Nullable Sent sent) {

    /** A product whose item is mapped whenever it comes. */
    public Product(
            String supplier,
            String sku,
            String state,
            boolean summary,
            String name,
            String category,
            JsonNode content,
            byte[] contentHash,
            byte[] hash,
            List<Stock> stocks) {
        this(
                supplier,
                sku,
                state,
                summary,
                name,
                category,
                isBlocked(content),
                ContentText.of(content),
                contentHash,
                hash,
                stocks,
                null);
    }

    public static boolean isBlocked(JsonNode content) {
        return !content.path("blocked").asText("").isEmpty();
    }

    /** Everything but cost and stock, read anew at each call. */
    public JsonNode content() {
        return ContentText.read(json);
    }

    /** The same, known by the item that it came from. */
    public Product from(Sent item) {
        return new Product(
                supplier, sku, state, summary, name, category, blocked, json, contentHash, hash, stocks, item);
    }
}
