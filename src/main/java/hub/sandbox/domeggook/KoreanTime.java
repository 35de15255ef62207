package hub.sandbox.domeggook;

import hub.sandbox.SandboxClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Domeggook's times: Korean, without a zone. */
final class KoreanTime {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private KoreanTime() {}

    static String text(Instant at) {
        return SECONDS.format(ZonedDateTime.ofInstant(at, SandboxClock.KST));
    }

    static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, SandboxClock.KST);
    }

    /** @throws RefusedException when {@code text} is no {@code yyyyMMdd} */
    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            throw Parameters.invalid("date");
        }
    }
}
