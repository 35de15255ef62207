package hub.catalog.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product that was found.
 *
 * @param priceWon the lowest cost of its options in won; null while no cost is known, which is not 0
 */
public record Found(
        String supplier,
        String sku,
        String status,
        String name,
        String category,
        @Nullable Long priceWon,
        Instant createdAt,
        Instant changedAt) {}
