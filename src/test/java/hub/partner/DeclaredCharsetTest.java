package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.BrokenByte;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read in the characters that its Content-Type declares, or refused with which they are. */
class DeclaredCharsetTest {

    private static final JsonNode GET = json("{\"path\": \"/page\"}");
    private static final Charset MS949 = Charset.forName("MS949");

    private final PartnerRig rig = new PartnerRig();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=euc-kr",
                "application/json;charset=\"EUC-KR\"",
                "text/html; boundary=x; Charset=MS949",
                "application/json; charset=ks_c_5601-1987"
            })
    void korean_that_is_declared_is_read_as_its_superset(String type) {
        assertThat(read("{\"name\": \"똠방각하\"}".getBytes(MS949), type)).isEqualTo("똠방각하");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json; charset=UTF8",
                "application/json; charset=",
                "application/json; x-charset=euc-kr"
            })
    void all_else_is_utf_8(String type) {
        assertThat(read("{\"name\": \"똠방각하\"}".getBytes(StandardCharsets.UTF_8), type))
                .isEqualTo("똠방각하");
    }

    @ParameterizedTest
    @ValueSource(strings = {"middle", "end"})
    void bytes_that_are_not_what_is_declared_are_refused_and_said_so(String where) {
        byte[] page = "{\"name\": \"가나\"}".getBytes(MS949);
        if (where.equals("end")) {
            page = Arrays.copyOf("{\"name\": 1} ".getBytes(MS949), 12);
        }
        page[where.equals("end") ? 11 : 10] = (byte) 0xff;

        assertThat(refusal(page, "application/json; charset=euc-kr"))
                .contains("acme/page", "declared as charset=euc-kr", "byte", "ask the partner", "0xff");
        assertThat(counted("encoding")).isEqualTo(1);
    }

    @Test
    void utf_8_that_is_none_is_refused_with_the_byte_and_what_to_do() {
        byte[] page = "{\"name\": \"가\"}".getBytes(MS949);
        String type = "application/json; charset=utf-8";

        assertThat(refusal(page, type))
                .contains("declared as charset=utf-8", "byte 10 (0xb0)", "charset: \"euc-kr\"", ".request.jq");
        assertThat(rig.partner()
                        .call("page", json("{\"path\": \"/page\", \"charset\": \"euc-kr\"}"))
                        .body()
                        .path("name")
                        .asText())
                .isEqualTo("가");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "euc-kr"})
    void byte_that_is_none_is_marked_where_it_costs_an_item_only(String charset) {
        byte[] page = "{\"items\": [{\"name\": \"?나\"}, {\"name\": \"다\"}]}".getBytes(Charset.forName(charset));
        page[21] = (byte) 0xff;
        rig.server.on("/page", answer(200, page, "Content-Type: application/json; charset=" + charset));

        JsonNode items = rig.partner()
                .call("page", json("{\"path\": \"/page\", \"items\": true}"))
                .body()
                .path("items");

        assertThat(items.findValuesAsText("name")).containsExactly(BrokenByte.MARK + "나", "다");
    }

    @Test
    void byte_that_breaks_the_page_itself_refuses_it() {
        byte[] page = "{\"items\": ?[]}".getBytes(StandardCharsets.US_ASCII);
        page[10] = (byte) 0xff;
        rig.server.on("/page", answer(200, page, "Content-Type: application/json"));

        assertThat(catchThrowableOfType(
                        PartnerCallException.class,
                        () -> rig.partner().call("page", json("{\"path\": \"/page\", \"items\": true}"))))
                .hasMessageContaining("byte 10 (0xff)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso-8859-1", "utf-16", "no-such-charset", "utf-7'"})
    void other_charset_is_refused_by_its_name(String charset) {
        assertThat(refusal("{\"name\": 1}".getBytes(StandardCharsets.US_ASCII), "application/json; charset=" + charset))
                .contains("declared as charset=" + charset, "UTF-8 and EUC-KR (MS949)");
        assertThat(counted("encoding")).isEqualTo(1);
    }

    @Test
    void what_is_refused_is_told_in_the_characters_of_the_partner() {
        rig.server.on(
                "/page",
                answer(
                        400,
                        "{\"message\": \"잘못된 요청\"}".getBytes(MS949),
                        "Content-Type: application/json; charset=euc-kr"));

        Partner.Answer answer = rig.partner().call("page", GET);

        assertThat(answer.outcome()).isEqualTo("final");
        assertThat(answer.reason()).contains("잘못된 요청");
        assertThat(answer.body().path("message").asText()).isEqualTo("잘못된 요청");
    }

    private String read(byte[] body, String type) {
        rig.server.on("/page", answer(200, body, "Content-Type: " + type));
        return rig.partner().call("page", GET).body().path("name").asText();
    }

    private String refusal(byte[] body, String type) {
        rig.server.on("/page", answer(200, body, "Content-Type: " + type));
        PartnerCallException e = catchThrowableOfType(
                PartnerCallException.class, () -> rig.partner().call("page", GET));
        return String.valueOf(e.getMessage());
    }

    private double counted(String limit) {
        return rig.meters
                .counter("hub.partner.answers.refused", "partner", "acme", "operation", "page", "limit", limit)
                .count();
    }
}
