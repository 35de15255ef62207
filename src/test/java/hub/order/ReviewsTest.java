package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hub.order.ReviewRefusedException.Why;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buying a line again, the one decision that can cost money twice. */
class ReviewsTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void nothing_was_ordered() {
        HUB.empty();
    }

    @Test
    void refused_line_is_bought_again_under_a_new_number_by_a_person_only() {
        JsonNode first = HUB.sending();
        HUB.purchases.answered(answer(first, "final"));
        assertThat(HUB.reviews.resume("coupang", "o1", "l1", "kim")).isTrue();
        assertThat(HUB.state()).as("there is nothing to resume").isEqualTo(OrderState.REVIEW);
        assertThat(buyAgain(ref(first))).isTrue();
        HUB.reread();
        assertThat(ref(HUB.placeOne())).isNotEqualTo(ref(first));
        assertThat(buyAgain(ref(first))).isFalse();
        assertThat(HUB.count("journal where actor = 'kim' and reason like '%" + ref(first) + " is void'"))
                .isPositive();
    }

    @Test
    void number_of_the_purchase_order_must_be_given_and_be_the_last_one() {
        JsonNode first = HUB.sending();
        HUB.purchases.answered(answer(first, "final"));
        assertRefused("", Why.CONFIRM, "confirm=" + ref(first));
        assertRefused("yes", Why.CONFIRM, "confirm=" + ref(first));
        buyAgain(ref(first));
        HUB.reread();
        JsonNode second = HUB.placeOne();
        HUB.purchases.answered(answer(second, "final"));
        assertRefused(ref(first), Why.CONFIRM, "confirm=" + ref(second));
        assertThat(HUB.count("purchase_order")).isEqualTo(2);
    }

    @Test
    void line_whose_order_is_cancelled_meanwhile_is_not_bought_again() {
        JsonNode first = HUB.sending();
        HUB.purchases.answered(answer(first, "final"));
        buyAgain(ref(first));
        HUB.receive(order("o1", line("l1", "W1", 2, "cancelled")));
        HUB.reread();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void nothing_is_bought_again_while_the_old_purchase_order_is_sent_or_looked_up() {
        JsonNode first = HUB.sending();
        toReview();
        assertRefused(ref(first), Why.UNDER_WAY, "wait");
        HUB.purchases.answered(answer(first, "unknown"));
        assertRefused(ref(first), Why.UNDER_WAY, "wait");
        HUB.sql.sql("delete from job where kind = 'find-order'").update();
        assertThat(buyAgain(ref(first))).isTrue();
    }

    @Test
    void late_acceptance_of_the_old_purchase_order_is_shown_to_a_person() {
        JsonNode first = HUB.sending();
        HUB.purchases.answered(answer(first, "unknown"));
        toReview();
        HUB.sql.sql("delete from job where kind = 'find-order'").update();
        buyAgain(ref(first));
        HUB.purchases.answered(accepted(first, "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("S1");
        HUB.reread();
        assertThat(HUB.place()).isEmpty();
    }

    @Test
    void what_was_never_sent_goes_on_instead() {
        HUB.receive(order("o1", line("l1")));
        HUB.acknowledge();
        toReview();
        assertRefused("", Why.NOT_BOUGHT, "resume");
    }

    private static void toReview() {
        HUB.sql
                .sql("update order_line set state = 'REVIEW', owner = 'x', reason = 'x', deadline = now()")
                .update();
    }

    private static void assertRefused(String confirm, Why why, String says) {
        long entries = HUB.count("journal");
        assertThatThrownBy(() -> buyAgain(confirm))
                .isInstanceOfSatisfying(
                        ReviewRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why))
                .hasMessageContaining(says);
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.count("journal")).isEqualTo(entries);
    }

    private static boolean buyAgain(String confirm) {
        return HUB.reviews.buyAgain("coupang", "o1", "l1", "kim", confirm);
    }

    private static String ref(JsonNode task) {
        return task.path("clientRef").asText();
    }
}
