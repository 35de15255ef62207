package hub.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * What became of a batch: rows new, rows changed, rows that were as offered already, items refused one by one.
 *
 * @param refused the skus of {@code rejected}
 * @param leftOut the skus that are new and not stored, for the growth of their feed is not believed
 */
public record Upserted(
        int inserted, int updated, int unchanged, int rejected, Set<String> refused, Set<String> leftOut) {

    /** Nothing to do, nothing done. */
    public static final Upserted NOTHING = new Upserted(0, 0, 0, 0);

    /** Nothing refused by name. */
    public Upserted(int inserted, int updated, int unchanged, int rejected) {
        this(inserted, updated, unchanged, rejected, Set.of());
    }

    /** Nothing left out. */
    public Upserted(int inserted, int updated, int unchanged, int rejected, Set<String> refused) {
        this(inserted, updated, unchanged, rejected, refused, Set.of());
    }

    public int written() {
        return inserted + updated;
    }

    /** Both together. */
    public Upserted plus(Upserted other) {
        return new Upserted(
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected,
                together(refused, other.refused),
                together(leftOut, other.leftOut));
    }

    private static Set<String> together(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
