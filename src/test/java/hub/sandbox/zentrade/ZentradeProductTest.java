package hub.sandbox.zentrade;

import static hub.sandbox.zentrade.ZentradeBench.PRODUCTS;
import static hub.sandbox.zentrade.ZentradeBench.elements;
import static hub.sandbox.zentrade.ZentradeBench.only;
import static hub.sandbox.zentrade.ZentradeBench.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.sandbox.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

class ZentradeProductTest {

    private static final int COUNT = 300;

    @TempDir
    private Path folder;

    private ZentradeBench bench;

    @BeforeEach
    void open() {
        bench = new ZentradeBench(folder, COUNT, 0);
    }

    @Test
    void whole_catalogue_is_euc_kr_to_the_byte() throws Exception {
        Answer answer = bench.get(PRODUCTS, "");

        String text = Charset.forName("EUC-KR")
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(answer.body()))
                .toString();
        assertThat(text.getBytes(Charset.forName("EUC-KR"))).isEqualTo(answer.body());
        assertThat(text)
                .startsWith("<?xml version=\"1.0\" encoding=\"euc-kr\"?>\n<zentrade version=\"ZENTRADE XML 1.0\"")
                .contains("datetime=\"2026-03-01 12:40:00\"", "↑=↑\n", "^|^", "<![CDATA[  ]]>", "주방");
        assertThat(answer.headers()).containsEntry("Content-Type", "text/xml; charset=euc-kr");
        assertThat(elements(answer.body(), "product")).hasSize(COUNT);
    }

    @Test
    void product_has_the_nodes_and_attributes_of_the_sample() {
        Element product = elements(bench.get(PRODUCTS, "goodsno=990001").body(), "product")
                .get(0);

        assertThat(shape(product))
                .isEqualTo(shape(elements(sample("product-02-one"), "product").get(0)));
        assertThat(only(product, "prdtname").getTextContent()).startsWith(" ").endsWith(" ");
    }

    @Test
    void option_price_is_the_full_price() {
        Element product = elements(bench.get(PRODUCTS, "").body(), "product").stream()
                .filter(found -> found.getTextContent().contains("↑=↑"))
                .findFirst()
                .orElseThrow();

        long won = Long.parseLong(only(product, "price").getAttribute("buyprice"));
        String[] values = only(product, "option").getTextContent().split("↑=↑", -1);
        assertThat(values)
                .allMatch(value -> Long.parseLong(value.strip().split("\\^\\|\\^", -1)[1]) >= won)
                .allMatch(value -> value.strip().split("\\^\\|\\^", -1).length == 4);
    }

    @Test
    void runout_goodsno_and_opening_days_narrow_the_answer() {
        int gone = elements(bench.get(PRODUCTS, "runout=1").body(), "product").size();
        int normal = elements(bench.get(PRODUCTS, "runout=0").body(), "product").size();
        assertThat(gone).isPositive();
        assertThat(gone + normal).isEqualTo(COUNT);

        List<Element> opened = elements(
                bench.get(PRODUCTS, "opendate_s=2024-02-01&opendate_e=2024-12-31")
                        .body(),
                "status");
        assertThat(opened).isNotEmpty().allMatch(status -> {
            String day = status.getAttribute("opendate");
            return day.compareTo("2024-02-01") >= 0 && day.compareTo("2024-12-31") <= 0;
        });
        assertThat(elements(bench.get(PRODUCTS, "goodsno=980000").body(), "product"))
                .isEmpty();
    }

    @Test
    void wrong_key_is_an_empty_root_and_the_key_may_come_by_form() {
        bench.pass(Duration.ofMinutes(-40));
        byte[] empty = bench.post(PRODUCTS, "id=sandbox&m_skey=wrong").body();

        assertThat(empty).isEqualTo(sample("product-04-empty"));
        assertThat(elements(bench.post(PRODUCTS, "id=sandbox&m_skey=secret").body(), "product"))
                .hasSize(COUNT);
    }

    @Test
    void faults_empty_halve_break_and_falsify_the_page() {
        assertThat(elements(bench.get(PRODUCTS, "", "empty-catalogue").body(), "product"))
                .isEmpty();
        assertThat(elements(bench.get(PRODUCTS, "", "half-catalogue").body(), "product"))
                .hasSize(COUNT / 2);
        assertThat(elements(bench.get(PRODUCTS, "", "shrink").body(), "product"))
                .hasSize(COUNT - (COUNT + 6) / 7);
        assertThat(elements(bench.get(PRODUCTS, "", "duplicate-page").body(), "product"))
                .hasSize(2 * COUNT);
        assertThat(elements(bench.get(PRODUCTS, "", "price-jump").body(), "price")
                        .get(0)
                        .getAttribute("buyprice"))
                .isEqualTo(Long.toString(3
                        * Long.parseLong(elements(bench.get(PRODUCTS, "").body(), "price")
                                .get(0)
                                .getAttribute("buyprice"))));
        assertThat(elements(bench.get(PRODUCTS, "", "price-zero").body(), "price"))
                .allMatch(price -> price.getAttribute("buyprice").equals("0"));
        assertThat(elements(bench.get(PRODUCTS, "", "renamed-field").body(), "price"))
                .noneMatch(price -> price.hasAttribute("buyprice"));
        byte[] broken = bench.get(PRODUCTS, "", "broken-xml").body();
        assertThatThrownBy(() -> elements(broken, "product")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changes_stay_over_a_restart() {
        ZentradeBench busy = new ZentradeBench(folder.resolve("busy"), COUNT, 0.2);
        byte[] before = prices(busy);
        busy.pass(Duration.ofMinutes(15));
        assertThat(prices(busy)).isEqualTo(before);
        busy.pass(Duration.ofMinutes(5));
        byte[] after = prices(busy);
        assertThat(after).isNotEqualTo(before);

        busy.store.close();
        assertThat(prices(new ZentradeBench(folder.resolve("busy"), COUNT, 0.2)))
                .isEqualTo(after);
    }

    /** The page without its first lines, which hold the time. */
    private static byte[] prices(ZentradeBench bench) {
        byte[] page = bench.get(PRODUCTS, "").body();
        return Arrays.copyOfRange(page, 120, page.length);
    }

    private static List<String> shape(Element element) {
        List<String> shape = new ArrayList<>();
        for (int index = 0; index < element.getAttributes().getLength(); index++) {
            shape.add("@" + ((Attr) element.getAttributes().item(index)).getName());
        }
        for (int index = 0; index < element.getChildNodes().getLength(); index++) {
            if (element.getChildNodes().item(index) instanceof Element child) {
                shape.add(child.getTagName() + shape(child));
            }
        }
        return shape;
    }
}
