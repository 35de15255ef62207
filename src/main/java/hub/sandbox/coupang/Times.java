package hub.sandbox.coupang;

import hub.sandbox.SandboxClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The spellings of time in Coupang's APIs. Local times are Korean. */
final class Times {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");
    private static final DateTimeFormatter ZONED_MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mmxxx");

    private Times() {}

    /** As the order APIs write it: microseconds and an offset, which is not always the Korean one. */
    static String zoned(long millis, int offsetHours) {
        return MICROS.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofHours(offsetHours)));
    }

    static String local(long millis) {
        return SECONDS.format(Instant.ofEpochMilli(millis).atZone(SandboxClock.KST));
    }

    static String day(long millis) {
        return Instant.ofEpochMilli(millis)
                .atZone(SandboxClock.KST)
                .toLocalDate()
                .toString();
    }

    /** Such as {@code 2026-03-01T10:00:00}. */
    static Optional<Instant> seconds(String text) {
        try {
            return Optional.of(korean(LocalDateTime.parse(text, SECONDS)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 2026-03-01T10:00}. */
    static Optional<Instant> minutes(String text) {
        try {
            return Optional.of(korean(LocalDateTime.parse(text, MINUTES)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 2026-03-01}. */
    static Optional<Instant> day(String text) {
        try {
            return Optional.of(korean(LocalDate.parse(text).atStartOfDay()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 2026-03-01T10:00+09:00}. */
    static Optional<Instant> zonedMinutes(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, ZONED_MINUTES).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 2026-03-01+09:00}. */
    static Optional<Instant> zonedDay(String text) {
        try {
            return Optional.of(OffsetDateTime.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(
                            text.substring(0, 10) + "T00:00:00" + text.substring(10)))
                    .toInstant());
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    static boolean longer(Instant from, Instant to, long amount, ChronoUnit unit) {
        return from.plus(unit.getDuration().multipliedBy(amount)).isBefore(to);
    }

    private static Instant korean(LocalDateTime local) {
        return local.atZone(SandboxClock.KST).toInstant();
    }
}
