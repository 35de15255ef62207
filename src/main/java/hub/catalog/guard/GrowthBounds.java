package hub.catalog.guard;

/**
 * How much a supplier's feed may grow unseen.
 *
 * @param share new products of a day as a share of those it had
 * @param count as many new products a day are believed in any case
 * @param mostItems items of one pull; beyond, its pages are taken for endless
 */
public record GrowthBounds(double share, long count, long mostItems) {

    /** How many new products are believed beside so many; without any it is a first load, and all are. */
    public long believed(long had) {
        return had <= 0 ? Long.MAX_VALUE : beside(had);
    }

    /** What may come beside so many. */
    public long beside(long had) {
        return Math.max(count, (long) (had * share));
    }
}
