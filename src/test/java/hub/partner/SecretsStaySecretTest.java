package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Canaries as credentials: they may stand in requests and nowhere else. */
class SecretsStaySecretTest {

    private static final String ID = "canary-id-5521";
    private static final String KEY = "canary-key-9907";

    private final PartnerRig rig =
            new PartnerRig("auth", "id-and-key", "id", ID, "key", KEY, "auth-fields.id", "id", "auth-fields.key", "k");

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 429, 500})
    void partner_that_repeats_our_key_puts_it_into_no_reason(int status) {
        rig.server.on("/", answer(status, "<p>bad key " + KEY + " of " + ID + "</p>"));

        String said = said("{\"path\": \"/things\"}");

        assertThat(rig.server.requests().get(0).target()).contains(KEY);
        assertThat(said).contains("bad key ***").doesNotContain(KEY).doesNotContain(ID);
    }

    @Test
    void partner_that_repeats_a_token_puts_it_into_no_reason() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl";
        rig.server.on("/", answer(400, "{\"authorization\": \"Bearer t0k3n-of-3-hours\", \"got\": \"" + jwt + "\"}"));

        assertThat(said("{\"path\": \"/things\"}"))
                .contains("Bearer ***\"", "\"got\": \"***\"")
                .doesNotContain("t0k3n")
                .doesNotContain(jwt);
    }

    @Test
    void key_is_found_as_it_stands_in_an_address_in_json_and_in_a_page() {
        rig.set("key", "canary+key/9907==&\"");
        rig.set("id", "canary"); // the key begins with it
        rig.server.on(
                "/",
                (request, socket) -> answer(
                                404,
                                "<p>" + request.target() + " " + small(request.target())
                                        + " {\"k\": \"canary+key\\/9907==&\\\"\"} canary+key/9907==&amp;&quot;</p>")
                        .play(request, socket));

        assertThat(said("{\"path\": \"/things\"}"))
                .contains("k=***", "***")
                .doesNotContain("9907")
                .doesNotContain("key%2B");
    }

    private static String small(String encoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(encoded)
                .replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void address_that_cannot_be_written_is_refused_without_being_repeated() {
        String said = said("{\"path\": \"/한 글\"}");

        assertThat(said).contains("final").contains("cannot be written").doesNotContain(KEY);
        assertThat(rig.server.requests()).isEmpty();
    }

    @Test
    void partner_that_is_away_leaves_no_key_in_the_trace() {
        rig.set(
                "base-url",
                "http://127.0.0.1:1"); // nobody listens there; a port that was closed may be another's by now

        assertThat(said("{\"path\": \"/things\"}")).contains("retry").doesNotContain(KEY);
    }

    @Test
    void options_that_are_wrong_are_said_without_credentials() {
        rig.set("unheard-of", "1");

        assertThat(said("{}")).contains("unheard-of").doesNotContain(KEY).doesNotContain(ID);
    }

    @Test
    void settings_print_no_credential() {
        assertThat(rig.partner().settings().toString())
                .contains("***")
                .doesNotContain(KEY)
                .doesNotContain(ID);
    }

    private String said(String request) {
        try {
            Partner.Answer answer = rig.partner().call("list", json(request));
            return answer.outcome() + " " + answer.reason();
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return (e instanceof PartnerCallException call ? call.outcome() : "") + " " + trace;
        }
    }
}
