package hub.sandbox.domeggook;

import static hub.sandbox.domeggook.DomeggookBench.body;
import static hub.sandbox.domeggook.DomeggookBench.refusal;
import static hub.sandbox.domeggook.DomeggookBench.sample;
import static hub.sandbox.domeggook.DomeggookCatalogueTest.paths;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Answer;
import hub.sandbox.Courier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomeggookOrderTest {

    private static final int PRODUCTS = 200;

    @TempDir
    private Path folder;

    private DomeggookBench bench;

    private Ware plain;

    @BeforeEach
    void open() {
        bench = new DomeggookBench(folder, PRODUCTS);
        plain = ware(0);
    }

    @Test
    void order_is_paid_at_once_and_answers_as_the_sample() {
        long before = emoney();
        Answer answer = bench.order(plain.no(), "supply||P||00|2||po-1||문 앞에 놓아 주세요");

        assertThat(body(answer)).isEqualTo(sample("setOrder-01-ok"));
        assertThat(answer.effect()).isEqualTo("order-created");
        assertThat(answer.ref()).isEqualTo("po-1");
        assertThat(before - emoney()).isEqualTo(2 * plain.won() + plain.traits().feeWon());
        assertThat(bench.view(plain.no()).path("qty").path("inventory").asLong())
                .isEqualTo(plain.inventory() - 2);
    }

    @Test
    void two_equal_orders_are_two_orders() {
        bench.order(plain.no(), "supply||P||00|1||po-1||");
        bench.order(plain.no(), "supply||P||00|1||po-1||");

        assertThat(orders().path("header").path("numberOfItems").asInt()).isEqualTo(2);
    }

    @Test
    void one_order_may_stand_as_a_bare_object() {
        bench.order(plain.no(), "supply||P||00|1||po-1||");

        JsonNode items = orders().path("items");
        JsonNode order = items.isObject() ? items : items.get(0);
        assertThat(order.path("orderNo").asText()).isEqualTo("OR990000001");
    }

    @Test
    void option_is_chosen_by_its_code_and_charged() {
        Ware colourful = ware(2);
        Options options = new Options(colourful);
        int index = IntStream.range(0, options.codes().size())
                .filter(at -> !options.hidden(at) && colourful.stock().get(at) > 0)
                .findFirst()
                .orElseThrow();
        long before = emoney();
        bench.order(colourful.no(), "supply||S||" + options.codes().get(index) + "|1||po-2||");

        assertThat(before - emoney()).isEqualTo(colourful.won() + options.extraWon(index));
        JsonNode view = view(990_000_001);
        assertThat(view.path("selectOpt").path("opt").path(0).path("name").asText())
                .isEqualTo(options.name(index));
        assertThat(paths(view))
                .containsAll(paths(
                        sample("getOrderView-02-not-shipped").path("domeggook").path("items")));
    }

    @Test
    void tracking_appears_two_to_five_simulated_hours_after_payment() {
        bench.order(plain.no(), "supply||P||00|1||po-1||");
        bench.pass(Duration.ofSeconds(100));
        assertThat(view(990_000_001).path("statusMode").asText()).isEqualTo("WAITDELI");
        assertThat(view(990_000_001).path("delivery").path("code").asText()).isEmpty();

        bench.pass(Duration.ofMinutes(5));
        assertThat(view(990_000_001).path("statusMode").asText()).isEqualTo("WAITRCPT");
        assertThat(view(990_000_001).path("delivery").path("code").asText())
                .matches("62\\d{" + (Courier.of(990_000_001).digits() - 2) + "}");
        assertThat(refusal(deny())).isEqualTo("INVALID_STATUS");
    }

    @Test
    void cancelled_order_gives_back_money_and_stock() {
        long before = emoney();
        bench.order(plain.no(), "supply||P||00|3||po-1||");

        assertThat(body(deny()).path("domeggook").path("result").asText()).isEqualTo("true");
        assertThat(emoney()).isEqualTo(before);
        assertThat(bench.view(plain.no()).path("qty").path("inventory").asLong())
                .isEqualTo(plain.inventory());
        assertThat(view(990_000_001).path("statusMode").asText()).isEqualTo("DENYBUY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "supply||P||00|1||message",
                "supply||P||00|1||message||deli||more",
                "supply|P||00|1||message||deli",
                "supply||P||00||message||deli",
                "supply||P||00|0||message||deli",
                "supply||P||00|1|01||message||deli",
                "supply||P||00|1||mes|sage||deli",
                "market||P||00|1||message||deli",
                "supply||X||00|1||message||deli"
            })
    void item_with_a_field_out_of_place_is_refused(String item) {
        long before = emoney();

        assertThat(refusal(bench.order(plain.no(), item))).isEqualTo("INVALID_ITEM");
        assertThat(emoney()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "김가상||10000|경기도|101동|010-0000-0002||가상스토어",
                "김가상||10000|경기도|101동|010-0000-0002||가상|스토어|",
                "김가상||1000|경기도|101동|010-0000-0002||가상스토어|",
                "김가상||10000|경기도|101동|01000000002||가상스토어|",
                "||10000|경기도|101동|010-0000-0002||가상스토어|"
            })
    void receiver_with_a_field_out_of_place_is_refused_without_being_repeated(String deliinfo) {
        Answer answer = bench.order(plain.no(), "supply||P||00|1||po-1||", deliinfo);

        assertThat(refusal(answer)).isEqualTo("INVALID_DELIINFO");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("김가상", "0000");
    }

    @Test
    void order_beyond_stock_balance_or_sale_is_refused() {
        assertThat(refusal(bench.order(plain.no(), "supply||P||00|900||po||"))).isEqualTo("LACK_QTY");
        assertThat(refusal(bench.order(plain.no(), "supply||P||07|1||po||"))).isEqualTo("INVALID_OPTION");
        assertThat(refusal(bench.order(1, "supply||P||00|1||po||"))).isEqualTo("NOT_FOUND");
        long ended = Ware.FIRST + PRODUCTS;
        assertThat(refusal(bench.order(ended, "supply||P||00|1||po||"))).isEqualTo("NOT_ON_SALE");

        bench.store.put(Purse.KIND, Purse.ID, Loose.object().put("won", 100));
        assertThat(refusal(bench.order(plain.no(), "supply||P||00|1||po||"))).isEqualTo("LACK_EMONEY");
        assertThat(orders().path("items").asText("none")).isEmpty();
    }

    @Test
    void restart_keeps_orders_money_and_stock() {
        bench.order(plain.no(), "supply||P||00|2||po-1||");
        long left = emoney();
        bench.store.close();
        bench = new DomeggookBench(folder, PRODUCTS);

        assertThat(emoney()).isEqualTo(left);
        assertThat(view(990_000_001).path("orderUid").asText()).isEqualTo("u990000001");
        assertThat(bench.view(plain.no()).path("qty").path("inventory").asLong())
                .isEqualTo(plain.inventory() - 2);
        Answer next = bench.order(plain.no(), "supply||P||00|1||po-2||");
        assertThat(body(next).at("/domeggook/order/orderNo").asText()).isEqualTo("OR990000002");
    }

    private Ware ware(int options) {
        return IntStream.range(0, PRODUCTS)
                .mapToObj(number -> Ware.drawn(7, number))
                .filter(ware -> ware.onSale() && ware.inventory() > 30 && ware.inventory() < 900)
                .filter(ware -> Math.min(ware.goods().options().size(), 2) == options)
                .findFirst()
                .orElseThrow();
    }

    private long emoney() {
        return body(bench.privately("mode=getMyAsset&ver=1.0"))
                .at("/domeggook/data/currEmoney/total")
                .asLong();
    }

    private JsonNode orders() {
        return body(bench.get("mode=getOrderList&ver=4.0&aid=key&sId=session&om=json&for=buy&day=7&pg=1&ic=50"))
                .path("domeggook");
    }

    private JsonNode view(long number) {
        return body(bench.get("mode=getOrderView&ver=4.1&aid=key&sId=session&om=json&for=buy&no=" + number))
                .at("/domeggook/items");
    }

    private Answer deny() {
        return bench.privately("mode=setOrdDeny&ver=1.0&type=buy&no=990000001&memo=x");
    }
}
