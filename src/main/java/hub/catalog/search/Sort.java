package hub.catalog.search;

/**
 * In which order products come; each is one index, read forwards or backwards; the key puts those of one time or price
 * in order.
 */
enum Sort {
    NEWEST("newest", "p.created_at", "p", true),
    PRICE("price", "s.cost_won", "s", false),
    PRICE_DESC("price_desc", "s.cost_won", "s", true);

    final String given;
    private final String column;
    private final String table;
    private final boolean descending;

    Sort(String given, String column, String table, boolean descending) {
        this.given = given;
        this.column = column;
        this.table = table;
        this.descending = descending;
    }

    boolean byPrice() {
        return this != NEWEST;
    }

    String order() {
        String way = descending ? " desc" : "";
        return "%s%s, %s.supplier%s, %s.sku%s".formatted(column, way, table, way, table, way);
    }

    String behind() {
        return "(%s, %s.supplier, %s.sku) %s (?, ?, ?)".formatted(column, table, table, descending ? "<" : ">");
    }
}
