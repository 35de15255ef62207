package hub.catalog.guard;

import java.time.Instant;

/**
 * A feed that is held.
 *
 * @param state {@code waiting} for a person, {@code refused} or {@code accepted} by one
 * @param hash of what is shown; a decision names it
 * @param decidable whether a person can say yes
 * @param measured what the guard counted
 * @param expected what it would have believed
 * @param times pulls that found the same
 */
public record FeedHold(
        String supplier,
        String guard,
        String state,
        String hash,
        boolean decidable,
        long measured,
        long expected,
        String reason,
        int times,
        Instant since,
        Instant lastAt) {}
