package hub.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What one option costs us and how many there are.
 *
 * @param optionKey the supplier's code of the option, empty for a product without options
 * @param costWon whole won, above 0
 * @param stock pieces; null when the supplier does not say, which is not 0
 */
public record Stock(
        String optionKey, long costWon, @Nullable Integer stock) {}
