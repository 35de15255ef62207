package hub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import hub.partner.CredentialLife;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class ExpiryTest {

    private static final LocalDate ISSUED = LocalDate.parse("2026-06-01");
    private static final Instant BEGIN =
            ISSUED.atStartOfDay(ZoneOffset.ofHours(9)).toInstant();

    @ParameterizedTest
    @CsvSource({
        "149, OK,   another 31 days, until 2026-11-28",
        "150, WARN, in 30 days",
        "165, WARN, in 15 days",
        "166, WARN, less than a fortnight",
        "176, WARN, in 4 days",
        "177, WARN, every call is refused then",
        "180, WARN, in 0 days",
        "181, BAD,  ended 1 days ago"
    })
    void nearer_end_is_said_more_urgently(int day, Level level, String words) {
        Finding finding = Expiry.of("coupang", life(Optional.of(ISSUED)), BEGIN.plus(Duration.ofDays(day)))
                .orElseThrow();

        assertThat(finding.level()).isEqualTo(level);
        assertThat(told(finding, Locale.ENGLISH).what()).contains(words);
        assertThat(told(finding, Locale.KOREAN).what()).contains("2026-11-28").doesNotContain("expiry");
        assertThat(told(finding, Locale.ENGLISH).remedy().isEmpty()).isEqualTo(level == Level.OK);
    }

    @Test
    void unknown_day_is_a_note_that_says_where_to_state_it() {
        Finding finding = Expiry.of("coupang", life(Optional.empty()), BEGIN).orElseThrow();

        assertThat(finding.level()).isEqualTo(Level.NOTE);
        assertThat(finding.where()).isEqualTo("hub.partners.coupang.credentials.issued-on");
        assertThat(told(finding, Locale.ENGLISH).remedy()).contains("issued-on: 2026-06-01");
        assertThat(told(finding, Locale.KOREAN).remedy()).contains("issued-on: 2026-06-01");
    }

    @Test
    void credentials_without_an_end_are_no_finding() {
        assertThat(Expiry.of("zentrade", new CredentialLife(Optional.empty(), Optional.empty()), BEGIN))
                .isEmpty();
        assertThat(Expiry.of("zentrade", new CredentialLife(Optional.of(ISSUED), Optional.empty()), BEGIN))
                .isEmpty();
    }

    private static CredentialLife life(Optional<LocalDate> issued) {
        return new CredentialLife(issued, Optional.of(180));
    }

    private static Sentences.Told told(Finding finding, Locale language) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return new Sentences(messages, language)
                .told(new Report(BEGIN, Duration.ZERO, List.of(finding)))
                .get(0);
    }
}
