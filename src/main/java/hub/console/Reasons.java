package hub.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Why a feed is held, a pull rests or failed, a line waits for a person or calls are stopped, in the reader's language.
 * Tables keep one sentence in English, which journal, API and log show too; {@code reasons_ko.tsv} has the Korean one
 * for each.
 */
@Component
class Reasons {

    private static final String TABLE = "reasons_ko.tsv";

    /** {@code $1}: what the first group took; {@code {1}}: the same, where it is a reason itself. */
    private static final Pattern TAKEN = Pattern.compile("\\$(\\d)|\\{(\\d)}");

    /** Between the reasons of one line. */
    private static final String NEXT = "; ";

    private final Map<Pattern, String> korean = new LinkedHashMap<>();

    Reasons() {
        table().lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t", -1))
                .forEach(cells -> korean.put(Pattern.compile(cells[0], Pattern.DOTALL), cells[1]));
    }

    /** What the table does not know, such as a partner's own words, stays as it is kept. */
    String in(Locale locale, String reason) {
        return locale.getLanguage().equals(Locale.KOREAN.getLanguage()) ? korean(reason) : reason;
    }

    private String korean(String reason) {
        return known(reason).or(() -> severalOf(reason)).orElse(reason);
    }

    private Optional<String> known(String reason) {
        for (Map.Entry<Pattern, String> entry : korean.entrySet()) {
            Matcher matcher = entry.getKey().matcher(reason);
            if (matcher.matches()) {
                return Optional.of(filled(entry.getValue(), matcher));
            }
        }
        return Optional.empty();
    }

    /** Cut where a known one ends or begins, for partners and our own sentences write semicolons too. */
    private Optional<String> severalOf(String reasons) {
        for (int at = reasons.indexOf(NEXT); at >= 0; at = reasons.indexOf(NEXT, at + 1)) {
            String first = reasons.substring(0, at);
            String others = reasons.substring(at + NEXT.length());
            if (known(first).isPresent() || known(others).isPresent()) {
                String told = korean(first);
                return Optional.of(told + (told.endsWith(".") ? " " : NEXT) + korean(others));
            }
        }
        return Optional.empty();
    }

    private String filled(String sentence, MatchResult matched) {
        return TAKEN.matcher(sentence).replaceAll(taken -> Matcher.quoteReplacement(filling(taken, matched)));
    }

    private String filling(MatchResult taken, MatchResult matched) {
        boolean plain = taken.group(1) != null;
        String text = matched.group(Integer.parseInt(taken.group(plain ? 1 : 2)));
        return text == null ? "" : plain ? text : korean(text);
    }

    private static String table() {
        try {
            return new ClassPathResource(TABLE).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the hub's jar is damaged: " + TABLE, e);
        }
    }
}
