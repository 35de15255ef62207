package hub.partner;

import hub.signing.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A token that is in use.
 *
 * @param endsAt as the partner said
 * @param replacement whether it was bought because the one before it was refused (401)
 * @param sealed as it lies in Redis and Postgres; empty where it does not
 */
record HeldToken(Secret value, Instant boughtAt, Instant endsAt, boolean replacement, String sealed) {

    /** Below the 30 minutes for which Naver answers the old token: asked earlier, it would only give that again. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** What is bought is used for so long, whatever it says of its end: else every call would buy one. */
    private static final Duration LEAST = Duration.ofSeconds(30);

    /** From then on another one is bought while this one still holds: in the last third of a short life. */
    boolean isFresh(Instant now) {
        Duration third = Duration.between(boughtAt, endsAt).dividedBy(3);
        Duration ahead = third.compareTo(AHEAD) < 0 ? third : AHEAD;
        return now.isBefore(endsAt.minus(ahead)) || isNew(now);
    }

    boolean isUsable(Instant now) {
        return now.isBefore(endsAt) || isNew(now);
    }

    /** Refused so soon after the one before it was refused, the next one would be refused too. */
    boolean isLastTry(Instant now) {
        return replacement && isNew(now);
    }

    private boolean isNew(Instant now) {
        return now.isBefore(boughtAt.plus(LEAST));
    }

    /** The same, as it lies there. */
    HeldToken as(String nowSealed) {
        return new HeldToken(value, boughtAt, endsAt, replacement, nowSealed);
    }

    /** What goes into the Authorization header. */
    String bearer() {
        return "Bearer " + value.reveal();
    }
}
