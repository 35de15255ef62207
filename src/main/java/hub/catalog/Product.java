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
 * @param content everything but cost and stock, as the mapping gave it
 * @param json the content as Postgres takes it
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
        JsonNode content,
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
                content,
                ContentText.of(content),
                contentHash,
                hash,
                stocks,
                null);
    }

    /** Whether its mapping says that it must not be listed. */
    boolean isBlocked() {
        return !content.path("blocked").asText("").isEmpty();
    }

    /** The same, known by the item that it came from. */
    public Product from(Sent item) {
        return new Product(
                supplier, sku, state, summary, name, category, content, json, contentHash, hash, stocks, item);
    }
}
