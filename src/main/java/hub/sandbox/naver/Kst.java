package hub.sandbox.naver;

import hub.sandbox.SandboxClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as Naver writes them: Korean time with milliseconds and offset. */
final class Kst {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private Kst() {}

    static String text(Instant time) {
        return FORM.format(time.atZone(SandboxClock.KST));
    }

    /** Empty unless it is written with milliseconds and offset, as the order calls want it. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text, FORM).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static LocalDate day(Instant time) {
        return time.atZone(SandboxClock.KST).toLocalDate();
    }

    /** The last second of a day. */
    static String end(LocalDate day) {
        return text(day.atTime(23, 59, 59).atZone(SandboxClock.KST).toInstant());
    }
}
