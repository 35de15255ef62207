package hub.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Why a line waits for a person or calls are stopped, in the reader's language. The ledger keeps one sentence in
 * English, which journal and API show too; {@code review-reasons_ko.tsv} has the Korean one for each.
 */
@Component
class Reasons {

    private static final String TABLE = "review-reasons_ko.tsv";

    private final Map<Pattern, String> korean = new LinkedHashMap<>();

    Reasons() {
        table().lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t", -1))
                .forEach(cells -> korean.put(Pattern.compile(cells[0], Pattern.DOTALL), cells[1]));
    }

    /** As it is kept when the table does not know it: a reason in English is better than none. */
    String in(Locale locale, String reason) {
        if (!locale.getLanguage().equals(Locale.KOREAN.getLanguage())) {
            return reason;
        }
        for (Map.Entry<Pattern, String> entry : korean.entrySet()) {
            Matcher matcher = entry.getKey().matcher(reason);
            if (matcher.matches()) {
                return filled(entry.getValue(), matcher);
            }
        }
        return reason;
    }

    /** Not by {@code replaceAll}: what a partner wrote may hold a dollar sign. */
    private static String filled(String sentence, Matcher matcher) {
        String filled = sentence;
        for (int group = matcher.groupCount(); group > 0; group--) {
            String taken = matcher.group(group);
            filled = filled.replace("$" + group, taken == null ? "" : taken);
        }
        return filled;
    }

    private static String table() {
        try {
            return new ClassPathResource(TABLE).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the hub's jar is damaged: " + TABLE, e);
        }
    }
}
