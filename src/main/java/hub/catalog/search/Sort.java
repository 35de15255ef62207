package hub.catalog.search;

/** In which order products come; each is one index, read forwards or backwards, and ends in the key. */
enum Sort {
    NEWEST("newest", "created_at", true),
    PRICE("price", "price_won", false),
    PRICE_DESC("price_desc", "price_won", true);

    final String given;
    final String column;
    private final boolean descending;

    Sort(String given, String column, boolean descending) {
        this.given = given;
        this.column = column;
        this.descending = descending;
    }

    boolean byPrice() {
        return this != NEWEST;
    }

    String order() {
        String way = descending ? " desc" : "";
        return column + way + ", supplier" + way + ", sku" + way;
    }

    String behind() {
        return "(" + column + ", supplier, sku) " + (descending ? "<" : ">") + " (?, ?, ?)";
    }
}
