package hub.console;

import hub.time.Seoul;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The span that calls are asked for.
 *
 * @param from included
 * @param to not included
 */
record CallSpan(Instant from, Instant to) {

    private static final Duration LONGEST = Duration.ofDays(400);

    /** Today in Seoul, up to midnight. */
    static CallSpan today(Instant now) {
        LocalDate today = Seoul.day(now);
        return new CallSpan(Seoul.begin(today), Seoul.begin(today.plusDays(1)));
    }

    /**
     * From what a caller writes: days of Seoul, both included, or times with an offset, the second not included.
     *
     * @throws IllegalArgumentException with the parameter, what it is and what is allowed
     */
    static CallSpan of(@Nullable String from, @Nullable String to, Instant now) {
        CallSpan today = today(now);
        CallSpan span = new CallSpan(
                from == null ? today.from() : time("from", from, 0), to == null ? today.to() : time("to", to, 1));
        Duration length = Duration.between(span.from, span.to);
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("from=" + span.from + " to=" + span.to
                    + " is no span; from is before to, and at most " + LONGEST.toDays() + " days");
        }
        return span;
    }

    private static Instant time(String name, String text, int days) {
        try {
            return text.length() == 10
                    ? Seoul.begin(LocalDate.parse(text).plusDays(days))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " is neither a day such as 2026-06-01 nor a time such as 2026-06-01T09:00:00+09:00", e);
        }
    }
}
