package hub.partner;

import java.time.Duration;

/**
 * How far ahead of ours the time is that a signature carries: what the partner's answers tell of its clock, or nothing
 * once such a signature was refused.
 *
 * <p>A gateway may write a {@code Date} that is not the clock signatures are judged by, such as the time of Seoul
 * called GMT. Thread-safe; two refusals at once may cost one more try.
 */
final class SignedTime {

    /** Signatures this much apart are not refused for the same reason. */
    private static final Duration APART = Duration.ofSeconds(30);

    private final PartnerClock heard;
    private volatile boolean ours;
    private volatile boolean oursRefused;

    SignedTime(PartnerClock heard) {
        this.heard = heard;
    }

    /** Negative behind. */
    Duration ahead() {
        Duration told = heard.ahead();
        if (told.isZero()) { // both clocks say the same, and what was refused before says nothing any more
            ours = false;
            oursRefused = false;
        }
        return ours ? Duration.ZERO : told;
    }

    /**
     * Learns from a signature that was refused.
     *
     * @param used what it was ahead
     * @return whether another one would carry another time that was not refused yet
     */
    boolean refused(Duration used) {
        Duration told = heard.ahead();
        if (areApart(told, used)) { // the answer that refused it may have told of this time first
            oursRefused = !areApart(used, Duration.ZERO);
            ours = false;
            return true;
        }
        boolean another = areApart(told, Duration.ZERO) && !oursRefused;
        ours |= another;
        return another;
    }

    private static boolean areApart(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(APART) > 0;
    }
}
