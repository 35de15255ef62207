package hub.pricing;

/**
 * A price on a market.
 *
 * @param won what the buyer pays
 * @param floorWon below this the sale loses money or breaks the supplier's price policy; never above {@code won}
 * @param proof how it came about, for people
 */
public record Price(long won, long floorWon, String proof) {}
