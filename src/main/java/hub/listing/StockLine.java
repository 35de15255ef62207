package hub.listing;

import org.jspecify.annotations.Nullable;

/**
 * Cost and stock of one option.
 *
 * @param stock null when it is not known
 * @param stale whether it has been unknown, or the same, for longer than {@link ListingOptions#staleMax()}
 */
record StockLine(long costWon, @Nullable Integer stock, boolean stale) {}
