package hub.budget;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process last knew of limits that differ from their rules, for when Redis is away: what a partner's answers
 * stated, and to what it was slowed after a refusal that nobody explained. Thread-safe.
 */
final class KnownRates {

    private final Map<String, Limit> stated = new ConcurrentHashMap<>();

    /** Calls a window. */
    private final Map<String, Double> slowed = new ConcurrentHashMap<>();

    /** Remembers what was stated, and gives what was stated before. */
    @Nullable
    Limit state(Account account, Limit followed) {
        return stated.put(name(account, followed), followed);
    }

    /** @param rate calls a window; 0 where the limit is not slowed */
    void slow(Account account, Limit limit, double rate) {
        if (rate > 0) {
            slowed.put(name(account, limit), rate);
        } else {
            slowed.remove(name(account, limit));
        }
    }

    /** The limits as they were known last. */
    List<Limit> of(Account account, List<Limit> limits) {
        return limits.stream().map(limit -> of(account, limit)).toList();
    }

    private Limit of(Account account, Limit limit) {
        String name = name(account, limit);
        return stated.getOrDefault(name, limit.slowed(slowed.getOrDefault(name, Double.MAX_VALUE)));
    }

    private static String name(Account account, Limit limit) {
        return account.key() + " " + limit.log();
    }
}
