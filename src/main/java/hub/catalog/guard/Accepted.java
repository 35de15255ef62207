package hub.catalog.guard;

import java.util.Map;

/**
 * What a person took as it is, by guard: the number that was shown.
 *
 * @param growthHeld whether what is new is held still
 */
public record Accepted(Map<FeedGuard, Long> measured, boolean growthHeld) {

    public static final Accepted NOTHING = new Accepted(Map.of(), false);

    /** Whether a person said yes to what that guard found. */
    public boolean has(FeedGuard guard) {
        return measured.containsKey(guard);
    }

    /** How many new products are believed of a supplier that had so many, with those that were accepted. */
    public long growth(GrowthBounds bounds, long had) {
        Long seen = measured.get(FeedGuard.GROWTH);
        return seen == null ? bounds.believed(had) : seen + bounds.beside(had + seen);
    }

    /** A lower bound, or what was accepted when that is lower. */
    public long least(FeedGuard guard, long bound) {
        return Math.min(bound, measured.getOrDefault(guard, bound));
    }

    /** An upper bound, or what was accepted when that is higher. */
    public long most(FeedGuard guard, long bound) {
        return Math.max(bound, measured.getOrDefault(guard, bound));
    }
}
