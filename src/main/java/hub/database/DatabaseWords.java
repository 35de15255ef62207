package hub.database;

import hub.time.Seoul;
import java.time.Instant;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** Findings in the words of one language; times are Korea's. */
public final class DatabaseWords {

    private final MessageSource messages;
    private final Locale language;

    public DatabaseWords(MessageSource messages, Locale language) {
        this.messages = messages;
        this.language = language;
    }

    public String what(Finding finding) {
        return text(finding, "");
    }

    public String remedy(Finding finding) {
        return text(finding, ".do");
    }

    private String text(Finding finding, String part) {
        Object[] values = finding.values().stream().map(DatabaseWords::shown).toArray();
        return messages.getMessage("database." + finding.kind().label() + part, values, language);
    }

    private static String shown(String value) {
        return value.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z")
                ? Seoul.datedMinute(Instant.parse(value)) + " KST"
                : value;
    }
}
