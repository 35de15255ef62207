package hub.image;

/**
 * Where pictures of one kind stand at a market.
 *
 * @param rule fingerprint of the rule they are made by
 */
record Shelf(String market, String account, String rule) {}
