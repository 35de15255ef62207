package hub.doctor;

import hub.time.Seoul;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** Findings in the words of one language. */
public final class Sentences {

    private final MessageSource messages;
    private final Locale language;

    /**
     * A finding in words.
     *
     * @param remedy empty where all is well
     */
    public record Told(
            String partner,
            Check check,
            String checkName,
            Level level,
            String levelName,
            String where,
            String what,
            String remedy) {}

    public Sentences(MessageSource messages, Locale language) {
        this.messages = messages;
        this.language = language;
    }

    public List<Told> told(Report report) {
        return report.findings().stream().map(this::told).toList();
    }

    private Told told(Finding finding) {
        return new Told(
                finding.partner(),
                finding.check(),
                text("check." + finding.check()),
                finding.level(),
                text("level." + finding.level()),
                finding.where(),
                text(finding.code(), finding.values().toArray()),
                finding.level() == Level.OK ? "" : text(finding.code() + ".do"));
    }

    /** How many of each. */
    public String sum(Report report) {
        return text(
                "sum",
                report.count(Level.BAD),
                report.count(Level.WARN),
                report.count(Level.NOTE),
                report.count(Level.OK));
    }

    /** When it was, and how long it took. */
    public String head(Report report) {
        return text(
                "at",
                Seoul.datedSecond(report.at()),
                Long.toString(report.took().toMillis()));
    }

    /** For a terminal: a line a finding, and under it where it is decided and what to do. */
    public List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(text("title") + ": " + head(report));
        for (Told told : told(report)) {
            lines.add(String.format(
                    "%-10s %-8s %-14s %s", told.partner(), told.levelName(), told.checkName(), told.what()));
            if (!told.remedy().isEmpty()) {
                lines.add("           " + text("where") + ": " + told.where());
                lines.add("           " + text("do") + ": " + told.remedy());
            }
        }
        lines.add(sum(report));
        return lines;
    }

    private String text(String code, Object... values) {
        return messages.getMessage("doctor." + code, shown(values), language);
    }

    /** Instants are kept in UTC and shown in Korea's time. */
    private static Object[] shown(Object[] values) {
        Object[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z")) {
                shown[i] = Seoul.datedSecond(Instant.parse(text)) + " KST";
            }
        }
        return shown;
    }
}
