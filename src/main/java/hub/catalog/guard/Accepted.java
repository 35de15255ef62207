package hub.catalog.guard;

import java.util.Map;

/** What a person took as it is, by guard: the number that was shown. */
public record Accepted(Map<FeedGuard, Long> measured) {

    public static final Accepted NOTHING = new Accepted(Map.of());

    /** A lower bound, or what was accepted when that is lower. */
    public long least(FeedGuard guard, long bound) {
        return Math.min(bound, measured.getOrDefault(guard, bound));
    }

    /** An upper bound, or what was accepted when that is higher. */
    public long most(FeedGuard guard, long bound) {
        return Math.max(bound, measured.getOrDefault(guard, bound));
    }
}
