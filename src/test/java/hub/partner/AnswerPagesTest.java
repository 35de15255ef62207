package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.BrokenByte;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large XML answer comes in pages that look like answers of their own. */
class AnswerPagesTest {

    private static final JsonNode CUT = json("{\"path\": \"/all\", \"as\": \"xml\", \"each\": \"p\"}");

    private final PartnerRig rig = new PartnerRig();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void items_come_in_pages_of_500_each_with_the_attributes_of_the_root() throws IOException {
        List<JsonNode> pages = pages("<shop made='2026'>" + items(1, 1001) + "</shop>");

        assertThat(pages).hasSize(3).allSatisfy(page -> {
            assertThat(page.at("/shop/@made").asText()).isEqualTo("2026");
            assertThat(page.path("@total").asLong()).isEqualTo(1001);
        });
        assertThat(pages.stream().map(page -> page.at("/shop/p").size())).containsExactly(500, 500, 1);
        assertThat(pages.stream().map(page -> page.path("@next").asText("none")))
                .containsExactly("2", "3", "none");
        assertThat(pages.get(2).at("/shop/p/0/name/#").asText()).isEqualTo("name of 1001");
    }

    @Test
    void last_page_is_the_last_also_when_it_is_full() throws IOException {
        List<JsonNode> pages = pages("<shop>" + items(1, 1000) + "<end/></shop>");

        assertThat(pages).hasSize(2);
        assertThat(pages.get(1).path("@next").isNull()).isTrue();
        assertThat(pages.get(1).path("shop").has("end")).isTrue();
    }

    @Test
    void root_without_items_is_one_page_with_what_it_says() throws IOException {
        List<JsonNode> pages = pages("<shop><error>no such key</error></shop>");

        assertThat(pages).hasSize(1);
        assertThat(pages.get(0).at("/shop/error/#").asText()).isEqualTo("no such key");
        assertThat(pages.get(0).at("/shop/p")).isEmpty();
        assertThat(pages.get(0).path("@total").asLong()).isZero();
    }

    @Test
    void korean_is_read_as_its_superset() throws IOException {
        String xml = "<?xml version=\"1.0\" encoding=\"euc-kr\"?><shop><p><n><![CDATA[ 똠방각하 ]]></n></p></shop>";

        List<JsonNode> pages = pages(xml.getBytes(Charset.forName("MS949")));

        assertThat(pages.get(0).at("/shop/p/0/n/#").asText()).isEqualTo("똠방각하");
    }

