package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartnerBindingTest {

    private final PartnerRig rig = new PartnerRig("auth", "id-and-key", "id", "shop", "key", "the-key");

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void misspelt_key_stops_the_start_and_is_named() {
        rig.set("respond-timeout", "5s");

        assertThatThrownBy(rig::partners)
                .isInstanceOf(PartnerSettingsException.class)
                .hasMessageContaining("hub.partners.acme.respond-timeout is not known")
                .hasMessageContaining("response-timeout");
    }

    @Test
    void credential_of_another_scheme_is_not_known() {
        rig.set("client-id", "x");

        assertThatThrownBy(rig::partners).hasMessageContaining("hub.partners.acme.client-id is not known");
    }

    @Test
    void missing_credential_is_named_with_the_variable_that_should_give_it() {
        rig.set("key", "${ACME_KEY_OF_TEST}");

        assertThatThrownBy(rig::partners)
                .hasMessageContaining("hub.partners.acme.key is missing")
                .hasMessageContaining("ACME_KEY_OF_TEST");
    }

    @Test
    void blank_credential_is_missing() {
        rig.set("id", " ");

        assertThatThrownBy(rig::partners).hasMessageContaining("hub.partners.acme.id is missing");
    }

    @Test
    void scheme_that_does_not_exist_is_named_with_those_that_do() {
        rig.set("auth", "magic");

        assertThatThrownBy(rig::partners).hasMessageContaining("auth=magic").hasMessageContaining("coupang-hmac");
    }

    @Test
    void name_of_no_partner_in_options_elsewhere_is_refused_with_those_there_are() {
        for (String option : List.of(
                "hub.guard.suppliers.acmee.growth-count",
                "hub.image.markets.acmee.min-side",
                "hub.listing.markets.acmee.max-listings",
                "hub.pricing.markets.acmee.fee",
                "hub.pricing.suppliers.acmee.margin")) {
            rig.options.setProperty(option, "7");
        }

        assertThatThrownBy(rig::partners)
                .hasMessageContaining("hub.guard.suppliers.acmee: there is no partner acmee, only [acme]")
                .hasMessageContaining("hub.image.markets.acmee")
                .hasMessageContaining("hub.listing.markets.acmee")
                .hasMessageContaining("hub.pricing.markets.acmee")
                .hasMessageContaining("hub.pricing.suppliers.acmee");
    }

    @Test
    void name_of_a_partner_that_is_left_out_is_taken() {
        rig.set("enabled", "false");
        rig.options.setProperty("hub.pricing.markets.acme.fee", "7%");

        assertThat(rig.partners()).isNotNull();
    }

    @Test
    void every_wrong_key_is_said_at_once() {
        rig.set("key", "");
        rig.set("id", "");

        assertThatThrownBy(rig::partners).hasMessageContaining("acme.key").hasMessageContaining("acme.id");
    }

    @Test
    void deadline_shorter_than_a_response_is_refused() {
        rig.set("call-deadline", "1s");

        assertThatThrownBy(rig::partners)
                .hasMessageContaining("call-deadline")
                .hasMessageContaining("response-timeout");
    }

    @Test
    void real_partner_whose_calls_nobody_counts_is_refused_unless_that_is_meant() {
        rig.set("budget", "");
        assertThatThrownBy(rig::partner)
                .hasMessageContaining("hub.partners.acme.budget is missing: state what acme allows")
                .hasMessageContaining("budget: unlimited");

        rig.options.setProperty("hub.partners.acme.budget[0].key", "account");
        assertThat(rig.partner().settings().name()).isEqualTo("acme");
    }

    @Test
    void partner_without_base_url_is_its_simulator() {
        rig.set("base-url", "");
        rig.options.setProperty("hub.sandbox.port", "1234");
        rig.options.setProperty("hub.sandbox.credentials.acme.id", "sandbox");
        rig.options.setProperty("hub.sandbox.credentials.acme.key", "sandbox-key");

        PartnerSettings settings = rig.partner().settings();

        assertThat(settings.simulated()).isTrue();
        assertThat(settings.baseUrl()).isEqualTo("http://127.0.0.1:1234/acme");
        assertThat(settings.reveal("key")).isEqualTo("sandbox-key");
    }

    @Test
    void partner_that_is_left_out_is_not_there() {
        rig.set("enabled", "false");

        assertThat(rig.partners().has("acme")).isFalse();
        assertThatThrownBy(rig::partner).hasMessageContaining("no partner acme").hasMessageContaining("enabled");
    }
}
