package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.array;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.object;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderLedgerTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    @Test
    void tracking_of_an_old_order_is_asked_for_again_however_many_new_ones_come() {
        bought("old", "lo");
        HUB.shipments.awaiting("acme", 1);
        bought("new1", "ln1");
        bought("new2", "ln2");

        HUB.shipments.awaiting("acme", 1);
        bought("new3", "ln3");

        assertThat(List.of(next(), next(), next())).containsExactly("new1", "new2", "old");
    }

    private static void bought(String order, String line) {
        HUB.receive(order(order, line(line)));
        HUB.acknowledge();
        HUB.purchases.answered(accepted(HUB.placeOne(), "S-" + order));
    }

    private static String next() {
        return HUB.shipments.awaiting("acme", 1).get(0).path("orderId").asText();
    }

    @Test
    void line_goes_from_the_market_to_the_supplier_and_its_tracking_number_back() {
        assertThat(HUB.receive(order("o1", line("l1"))).path("received").asInt())
                .isEqualTo(1);
        assertThat(HUB.state()).isEqualTo(OrderState.RECEIVED);
        HUB.acknowledge();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);

        JsonNode task = HUB.placeOne();

        assertThat(HUB.state()).isEqualTo(OrderState.PO_SENDING);
        assertThat(task.path("clientRef").asText()).matches("[A-Z2-7]{20}");
        assertThat(task.path("sku").asText()).isEqualTo("W1");
        assertThat(task.path("quantity").asInt()).isEqualTo(2);
        assertThat(task.path("maxUnitCostWon").asLong()).isEqualTo(9_400);
        assertThat(task.path("receiver").path("address1").asText()).isEqualTo("서울 1");
        assertThat(task.path("message").asText()).isEqualTo("문 앞");
        HUB.purchases.answered(accepted(task, "S1", "S2"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        assertThat(HUB.count("supplier_order")).isEqualTo(2);
        JsonNode awaited = HUB.shipments.awaiting("acme", 10).get(0);
        assertThat(awaited.path("supplierOrderIds")).hasSize(2);

        HUB.ship(task.path("clientRef").asText(), "CJ 대한통운", "123456789012");
        assertThat(HUB.state()).isEqualTo(OrderState.SHIPPED);
        JsonNode upload = HUB.uploads().get(0);
        assertThat(upload.path("courier").asText()).isEqualTo("CJGLS");
        assertThat(HUB.state()).isEqualTo(OrderState.TRACKING_SENDING);
        HUB.shipments.uploaded(uploaded(upload));

        assertThat(HUB.state()).isEqualTo(OrderState.DONE);
        assertThat(HUB.count("job")).isZero();
        assertThat(HUB.orders.counts()).hasSize(OrderState.values().length).containsEntry(OrderState.DONE, 1L);
        assertThat(HUB.orders.oldestOpen()).isEmpty();
        assertThat(HUB.journal.verify()).isEmpty();
    }

    @Test
    void same_order_in_two_polls_is_one_order() {
        HUB.receive(order("o1", line("l1")));
        JsonNode again = HUB.receive(order("o1", line("l1")));

        assertThat(again.path("received").asInt()).isZero();
        assertThat(again.path("known").asInt()).isEqualTo(1);
        assertThat(HUB.count("order_line")).isEqualTo(1);
        assertThat(HUB.count("market_order")).isEqualTo(1);
        assertThat(HUB.count("job")).isEqualTo(1);
    }

    @Test
    void two_boxes_of_one_order_in_one_poll_are_two_lines() {
        HUB.receive(order("o1", line("l1")), order("o1", line("l2", "W2", 1, "new")));
        HUB.acknowledge();
        List<JsonNode> tasks = HUB.place();

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0).path("clientRef")).isNotEqualTo(tasks.get(1).path("clientRef"));
        HUB.purchases.answered(accepted(tasks.get(0), "S1"));
        HUB.purchases.answered(answer(tasks.get(1), "final"));
        assertThat(List.of(HUB.state("l1"), HUB.state("l2")))
                .containsExactlyInAnyOrder(OrderState.PO_CONFIRMED, OrderState.REVIEW);
    }

    @Test
    void line_without_a_listing_goes_to_a_person_and_resumes_when_there_is_one() {
        HUB.receive(order("o1", line("l1", "W9", 1, "new")));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).isEqualTo("no listing for option opt-W9, seller code ");
        assertThat(HUB.count("job")).isZero();
        JsonNode review = HUB.orders.review(10).get(0);
        assertThat(review.path("owner").asText()).isEqualTo("operator");
        assertThat(review.path("deadline").isTextual()).isTrue();

        assertThat(HUB.reviews.resume("coupang", "o1", "l1", "kim")).isTrue();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.goods("W9", 1_000);
        assertThat(HUB.reviews.resume("coupang", "o1", "l1", "kim")).isTrue();
        assertThat(HUB.state()).isEqualTo(OrderState.RECEIVED);
        HUB.acknowledge();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void seller_code_matches_when_the_option_is_not_known() {
        HUB.receive(order("o1", line("l1").put("marketOptionId", "new option").put("sellerCode", "code-W2")));
        assertThat(HUB.sql.sql("select sku from order_line").query(String.class).single())
                .isEqualTo("W2");
    }

    @Test
    void option_and_seller_code_of_different_goods_are_not_guessed() {
        HUB.receive(order("o1", line("l1").put("sellerCode", "code-W2")));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).startsWith("2 different goods");
    }

    @Test
    void cost_that_is_not_known_or_leaves_no_margin_goes_to_a_person() {
        HUB.sql.sql("update product_stock set cost_won = 9401 where sku = 'W1'").update();
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("below the margin");
        assertThat(HUB.count("purchase_order")).isZero();
    }

    @Test
    void cost_that_rose_before_the_send_is_not_paid() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        HUB.sql.sql("update product_stock set cost_won = 9401 where sku = 'W1'").update();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).startsWith("cost rose to 9401");
    }

    @Test
    void goods_whose_new_cost_is_held_are_not_bought_at_the_old_one() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        HUB.sql.sql("""
                        insert into item_hold (supplier, sku, guard, off_sale, hash, was, offered)
                        select supplier, sku, 'price-jump', true, '', '{}', '{}' from product_stock where sku = 'W1'
                        """).update();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("is held (see /holds)");
    }

    @Test
    void line_that_is_cancelled_or_shipped_at_first_sight_is_never_bought() {
        HUB.receive(order("o1", line("l1", "W1", 1, "cancelled"), line("l2", "W1", 1, "shipped")));
        assertThat(HUB.state("l1")).isEqualTo(OrderState.CANCELLED);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.DONE);
        assertThat(HUB.count("job")).isZero();
    }

    @Test
    void line_that_somebody_else_acknowledged_is_looked_up_before_it_is_bought() {
        HUB.receive(order("o1", line("l1", "W1", 1, "acknowledged")));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.place()).isEmpty();
        HUB.purchases.lookedUp(TestLedger.found(HUB.lookUp().get(0)));
        HUB.pass();
        HUB.purchases.lookedUp(TestLedger.found(HUB.lookUp().get(0)));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void address_changed_before_the_send_is_the_one_that_is_sent() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        JsonNode changed = HUB.receive(moved());
        assertThat(changed.path("changed").asInt()).isEqualTo(1);
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.placeOne().path("receiver").path("address1").asText()).isEqualTo("부산 2");
    }

    @Test
    void address_changed_after_the_send_goes_to_a_person_whatever_the_supplier_says() {
        JsonNode task = HUB.sending();
        HUB.receive(moved());
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.purchases.answered(accepted(task, "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("S1").contains("address changed");
        assertThat(HUB.reviews.resume("coupang", "o1", "l1", "kim")).isTrue();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
    }

    @Test
    void acknowledgement_that_failed_is_repeated_and_one_that_is_refused_for_good_goes_to_a_person() {
        HUB.receive(order("o1", line("l1")));
        JsonNode task = acknowledgeTask();
        HUB.orders.acknowledged(answer(array(List.of(task)), "unknown"));
        assertThat(HUB.state()).isEqualTo(OrderState.RECEIVED);
        HUB.pass();
        ObjectNode result = object();
        result.putArray("failed")
                .addObject()
                .put("ackId", "box-l1")
                .put("reason", "cancelled")
                .put("retry", false);
        HUB.orders.acknowledged(answer(acknowledgeTask(), "ok").set("result", result));
        assertThat(HUB.state()).as("it may have arrived").isEqualTo(OrderState.VALIDATED);
        HUB.reread();
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason())
                .isEqualTo("the order was read again and is not acknowledged: the market refused the acknowledgement:"
                        + " cancelled");
    }

    @Test
    void acknowledgement_whose_answer_was_lost_shows_in_the_next_poll() {
        HUB.receive(order("o1", line("l1")));
        HUB.receive(order("o1", line("l1", "W1", 2, "acknowledged")));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
    }

    @Test
    void repeated_order_of_one_buyer_waits_when_that_is_asked_for() {
        TestLedger careful = new TestLedger(TestLedger.options(true));
        careful.receive(order("o1", line("l1")), order("o2", line("l2").put("quantity", 3)));
        careful.receive(order("o3", line("l3")));
        careful.acknowledge();
        assertThat(careful.state("l2")).isEqualTo(OrderState.PO_READY);
        assertThat(careful.orders.review(10))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("reason").asText()).startsWith("same buyer"));
        careful.database.close();
    }

    @Test
    void order_that_says_too_little_is_left_out_and_the_others_are_stored() {
        JsonNode counts = HUB.receive(object().put("orderId", "x"), order("o1", line("l1")));
        assertThat(counts.path("refused").asInt()).isEqualTo(1);
        assertThat(counts.path("received").asInt()).isEqualTo(1);
    }

    @Test
    void text_that_postgres_cannot_hold_does_not_stop_the_poll() {
        ObjectNode order = order("o1", line("l1").put("name", "a\u0000\u0000b\\u0000"));
        ((ObjectNode) order.path("receiver")).put("message", "\u0000문");
        HUB.receive(order);
        assertThat(HUB.sql
                        .sql("select name from order_line")
                        .query(String.class)
                        .single())
                .isEqualTo("ab\\u0000");
        assertThat(HUB.receive(order).path("changed").asInt())
                .as("nothing changed")
                .isZero();
    }

    @Test
    void months_ahead_have_partitions_and_waiting_rows_move_there() {
        HUB.receive(order("o1", line("l1")));
        HUB.orders.makePartitions();
        assertThat(HUB.count("pg_inherits where inhparent = 'market_order'::regclass"))
                .isEqualTo(6);
    }

    private JsonNode acknowledgeTask() {
        return HUB.orders
                .acknowledgeTasks(HUB.jobs.claim("coupang", "acknowledge-order", 9))
                .get(0);
    }

    private static ObjectNode moved() {
        ObjectNode order = order("o1", line("l1", "W1", 2, "acknowledged"));
        ((ObjectNode) order.path("receiver")).put("address1", "부산 2");
        return order;
    }

    private static JsonNode uploaded(JsonNode task) {
        ObjectNode result = object();
        result.putArray("uploaded").add(task.path("lineId").asText());
        return answer(array(List.of(task)), "ok").set("result", result);
    }
}
