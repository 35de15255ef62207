package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A product as one supplier offers it.
 *
 * @param sku the supplier's own number
 * @param state {@code active}, {@code soldout} (may come back) or {@code ended} (will not)
 * @param summary whether only a line of a list is known: no options, no stock; never listed anywhere
 * @param content everything but cost and stock, as the mapping gave it
 * @param contentHash of {@code state} and {@code content}
 * @param hash of everything
 */
public record Product(
        String supplier,
        String sku,
        String state,
        boolean summary,
        String name,
        String category,
        JsonNode content,
        byte[] contentHash,
        byte[] hash,
        List<Stock> stocks) {}
