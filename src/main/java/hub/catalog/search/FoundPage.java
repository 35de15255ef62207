package hub.catalog.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of products.
 *
 * @param next what {@code after} has to be for the page behind; null when this is the last one
 */
public record FoundPage(List<Found> items, @Nullable String next) {}
