package hub.partner;

import hub.time.Seoul;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;

/** Reads {@code hub.partners.<name>.credentials}: when they were issued, and for how long. */
final class CredentialBinding {

    static final String KEY = "credentials";

    private static final String ISSUED = "issued-on";
    private static final String VALID = "valid-days";

    private final Binder binder;
    private final String prefix;
    private final List<String> wrong;

    /** @param wrong gets a sentence for each value that makes no sense */
    CredentialBinding(Binder binder, String partner, List<String> wrong) {
        this.binder = binder;
        this.prefix = "hub.partners." + partner + "." + KEY;
        this.wrong = wrong;
    }

    CredentialLife read(Map<?, ?> keys) {
        if (keys.get(KEY) instanceof Map<?, ?> own) {
            flat("", own)
                    .filter(key -> !Set.of("issuedon", "validdays").contains(PartnerBinding.plain(key)))
                    .forEach(key ->
                            wrong.add(prefix + "." + key + " is not known; it takes [" + ISSUED + ", " + VALID + "]"));
        }
        return new CredentialLife(value(ISSUED).flatMap(this::day), value(VALID).flatMap(this::days));
    }

    /** A variable of the environment comes as {@code issued: {on: …}}. */
    private static Stream<String> flat(String before, Map<?, ?> keys) {
        return keys.entrySet().stream().flatMap(one -> {
            String key = before + one.getKey();
            return one.getValue() instanceof Map<?, ?> inner ? flat(key + "-", inner) : Stream.of(key);
        });
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(binder.bind(prefix + "." + key, String.class).orElse(null))
                .filter(text -> !text.isBlank() && !text.contains("${"));
    }

    private Optional<LocalDate> day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isAfter(Seoul.day(Instant.now()).plusDays(1))) { // the clock here may be a little behind
                wrong.add(prefix + "." + ISSUED + "=" + text + " lies ahead: it is the day on which they were issued,"
                        + " and their end would be told too late");
            }
            return Optional.of(day);
        } catch (DateTimeParseException e) {
            wrong.add(prefix + "." + ISSUED + "=" + text + " is no day such as 2026-06-01 (in Seoul)");
            return Optional.empty();
        }
    }

    private Optional<Integer> days(String text) {
        if (text.matches("[1-9][0-9]{0,3}")) {
            return Optional.of(Integer.parseInt(text));
        }
        wrong.add(prefix + "." + VALID + "=" + text + " is no number of days, 1 to 9999");
        return Optional.empty();
    }
}
