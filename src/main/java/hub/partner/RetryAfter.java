package hub.partner;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header Retry-After: seconds or a date (RFC 9110, 10.2.3), clamped to between 1 second and 15 minutes. */
final class RetryAfter {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(15);

    private RetryAfter() {}

    /** @param otherwise when the header is missing or says nothing readable */
    static Duration of(@Nullable String header, Duration otherwise) {
        if (header == null || header.length() > 40) {
            return otherwise;
        }
        String text = header.trim();
        if (text.matches("[0-9]{1,9}")) {
            return clamp(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return clamp(Duration.between(Instant.now(), until));
        } catch (DateTimeException e) {
            return text.matches("[0-9]+") ? MOST : otherwise;
        }
    }

    private static Duration clamp(Duration wait) {
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
