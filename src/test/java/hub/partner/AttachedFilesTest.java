package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of calls: one that is bad does not take the others along. */
class AttachedFilesTest {

    private final PartnerRig rig = new PartnerRig();
    private final List<String> leftOut = new CopyOnWriteArrayList<>();

    @BeforeEach
    void pictures() {
        // A simulated partner: the files of a real one come from the open internet only.
        rig.set("base-url", "");
        rig.options.setProperty("hub.sandbox.port", URI.create(rig.server.url()).getPort() + "");
        rig.server.on("/good", answer(200, "good-bytes"));
        rig.server.on("/other", answer(200, "other-bytes"));
        rig.server.on("/none", answer(404, "gone"));
        rig.server.on("/broken", answer(200, "broken"));
        rig.server.on("/busy", answer(503, "later"));
        rig.server.on("/acme/upload", answer(200, "{}"));
        rig.files = new FileFitting() {
            @Override
            public Fitted fit(String partner, byte[] file) throws IOException {
                if (new String(file, java.nio.charset.StandardCharsets.US_ASCII).equals("broken")) {
                    throw new FileRefusedException("not a picture", new IOException("no mark"));
                }
                return new Fitted(file, "image/gif", "gif");
            }

            @Override
            public void leftOut(String partner, JsonNode file, String why) {
                leftOut.add(file.path("sku").asText() + ": " + why);
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void those_that_can_be_used_go_as_they_were_made_and_the_others_are_told() {
        rig.partner().call("upload", upload("/good", "/none", "/broken", "/other"));

        String body = rig.server.requests("/acme/upload").get(0).body();
        assertThat(body.split("good-bytes|other-bytes", -1)).hasSize(3);
        assertThat(body.split("Content-Type: image/gif", -1)).hasSize(3);
        assertThat(body).contains("filename=\"0.gif\"").contains("filename=\"3.gif\"");
        assertThat(leftOut).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("W1: "));
        assertThat(leftOut.get(0)).contains("/none cannot be used: status 404; ask the supplier for another");
        assertThat(leftOut.get(1)).contains("not a picture");
    }

    @Test
    void call_that_has_none_left_is_final_and_not_sent() {
        Partner.Answer answer = rig.partner().call("upload", upload("/none", "/broken"));

        assertThat(answer.outcome()).isEqualTo("final");
        assertThat(answer.reason()).contains("no usable file left of 2").contains("/none");
        assertThat(rig.server.requests("/acme/upload")).isEmpty();
    }

    @Test
    void file_that_cannot_be_had_now_sends_the_call_later() {
        PartnerCallException later = catchThrowableOfType(
                PartnerCallException.class, () -> rig.partner().call("upload", upload("/good", "/busy")));

        assertThat(later.outcome()).isEqualTo("retry");
        assertThat(later).hasMessageContaining("/busy cannot be read: status 503");
        assertThat(rig.server.requests("/acme/upload")).isEmpty();
        assertThat(leftOut).isEmpty();
    }

    @Test
    void file_of_our_own_network_is_left_out_of_a_real_call() {
        rig.set("base-url", rig.server.url());

        Partner.Answer answer = rig.partner().call("upload", upload("/good"));

        assertThat(answer.outcome()).isEqualTo("final");
        assertThat(answer.reason()).contains("private network");
        assertThat(rig.server.requests()).isEmpty();
    }

    private JsonNode upload(String... pictures) {
        List<String> numbered = new java.util.ArrayList<>();
        for (String picture : pictures) {
            numbered.add("{\"part\": \"files\", \"name\": \"" + numbered.size() + "\", \"sku\": \"W1\", \"url\": \""
                    + rig.server.url() + picture + "\"}");
        }
        return json("{\"path\": \"/upload\", \"files\": [" + numbered.stream().collect(Collectors.joining(",")) + "]}");
    }
}
