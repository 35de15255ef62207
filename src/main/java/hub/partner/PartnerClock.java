package hub.partner;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * A partner's clock, as far as the {@code Date} of its answers tells it: signatures carry its time, not ours. An answer
 * with an {@code Age} lay in a cache, and tells nothing.
 *
 * <p>Thread-safe. Source: RFC 9110, 6.6.1; the header has whole seconds.
 */
public final class PartnerClock {

    /** Less says nothing: the header has whole seconds, and partners allow for minutes. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(10);

    private volatile @Nullable Reading last;

    /**
     * One look at it.
     *
     * @param at when the answer came, by our clock
     * @param ahead how far the partner's clock is ahead of ours, negative behind; off by half of {@code took} and half
     *     a second at most
     * @param took from the first byte sent to the head of the answer
     */
    public record Reading(Instant at, Duration ahead, Duration took) {}

    /** The newest; empty before the first. */
    Optional<Reading> last() {
        return Optional.ofNullable(last);
    }

    /**
     * How far the partner's clock is ahead of ours, for what it judges by its own clock; negative behind.
     *
     * @return zero when nothing is known of it, or nothing that the way of the answer would not explain
     */
    Duration ahead() {
        Reading now = last;
        boolean matters = now != null
                && now.ahead().abs().compareTo(NOTEWORTHY.plus(now.took().dividedBy(2))) > 0;
        return now != null && matters ? now.ahead() : Duration.ZERO;
    }

    void note(@Nullable Header date, Instant sent, Instant got) {
        if (date == null) {
            return;
        }
        try {
            // Cut to whole seconds by the partner: half of one on average.
            Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME
                    .parse(date.getValue(), Instant::from)
                    .plusMillis(500);
            Duration took = Duration.between(sent, got);
            last = new Reading(got, Duration.between(sent.plus(took.dividedBy(2)), theirs), took);
        } catch (DateTimeException e) {
            // Some gateways write what is no date; that says nothing about a clock.
        }
    }
}
