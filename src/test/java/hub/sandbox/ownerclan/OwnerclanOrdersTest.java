package hub.sandbox.ownerclan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Courier;
import hub.sandbox.ownerclan.Desk.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerclanOrdersTest {

    @TempDir
    private Path state;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(state, 200, 0);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void order_is_split_by_vendor_and_keeps_the_note() {
        Item first = item(item -> item.goods().options().isEmpty());
        Item other = item(item -> !item.vendorKey().equals(first.vendorKey())
                && item.goods().options().isEmpty());
        Reply reply = desk.played("createOrder-01-split", input(first, other));
        JsonNode orders = reply.data().path("createOrder");
        assertThat(orders).hasSize(2);
        assertThat(reply.answer().effect()).isEqualTo("order-created");
        assertThat(reply.answer().ref()).isEqualTo("CP-22000009990001");
        JsonNode order = orders.get(0);
        assertThat(order.path("key").asText()).matches("\\d{19}A");
        assertThat(order.path("status").asText()).isEqualTo("paid");
        assertThat(order.path("note").asText()).isEqualTo("CP-22000009990001");
        assertThat(order.at("/transactions/0/amount/value").asLong())
                .isEqualTo(2 * first.now().won()
                        + order.at("/shippingInfo/shippingFee").asLong());
        assertThat(byNote()).hasSize(2);
    }

    @Test
    void same_order_sent_twice_is_two_orders() {
        order();
        order();
        assertThat(byNote()).hasSize(2);
    }

    @Test
    void simulated_order_shows_the_split_and_makes_nothing() {
        Reply reply = desk.played("simulateCreateOrder-01", input(plain()));
        assertThat(reply.data()
                        .at("/simulateCreateOrder/0/itemAmounts/0/amount")
                        .asLong())
                .isEqualTo(2 * plain().now().won());
        assertThat(reply.answer().effect()).isEmpty();
        assertThat(byNote()).isEmpty();
    }

    @Test
    void order_is_prepared_and_shipped_with_a_tracking_number() {
        String key = order();
        desk.pass(Duration.ofMinutes(61));
        assertThat(status(key)).isEqualTo("preparing");
        desk.pass(Duration.ofHours(4));
        JsonNode shipped = desk.played("order-01-shipped", "{\"k\":\"" + key + "\"}")
                .data()
                .path("order");
        assertThat(shipped.path("status").asText()).isEqualTo("shipped");
        Courier courier =
                Courier.valueOf(shipped.at("/products/0/shippingCompanyCode").asText());
        assertThat(shipped.at("/products/0/trackingNumber").asText())
                .startsWith("61")
                .hasSize(courier.digits());
        assertThat(shipped.at("/products/0/shippingCompanyName").asText()).isEqualTo(courier.korean());
        long at = shipped.at("/products/0/shippedDate").asLong();
        assertThat(shippedAfter(at)).containsExactly(key);
        assertThat(shippedAfter(at + 1)).isEmpty();
    }

    @Test
    void what_is_not_there_is_not_sold() {
        Item gone = item(item -> item.now().status().equals("soldout"));
        Reply reply = desk.played("createOrder-02-error-soldout", input(gone));
        assertThat(reply.error()).isEqualTo("품절된 상품입니다.");
        assertThat(reply.json().at("/errors/0/originalValue").asText()).isEqualTo(gone.key());
        assertThat(reply.data().isNull()).isTrue();
        assertThat(reply.answer().effect()).isEmpty();
        Item chosen = item(item -> !item.goods().options().isEmpty());
        assertThat(desk.played("createOrder-01-split", input(chosen)).error()).isEqualTo("존재하지 않는 옵션입니다.");
    }

    @Test
    void last_piece_can_be_sold_once() {
        Item item = item(one -> one.goods().options().isEmpty() && one.now().quantities()[0] < 9999);
        int stock = item.now().quantities()[0];
        String all = input(item).replace("\"quantity\":2", "\"quantity\":" + stock);
        assertThat(desk.played("createOrder-01-split", all).error()).isEmpty();
        assertThat(desk.played("createOrder-01-split", all).error()).isEqualTo("품절된 상품입니다.");
    }

    @Test
    void order_beyond_the_balance_is_refused() {
        String query = Desk.sample("createOrder-03-error-balance")
                .at("/request/body/query")
                .asText();
        Reply reply = desk.graphql(query, input(plain()), "balance-empty");
        assertThat(reply.json())
                .isEqualTo(Desk.sample("createOrder-03-error-balance").at("/response/body"));
        assertThat(byNote()).isEmpty();
    }

    @Test
    void paid_order_is_cancelled_at_once_and_a_prepared_one_on_request() {
        String paid = order();
        Reply cancelled = desk.played("cancelOrder-01-ok", "{\"k\":\"" + paid + "\"}");
        assertThat(cancelled.data().at("/cancelOrder/status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.answer().effect()).isEqualTo("order-cancelled");
        String prepared = order();
        desk.pass(Duration.ofMinutes(61));
        String variables = "{\"k\":\"" + prepared + "\",\"i\":{\"cancelReason\":\"고객 변심\"}}";
        assertThat(desk.played("cancelOrder-02-error-preparing", variables).json())
                .isEqualTo(Desk.sample("cancelOrder-02-error-preparing").at("/response/body"));
        Reply asked = desk.played("cancelOrder-03-with-fallback", variables);
        assertThat(asked.data().at("/cancelOrder/status").asText()).isEqualTo("cancellationRequested");
        assertThat(asked.answer().effect()).isEqualTo("cancellation-requested");
        desk.pass(Duration.ofMinutes(61));
        assertThat(status(prepared)).isIn("cancelled", "preparing");
        assertThat(desk.played("requestOrderCancellation-02-error", variables.replace(prepared, paid))
                        .json())
                .isEqualTo(Desk.sample("requestOrderCancellation-02-error").at("/response/body"));
    }

    @Test
    void note_can_be_changed_and_found_again() {
        String key = order();
        String variables = "{\"k\":\"" + key + "\",\"i\":{\"note\":\"other\"}}";
        assertThat(desk.played("updateOrderNotes-01-ok", variables).error()).isEmpty();
        assertThat(byNote()).isEmpty();
        assertThat(desk.played("allOrders-02-by-note", "{\"n\":\"other\"}")
                        .data()
                        .at("/allOrders/edges"))
                .hasSize(1);
    }

    @Test
    void orders_are_there_after_a_restart() {
        String key = order();
        desk.close();
        desk = new Desk(state, 200, 0);
        assertThat(status(key)).isEqualTo("paid");
        assertThat(byNote()).hasSize(1);
        desk.pass(Duration.ofHours(2));
        assertThat(status(key)).isEqualTo("preparing");
    }

    @Test
    void operation_is_the_first_field() {
        String body = "{\"query\":\"mutation($i:OrderInput!){made:createOrder(input:$i){key}}\"}";
        assertThat(desk.simulator.operation(desk.request("POST", "/v1/graphql", "", body, Set.of())))
                .isEqualTo("createOrder");
        assertThat(desk.simulator.operation(desk.request("POST", "/auth", "", "", Set.of())))
                .isEqualTo("auth");
        assertThat(desk.simulator.operation(desk.request("POST", "/v1/graphql", "", "{", Set.of())))
                .isEqualTo("graphql");
    }

    private String order() {
        return desk.played("createOrder-01-split", input(plain()))
                .data()
                .at("/createOrder/0/key")
                .asText();
    }

    private String status(String key) {
        return desk.graphql("{order(key:\"" + key + "\"){status}}", "{}")
                .data()
                .at("/order/status")
                .asText();
    }

    private JsonNode byNote() {
        return desk.played("allOrders-02-by-note", "{\"n\":\"CP-22000009990001\"}")
                .data()
                .at("/allOrders/edges");
    }

    private List<String> shippedAfter(long millis) {
        return desk.played("allOrders-01-shipped-after", "{\"f\":10,\"a\":null,\"s\":" + millis + "}")
                .data()
                .findValuesAsText("key");
    }

    private Item plain() {
        return item(item -> item.goods().options().isEmpty() && item.now().available());
    }

    private Item item(Predicate<Item> wanted) {
        return IntStream.range(0, 200)
                .mapToObj(desk::item)
                .filter(item -> !item.prohibited())
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** The sample's input with our products, the first twice. */
    private static String input(Item... items) {
        ObjectNode variables = Desk.sample("createOrder-01-split")
                .at("/request/body/variables")
                .deepCopy();
        ArrayNode products = ((ObjectNode) variables.path("i")).putArray("products");
        for (Item item : items) {
            ObjectNode product = products.addObject().put("quantity", products.size() == 1 ? 2 : 1);
            product.put("itemKey", item.key()).putArray("optionAttributes");
        }
        return variables.toString();
    }
}
