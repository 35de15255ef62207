package hub.sandbox.domeggook;

/**
 * What a list call asks for; empty texts and the full ranges ask for everything.
 *
 * @param supply 도매매 when true, 도매꾹 otherwise
 */
record Search(
        boolean supply,
        String category,
        String keyword,
        String seller,
        String who,
        int leastWon,
        int mostWon,
        int leastUnit,
        int mostUnit) {

    static Search of(Parameters parameters) {
        return new Search(
                supply(parameters.text("market")),
                parameters.text("ca"),
                parameters.text("kw"),
                parameters.text("id"),
                parameters.text("who"),
                parameters.number("mnp", 0, 0, Integer.MAX_VALUE),
                parameters.number("mxp", Integer.MAX_VALUE, 0, Integer.MAX_VALUE),
                parameters.number("mnq", 0, 0, Integer.MAX_VALUE),
                parameters.number("mxq", Integer.MAX_VALUE, 0, Integer.MAX_VALUE));
    }

    boolean finds(Ware ware) {
        return ware.onSale()
                && (supply || ware.traits().dome())
                && (category.isEmpty()
                        || Categories.within(category, ware.goods().category()))
                && ware.goods().name().contains(keyword)
                && (seller.isEmpty() || seller.equals(ware.sellerId()))
                && (who.isEmpty() || who.equals(ware.traits().who()))
                && ware.won() >= leastWon
                && ware.won() <= mostWon
                && ware.traits().unit() >= leastUnit
                && ware.traits().unit() <= mostUnit;
    }

    private static boolean supply(String market) {
        return switch (market) {
            case "supply" -> true;
            case "dome" -> false;
            default -> throw Parameters.invalid("market");
        };
    }
}
