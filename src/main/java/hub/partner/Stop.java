package hub.partner;

import java.time.Instant;

/**
 * Calls that are not made any more, because a partner refused their like again and again.
 *
 * @param operation the one that was refused last
 * @param why the partner's words, or ours, for the status page
 * @param until then one call is tried again
 */
public record Stop(String partner, String operation, Kind kind, String why, Instant since, Instant until) {

    /** What was refused, how often at most, and for how many hours it is not tried again then. */
    public enum Kind {
        /** All calls of a partner that says no to who we are; other credentials end it. */
        CREDENTIALS(3, 6),
        /** One request that changes something, to the letter. */
        REQUEST(3, 24),
        /** One reading, whatever else its operation is answered; or all of them, when none is answered in between. */
        READING(9, 1),
        /**
         * All that changes something by one operation, whatever it says; two are on their way when the last is known.
         */
        WRITING(7, 1);

        private final int most;
        private final int hours;

        Kind(int most, int hours) {
            this.most = most;
            this.hours = hours;
        }

        int most() {
            return most;
        }

        int hours() {
            return hours;
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
