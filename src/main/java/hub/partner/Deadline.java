package hub.partner;

import java.time.Duration;

/**
 * When one call has to be over, with all that it needs: its token, its files, its place among others, and a second try
 * with a new token.
 *
 * <p>What leaves gets at least {@link #enough()}: cut off sooner, nobody would know whether it was accepted. Immutable.
 */
final class Deadline {

    private final long endsAt;
    private final Duration whole;
    private final Duration enough;

    private Deadline(long endsAt, Duration whole, Duration enough) {
        this.endsAt = endsAt;
        this.whole = whole;
        this.enough = enough;
    }

    /**
     * One that begins now.
     *
     * @param response how long an answer may take; half of {@code whole} is enough in any case
     */
    static Deadline in(Duration whole, Duration response) {
        Duration half = whole.dividedBy(2);
        return new Deadline(System.nanoTime() + whole.toNanos(), whole, response.compareTo(half) < 0 ? response : half);
    }

    Duration whole() {
        return whole;
    }

    /** Zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endsAt - System.nanoTime()));
    }

    Duration enough() {
        return enough;
    }

    /** Whether a call that leaves now has time for its answer. */
    boolean isEnough() {
        return left().compareTo(enough) >= 0;
    }

    /** In words, what a call that must not leave any more has taken. */
    String spent() {
        return whole.minus(left()).toMillis() + " of " + whole.toMillis()
                + " ms went by before it could leave, and an answer may take " + enough.toMillis() + " ms";
    }
}
