package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

    private Store store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new Store(folder, 50);
        ObjectNode goods = store.plainGoods();
        goods.withObject("/originProduct").put("stockQuantity", 9_000_000);
        store.list(goods);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void few_buyers_move_before_the_confirmation_which_tells_it() {
        List<String> ids = store.orders(400);
        store.hours(1);
        List<String> moved = new ArrayList<>();
        for (List<String> batch : batches(ids)) {
            JsonNode data =
                    Sample.body(store.confirm(batch.toArray(String[]::new))).path("data");
            data.path("successProductOrderInfos").forEach(info -> {
                if (info.path("isReceiverAddressChanged").asBoolean()) {
                    moved.add(info.path("productOrderId").asText());
                }
            });
        }

        assertThat(moved.size()).isBetween(1, ids.size() * 8 / 100);
    }

    @Test
    void few_buyers_regret_after_the_confirmation_and_wait_for_approval() {
        String id = regretted();

        assertThat(Sample.fields(store.order(id)).stream().filter(f -> f.contains("laim") || f.contains("ancel")))
                .containsAll(Sample.fields(Sample.of("query-02-cancel-requested")
                                .response()
                                .at("/data/0"))
                        .stream()
                        .filter(f -> f.contains("laim") || f.contains("ancel"))
                        .toList());
        assertThat(failure(store.dispatch(id, "680400000001"))).isEqualTo("104442");
        Answer approved = claim(id, "cancel/approve", Sample.JSON.createObjectNode());
        assertThat(approved.effect()).isEqualTo("cancel-approved");
        JsonNode order = store.order(id);
        assertThat(order.at("/productOrder/productOrderStatus").asText()).isEqualTo("CANCELED");
        assertThat(order.at("/productOrder/placeOrderStatus").asText()).isEqualTo("CANCEL");
        assertThat(order.at("/completedClaims/0/claimStatus").asText()).isEqualTo("CANCEL_DONE");
        assertThat(failure(claim(id, "cancel/approve", Sample.JSON.createObjectNode())))
                .isEqualTo("105306");
    }

    @Test
    void seller_cancels_a_part_and_then_the_rest() {
        String id = store.orders(40).stream()
                .filter(order -> store.order(order).at("/productOrder/quantity").asInt() == 2)
                .findFirst()
                .orElseThrow();
        ObjectNode one = Sample.of("cancel-request-01-soldout").request().deepCopy();

        assertThat(failure(claim(id, "cancel/request", one.put("cancelQuantity", 1))))
                .isEmpty();
        assertThat(store.order(id).at("/productOrder/remainQuantity").asInt()).isEqualTo(1);
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("PAYED");
        assertThat(failure(claim(id, "cancel/request", one.put("cancelQuantity", 2))))
                .isEqualTo("104133");
        assertThat(failure(claim(id, "cancel/request", one.put("cancelQuantity", 1))))
                .isEmpty();
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("CANCELED");
        assertThat(failure(claim("1", "cancel/request", one))).isEqualTo("100001");
    }

    @Test
    void return_is_held_released_and_approved_once() {
        String id = store.orders(1).get(0);
        store.confirm(id);
        store.dispatch(id, "680400000001");
        ObjectNode body = Sample.JSON.createObjectNode().put("returnReason", "INTENT_CHANGED");

        assertThat(failure(claim(id, "return/approve", body))).isEqualTo("104442");
        assertThat(failure(claim(id, "return/request", body))).isEmpty();
        assertThat(failure(claim(id, "return/holdback", body))).isEmpty();
        assertThat(failure(claim(id, "return/approve", body))).isEqualTo("104442");
        assertThat(failure(claim(id, "return/holdback/release", body))).isEmpty();
        assertThat(failure(claim(id, "return/approve", body))).isEmpty();
        assertThat(failure(claim(id, "return/approve", body))).isEqualTo("105306");
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("RETURNED");
        assertThat(failure(claim(id, "exchange/reject", body))).isEqualTo("104417");
    }

    @Test
    void delay_is_told_once_and_within_reason() {
        String id = store.orders(1).get(0);
        ObjectNode late = Sample.of("delay-02-fail").request().deepCopy();
        ObjectNode soon = Sample.of("delay-01-ok").request().deepCopy();

        assertThat(failure(store.post(Store.ORDERS + "/" + id + "/delay", late)))
                .isEqualTo("104105");
        assertThat(failure(store.post(Store.ORDERS + "/" + id + "/delay", soon)))
                .isEmpty();
        assertThat(failure(store.post(Store.ORDERS + "/" + id + "/delay", soon)))
                .isEqualTo("105306");
    }

    private String regretted() {
        List<String> ids = store.orders(400);
        batches(ids).forEach(batch -> store.confirm(batch.toArray(String[]::new)));
        store.hours(1);
        List<String> regretted =
                ids.stream().filter(id -> store.order(id).has("currentClaim")).toList();
        assertThat(regretted.size()).isBetween(1, ids.size() * 6 / 100);
        return regretted.get(0);
    }

    private static List<List<String>> batches(List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += 30) {
            batches.add(ids.subList(from, Math.min(from + 30, ids.size())));
        }
        return batches;
    }

    private Answer claim(String id, String step, JsonNode body) {
        return store.post(Store.ORDERS + "/" + id + "/claim/" + step, body);
    }

    private static String failure(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return Sample.body(answer).at("/data/failProductOrderInfos/0/code").asText();
    }
}
