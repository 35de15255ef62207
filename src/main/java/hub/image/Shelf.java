package hub.image;

/** Where a market keeps pictures of ours. */
record Shelf(String market, String account) {}
