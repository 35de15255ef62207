package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.SettableClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When credentials end that a person renews: stated as options, counted down by days of Seoul. */
class CredentialLifeTest {

    private final PartnerRig rig =
            new PartnerRig("credentials.issued-on", "2026-06-01", "credentials.valid-days", "180");

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T00:00:00+09:00, 180",
        "2026-11-27T23:59:59+09:00, 1",
        "2026-11-27T15:00:00Z, 0",
        "2026-11-28T23:59:59+09:00, 0",
        "2026-11-29T00:00:00+09:00, -1"
    })
    void days_are_those_of_seoul(Instant now, long left) {
        assertThat(life().daysLeft(now)).contains(left);
    }

    @Test
    void gauge_counts_down_while_the_hub_runs() {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-18T00:00:00Z"));
        CredentialDays unused = new CredentialDays(rig.partners(), rig.meters, clock);
        assertThat(days()).isEqualTo(10);

        clock.pass(Duration.ofDays(11));

        assertThat(days()).isEqualTo(-1);
    }

    @Test
    void unknown_day_is_unknown_and_no_gauge() {
        rig.set("credentials.issued-on", "");
        CredentialDays unused = new CredentialDays(rig.partners(), rig.meters, Clock.systemUTC());

        assertThat(life().isUnknown()).isTrue();
        assertThat(life().daysLeft(Instant.now())).isEmpty();
        assertThat(rig.meters.find("hub.partner.credential.days").gauge()).isNull();
    }

    @Test
    void variable_that_is_not_set_says_nothing() {
        rig.set("credentials.issued-on", "${COUPANG_KEY_ISSUED_ON_OF_TEST}");

        assertThat(life().isUnknown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "issued-on, 01.06.2026, issued-on=01.06.2026 is no day such as 2026-06-01",
        "issued-on, 2026-02-30, issued-on=2026-02-30 is no day",
        "issued-on, 2999-06-01, issued-on=2999-06-01 lies ahead",
        "valid-days, 0, valid-days=0 is no number of days",
        "valid-days, half a year, valid-days=half a year is no number of days",
        "isued-on, 2026-06-01, credentials.isued-on is not known; it takes [issued-on"
    })
    void what_makes_no_sense_stops_the_start(String key, String value, String why) {
        rig.set("credentials." + key, value);

        assertThatThrownBy(rig::partners)
                .isInstanceOf(PartnerSettingsException.class)
                .hasMessageContaining("hub.partners.acme.credentials." + key)
                .hasMessageContaining(why);
    }

    private CredentialLife life() {
        return rig.partner().settings().credentialLife();
    }

    private double days() {
        return rig.meters
                .get("hub.partner.credential.days")
                .tag("partner", "acme")
                .gauge()
                .value();
    }
}
