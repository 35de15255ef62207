package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    @Test
    void korean_xml_becomes_attributes_text_and_lists() throws IOException {
        String xml = """
                <?xml version="1.0" encoding="euc-kr"?>
                <shop made="2026"><product code="1"><name><![CDATA[ 똠방각하 <b> ]]></name></product>
                <product code="2"/><one>가 &amp; 나</one></shop>""";

        JsonNode shop =
                AnswerReader.read(xml.getBytes(Charset.forName("MS949")), "xml").path("shop");

        assertThat(shop.path("@made").asText()).isEqualTo("2026");
        assertThat(shop.path("product").path(0).path("name").path("#").asText()).isEqualTo("똠방각하 <b>");
        assertThat(shop.path("product").path(1).path("@code").asText()).isEqualTo("2");
        assertThat(shop.path("one").path("#").asText()).isEqualTo("가 & 나");
    }

    @Test
    void utf_8_that_mentions_euc_kr_stays_utf_8() throws IOException {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a note=\"was euc-kr\">한글</a>";

        assertThat(AnswerReader.read(bytes(xml), "xml").path("a").path("#").asText())
                .isEqualTo("한글");
    }

    @ParameterizedTest
    @ValueSource(strings = {"euc-kr", "utf-8"})
    void xml_whose_bytes_are_no_characters_is_refused_and_never_mended(String charset) {
        byte[] xml =
                ("<?xml version=\"1.0\" encoding=\"" + charset + "\"?><a>?나</a>").getBytes(Charset.forName(charset));
        xml[("<?xml version=\"1.0\" encoding=\"" + charset + "\"?><a>").length()] = (byte) 0xff;

        assertThatThrownBy(() -> AnswerReader.read(xml, "xml")).isInstanceOf(IOException.class);
    }

    @Test
    void file_named_by_an_entity_is_never_read(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "canary-7431");
        String xml = "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]><a>&x;</a>";

        assertThat(read(xml)).doesNotContain("canary-7431");
    }

    @Test
    void entities_do_not_multiply() {
        String xml = """
                <!DOCTYPE a [<!ENTITY b "laugh"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>""";

        assertThat(read(xml)).doesNotContain("laughlaugh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<a>", "<a></b>", "text", "<?xml version=\"1.0\"?>", "<a x=1/>", "\u0000", "<a>&#0;</a>"
            })
    void what_is_no_xml_is_said_so(String text) {
        assertThatThrownBy(() -> AnswerReader.read(bytes(text), "xml")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<html>", "{\"a\": 1", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"n\": NaN}", "{\"a\":\u0001}"
            })
    void what_is_no_json_is_said_so(String text) {
        assertThatThrownBy(() -> AnswerReader.read(bytes(text), "json")).isInstanceOf(IOException.class);
    }

    @Test
    void answers_are_bounded_in_depth() {
        assertThatThrownBy(() -> AnswerReader.read(bytes("[".repeat(65) + "]".repeat(65)), "json"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AnswerReader.read(bytes("<a>".repeat(65) + "</a>".repeat(65)), "xml"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void number_that_is_none_keeps_the_rest_of_its_page() throws IOException {
        for (String number : List.of("9".repeat(33), "-" + "9".repeat(999), "0." + "3".repeat(990))) {
            String page = "{\"items\": [{\"price\": " + number + "}, {\"price\": 1000}]}";

            JsonNode items = AnswerReader.read(bytes(page), "json").path("items");

            assertThat(items.path(0).path("price").isNumber()).isTrue();
            assertThat(items.path(1).path("price").asInt()).isEqualTo(1000);
        }
    }

    @Test
    void number_without_end_is_refused_by_its_own_name() {
        for (String number : List.of("9".repeat(1_001), "0." + "3".repeat(2_000), "1e" + "9".repeat(1_000))) {
            assertThatThrownBy(() -> AnswerReader.read(bytes("{\"price\": " + number + "}"), "json"))
                    .isInstanceOf(AnswerRefusedException.class)
                    .hasMessageContaining("a number in its JSON has more than 1000 digits")
                    .hasMessageNotContaining("ask for less");
        }
    }

    private static String read(String xml) {
        try {
            return AnswerReader.read(bytes(xml), "xml").toString();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
