package hub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import hub.partner.Stop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Whatever is found has words, in both languages. */
class SentencesTest {

    private static final Path SOURCES = Path.of("src/main/java/hub/doctor");
    private static final Pattern CODE =
            Pattern.compile("\"((?:budget|stop|expiry|dns|port|tls|credentials|clock|answer)\\.[a-z-]+|late|failed)\"");

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void every_code_that_the_doctor_writes_has_a_sentence(String language) throws IOException {
        Set<String> codes = codes();
        assertThat(codes).hasSizeGreaterThan(25).contains("stop.writing", "clock.refused", "budget.busy");
        Sentences sentences = new Sentences(messages(), Locale.forLanguageTag(language));

        for (String code : codes) {
            Level level = code.endsWith(".ok") || code.equals("budget.busy") ? Level.OK : Level.BAD;
            Finding finding =
                    Finding.of("acme", Check.STOP, level, code, "here", "1", "2", "2026-06-01T00:00:00Z", "4");
            assertThat(sentences.lines(new Report(Instant.EPOCH, Duration.ZERO, List.of(finding))))
                    .as(code)
                    .hasSize(level == Level.OK ? 3 : 5);
        }
    }

    private static Set<String> codes() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Stop.Kind kind : Stop.Kind.values()) {
            codes.add("stop." + kind.name().toLowerCase(Locale.ROOT));
        }
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Matcher each = CODE.matcher(Files.readString(file));
                while (each.find()) {
                    codes.add(each.group(1));
                }
            }
        }
        return codes;
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
