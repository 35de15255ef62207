package hub.partner;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
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

    private volatile Stated stated = new Stated("", null);

    /**
     * One look at it.
     *
     * @param at when the answer came, by our clock
     * @param ahead how far the partner's clock is ahead of ours, negative behind; off by half of {@code took} and half
     *     a second at most
     * @param took from the first byte sent to the head of the answer
     */
    public record Reading(Instant at, Duration ahead, Duration took) {}

    /** A header as it came last: it is the same for a second, and takes as long to read as to sign a call. */
    private record Stated(String text, @Nullable Instant time) {}

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
        if (now == null) {
            return Duration.ZERO;
        }
        Duration explained = NOTEWORTHY.plus(now.took().dividedBy(2));
        return now.ahead().abs().compareTo(explained) > 0 ? now.ahead() : Duration.ZERO;
    }

    void note(@Nullable Header date, Instant sent, Instant got) {
        Instant theirs = date == null ? null : time(date.getValue());
        if (theirs == null) {
            return; // some gateways write what is no date; that says nothing about a clock
        }
        Duration took = Duration.between(sent, got);
        // Cut to whole seconds by the partner: half of one on average.
        last = new Reading(got, Duration.between(sent.plus(took.dividedBy(2)), theirs.plusMillis(500)), took);
    }

    private @Nullable Instant time(String text) {
        Stated before = stated;
        if (before.text().equals(text)) {
            return before.time();
        }
        Instant time = DateUtils.parseStandardDate(text);
        stated = new Stated(text, time);
        return time;
    }
}
