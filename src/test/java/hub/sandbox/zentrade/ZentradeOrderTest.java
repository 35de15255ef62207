package hub.sandbox.zentrade;

import static hub.sandbox.zentrade.ZentradeBench.ORDERS;
import static hub.sandbox.zentrade.ZentradeBench.elements;
import static hub.sandbox.zentrade.ZentradeBench.only;
import static hub.sandbox.zentrade.ZentradeBench.sample;
import static org.assertj.core.api.Assertions.assertThat;

import hub.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ZentradeOrderTest {

    private static final int COUNT = 300;
    private static final Duration LOOK = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private ZentradeBench bench;

    @BeforeEach
    void open() {
        bench = new ZentradeBench(folder, COUNT, 0);
    }

    @Test
    void handed_off_order_is_entered_and_ships_two_to_five_simulated_hours_later() {
        bench.handOff("a.csv", line("PO-1", code(false)));
        bench.pass(LOOK);

        Element order = bench.orders("PO-1").get(0);
        assertThat(order.getAttribute("ordno")).matches("\\d{13}");
        assertThat(only(order, "nameReceiver").getTextContent()).isEqualTo(" 김가상 ");
        assertThat(only(order, "address").getTextContent()).isEqualTo(" 경기도 가상시, 예시로 \"12\" 101동 1001호 ");
        assertThat(only(order, "deli_info").getAttribute("delinum")).isEmpty();

        bench.pass(Duration.ofMinutes(5));
        Element shipped = bench.orders("PO-1").get(0);
        assertThat(only(shipped, "deli_info").getAttribute("delinum")).matches("63\\d{8,11}");
        assertThat(only(shipped, "deli_info").getAttribute("delicom")).isNotEmpty();
        assertThat(names(shipped))
                .isEqualTo(
                        names(elements(sample("order-02-shipped"), "ord_info").get(0)));
    }

    @Test
    void answer_carries_the_own_number_by_either_number() {
        bench.handOff("a.csv", line("PO-1", code(false)));
        bench.pass(LOOK);
        String ordno = bench.orders("PO-1").get(0).getAttribute("ordno");

        Answer answer = bench.get(ORDERS, "ordno=" + ordno);
        assertThat(elements(answer.body(), "ord_info")).hasSize(1);
        assertThat(answer.ref()).isEqualTo("PO-1");
        assertThat(bench.get(ORDERS, "pordno=PO-9").ref()).isEqualTo("PO-9");
    }

    @Test
    void unknown_number_is_an_empty_root() {
        bench.pass(Duration.ofHours(23).plusMinutes(20));

        assertThat(bench.get(ORDERS, "ordno=0000000000000").body()).isEqualTo(sample("order-03-not-found"));
    }

    @Test
    void number_twice_becomes_two_orders_in_one_file_and_in_two_but_later_looks_add_none() {
        bench.handOff("a.csv", line("PO-1", code(false)), line("PO-1", code(false)), line("PO-2", code(false)));
        bench.pass(LOOK);
        bench.pass(LOOK);
        assertThat(bench.orders("PO-1")).hasSize(2);
        assertThat(bench.orders("PO-2")).hasSize(1);

        bench.handOff("b.csv", line("PO-2", code(false)));
        bench.pass(LOOK);
        bench.handOff("b.csv", line("PO-2", code(false)));
        bench.pass(LOOK);
        assertThat(bench.orders("PO-2")).hasSize(2);
    }

    @Test
    void sold_out_or_unknown_product_is_never_entered() {
        bench.handOff("a.csv", line("PO-1", code(true)), line("PO-2", "1"));
        bench.pass(LOOK);
        bench.handOff("b.csv", line("PO-1", code(false)));
        bench.pass(LOOK);

        assertThat(bench.orders("PO-1")).isEmpty();
        assertThat(bench.orders("PO-2")).isEmpty();
        assertThat(bench.simulator.remarks())
                .hasSize(2)
                .allMatch(remark -> remark.matches("PO-1: .* is sold out|PO-2: the product 1 is unknown"));
    }

    @Test
    void option_that_the_product_does_not_have_is_never_entered() {
        bench.handOff(
                "a.csv",
                line("PO-1", code(false)).replace(",블랙,", ",보라,"),
                line("PO-2", code(false)).replace(",블랙,", ",,"));
        bench.pass(LOOK);

        assertThat(bench.orders("PO-1")).isEmpty();
        assertThat(bench.orders("PO-2")).isEmpty();
        assertThat(bench.simulator.remarks())
                .anyMatch(remark -> remark.startsWith("PO-1: ") && remark.endsWith("has no option '보라'"));
    }

    @Test
    void half_written_file_waits_for_its_rest() {
        String whole = String.join(",", OrderLine.HEADER) + "\n" + line("PO-1", code(false)) + "\n";
        bench.write("a.csv", whole.substring(0, whole.indexOf("경기도")));
        bench.pass(LOOK);
        assertThat(bench.orders("PO-1")).isEmpty();

        bench.write("a.csv", whole);
        bench.pass(LOOK);
        assertThat(bench.orders("PO-1")).hasSize(1);
    }

    @Test
    void restart_keeps_orders_and_does_not_enter_them_again() {
        bench.handOff("a.csv", line("PO-1", code(false)));
        bench.pass(LOOK);
        String ordno = bench.orders("PO-1").get(0).getAttribute("ordno");
        bench.store.close();
        bench = new ZentradeBench(folder, COUNT, 0);
        bench.pass(LOOK);

        assertThat(bench.orders("PO-1")).hasSize(1);
        assertThat(bench.orders("PO-1").get(0).getAttribute("ordno")).isEqualTo(ordno);
    }

    private static String line(String ownOrderNo, String code) {
        return ownOrderNo + "," + code
                + ",블랙,1,김가상,010-0000-0002,10000,\"경기도 가상시, 예시로 \"\"12\"\"\",101동 1001호,\"문 앞에\n놓아 주세요\"";
    }

    private static String code(boolean soldOut) {
        return IntStream.range(0, COUNT)
                .mapToObj(number -> Product.drawn(7, number))
                .filter(product -> product.soldOut() == soldOut && (soldOut || product.offers("블랙")))
                .map(product -> Long.toString(product.code()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Element order) {
        return IntStream.range(0, order.getChildNodes().getLength())
                .mapToObj(index -> order.getChildNodes().item(index))
                .filter(Element.class::isInstance)
                .map(node -> ((Element) node).getTagName())
                .toList();
    }
}
