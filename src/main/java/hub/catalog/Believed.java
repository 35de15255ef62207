package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a whole pull has to hold to be believed, from what the last one held.
 *
 * @param total products of the last whole pull, 0 when there was none
 * @param pageSize items of its pages, 0 when there was none
 * @param share of the usual below which nothing is believed
 */
record Believed(long total, int pageSize, double share) {

    /** Why a page is not believed; empty when it is. */
    String refusal(int size, boolean last, JsonNode declared) {
        if (declared.isNumber() && declared.asLong() < enough()) {
            return "the supplier declares " + declared.asLong() + " products, last time it had " + total;
        }
        return !last && size < pageSize * share ? "it has " + size + " items, such a page usually has " + pageSize : "";
    }

    /** Why all pages together are not believed; empty when they are. */
    String refusalOfAll(long items, long declared) {
        if (items < enough()) {
            return "the catalogue ends after " + items + " products, last time it had " + total;
        }
        return items < declared * share ? "only " + items + " of " + declared + " declared products came" : "";
    }

    private long enough() {
        return (long) (total * share);
    }
}
