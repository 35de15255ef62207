package hub.partner;

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** The header Retry-After: seconds or a date (RFC 9110, 10.2.3), clamped to between 1 second and 15 minutes. */
final class RetryAfter {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(15);

    private RetryAfter() {}

    /**
     * What it asks for.
     *
     * @param date the {@code Date} of the same answer: a date is meant by the partner's clock, not by ours
     * @param otherwise when the header is missing or says nothing readable
     */
    static Duration of(@Nullable String header, @Nullable String date, Duration otherwise) {
        if (header == null || header.length() > 40) {
            return otherwise;
        }
        String text = header.trim();
        if (text.matches("[0-9]{1,9}")) {
            return clamp(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant until = DateUtils.parseStandardDate(text);
        if (until == null) {
            return text.matches("[0-9]+") ? MOST : otherwise;
        }
        Instant now = date == null ? null : DateUtils.parseStandardDate(date);
        return clamp(Duration.between(now == null ? Instant.now() : now, until));
    }

    private static Duration clamp(Duration wait) {
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