    @Test
    void packed_answer_is_unpacked_on_its_way_to_the_disk() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(("<shop>" + items(1, 3) + "</shop>").getBytes(StandardCharsets.UTF_8));
        }
        rig.server.on("/all", answer(200, packed.toByteArray(), "Content-Encoding: gzip"));

        assertThat(called().next().at("/shop/p")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key wrong",
                "<html><body>maintenance",
                "<shop><p/><p>",
                "<shop><p></shop>",
                "<shop><p/></shop><more/>",
                "<!DOCTYPE shop [<!ENTITY a 'b'>]><shop><p>&a;</p></shop>",
                "<shop><p>&undeclared;</p></shop>"
            })
    void answer_that_is_cut_short_or_no_xml_has_no_page_at_all(String xml) {
        rig.server.on("/all", answer(200, xml));

        PartnerCallException e = catchThrowableOfType(PartnerCallException.class, this::called);

        assertThat(e.outcome()).isEqualTo("retry");
        assertThat(e.getMessage()).contains("acme/all", "no xml").contains(xml.substring(0, Math.min(9, xml.length())));
    }

    @Test
    void file_named_by_an_entity_is_never_read(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "canary-7431");
        rig.server.on(
                "/all",
                answer(200, "<!DOCTYPE shop [<!ENTITY x SYSTEM \"" + file.toUri() + "\">]><shop><p>&x;</p></shop>"));

        assertThatThrownBy(this::called)
                .isInstanceOf(PartnerCallException.class)
                .hasMessageNotContaining("canary-7431");
    }

    @Test
    void item_that_is_too_large_keeps_its_attributes_and_says_why_and_the_others_come() throws IOException {
        String large = "<p code='7'><html>" + "x".repeat(2_100_000) + "</html><a><b/></a></p>";
        List<JsonNode> pages = pages("<shop>" + items(1, 2) + large + items(3, 4) + "</shop>");

        JsonNode items = pages.get(0).at("/shop/p");
        assertThat(items).hasSize(5);
        assertThat(items.path(2).path("@code").asText()).isEqualTo("7");
        assertThat(items.path(2).path("@refused").asText()).contains("2000000 characters");
        assertThat(items.path(2).has("html")).isFalse();
        assertThat(items.path(3).at("/name/#").asText()).isEqualTo("name of 3");
    }

    @Test
    void pages_of_large_items_are_shorter() throws IOException {
        String large = "<p><html>" + "x".repeat(1_000_000) + "</html></p>";

        List<JsonNode> pages = pages("<shop>" + large.repeat(10) + "</shop>");

        assertThat(pages.stream().map(page -> page.at("/shop/p").size())).containsExactly(4, 4, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "attributes", "attribute"})
    void shapes_that_no_catalogue_has_are_refused(String shape) {
        String item = switch (shape) {
            case "depth" -> "<a>".repeat(64) + "</a>".repeat(64);
            case "attributes" ->
                "<a " + IntStream.range(0, 101).mapToObj(i -> "a" + i + "='1'").collect(Collectors.joining(" ")) + "/>";
            default -> "<a b='" + "x".repeat(30_000) + "'/>";
        };
        rig.server.on("/all", answer(200, "<shop><p>" + item + "</p></shop>"));

        assertThatThrownBy(this::called).hasMessageContaining("deeper, longer or has more parts");
        assertThat(counted("shape")).isEqualTo(1);
    }

    @Test
    void answer_beyond_its_bound_is_refused_with_its_own_option() {
        rig.set("max-download", "100KB");
        rig.server.on("/all", RawPartner.endless(new byte[64 * 1024]));

        assertThatThrownBy(this::called).hasMessageContaining("hub.partners.acme.max-download");
        assertThat(counted("expanded")).isEqualTo(1);
    }

    @Test
    void failure_is_an_answer_like_any_other() {
        rig.server.on("/all", answer(500, "<shop><p/></shop>"));

        assertThatThrownBy(this::called).hasMessageContaining("got status 500: <shop>");
    }

    @Test
    void file_on_disk_has_no_name_and_is_closed_with_its_pages() throws IOException {
        rig.server.on("/all", answer(200, "<shop>" + items(1, 600) + "</shop>"));
        long before = spools();

        Iterator<JsonNode> pages = called();
        assertThat(pages.hasNext()).isTrue();
        assertThat(spools()).isEqualTo(before + 1);
        try (var temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("dropship-hub-") && name.endsWith(".answer"));
        }
        ((Closeable) pages).close();

        assertThat(spools()).isEqualTo(before);
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void tiny_elements_without_end_are_refused_when_they_would_be_held() {
        rig.set("max-answer", "64MB");
        rig.server.on("/all", answer(200, "<shop>" + "<p/>".repeat(4_000_000) + "</shop>"));

        assertThatThrownBy(() -> rig.partner().call("all", json("{\"path\": \"/all\", \"as\": \"xml\"}")))
                .hasMessageContaining("more parts");
    }

    private long spools() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(AnswerPagesTest::isSpool).count();
        }
    }

    private static boolean isSpool(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().endsWith(".answer (deleted)");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private double counted(String limit) {
        return rig.meters
                .counter("hub.partner.answers.refused", "partner", "acme", "operation", "all", "limit", limit)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"euc-kr", "utf-8"})
    void byte_that_is_no_character_costs_its_own_item_and_is_not_mended(String charset) throws IOException {
        String head = "<?xml version=\"1.0\" encoding=\"" + charset + "\"?><shop><p><name>";
        byte[] xml = (head + "?나</name></p><p><name>다</name></p></shop>").getBytes(Charset.forName(charset));
        xml[head.length()] = (byte) 0xff;

        JsonNode items = pages(xml).get(0).at("/shop/p");

        assertThat(items.at("/0/name/#").asText()).isEqualTo(BrokenByte.MARK + "나");
        assertThat(items.at("/1/name/#").asText()).isEqualTo("다");
    }

    private List<JsonNode> pages(String xml) throws IOException {
        return pages(xml.getBytes(StandardCharsets.UTF_8));
    }

    private List<JsonNode> pages(byte[] xml) throws IOException {
        rig.server.on("/all", answer(200, xml));
        List<JsonNode> all = new ArrayList<>();
        called().forEachRemaining(all::add);
        return all;
    }

    private Iterator<JsonNode> called() {
        return Objects.requireNonNull(rig.partner().call("all", CUT).pages());
    }

    private static String items(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "\n <p code='" + i + "'><name> name of " + i + " </name></p>")
                .collect(Collectors.joining());
    }
}
