package hub.catalog;

/** What became of a batch: rows new, rows changed, rows that were as offered already, items refused one by one. */
public record Upserted(int inserted, int updated, int unchanged, int rejected) {

    /** Nothing to do, nothing done. */
    public static final Upserted NOTHING = new Upserted(0, 0, 0, 0);

    public int written() {
        return inserted + updated;
    }

    /** Both together. */
    public Upserted plus(Upserted other) {
        return new Upserted(
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected);
    }
}
