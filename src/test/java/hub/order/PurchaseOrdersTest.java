package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.found;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What may happen between the commit of a send and the certainty that the supplier has it once. */
class PurchaseOrdersTest {

    private static final TestLedger HUB = new TestLedger();

    @BeforeEach
    void empty() {
        HUB.empty();
    }

    /** The rows of the ambiguity table; the call that was made says which outcome an observation is. */
    @ParameterizedTest
    @CsvSource({
        "retry, PO_READY, place-order", // connection refused, 429
        "final, REVIEW, ''", // 400, 422 with a body of the contract
        "unknown, PO_UNKNOWN, find-order", // timeout, reset, 5xx, 408, 409, unreadable 2xx
        "nonsense, PO_UNKNOWN, find-order",
    })
    void answer_decides_what_comes_next(String outcome, OrderState state, String job) {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(answer(task, outcome));
        assertThat(HUB.state()).isEqualTo(state);
        assertThat(kinds()).isEqualTo(job.isEmpty() ? List.of() : List.of(job));
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.lookUp()).isEmpty();
    }

    @Test
    void refusal_is_kept_with_its_reason() {
        HUB.purchases.answered(answer(HUB.sending(), "final").put("reason", "sold out"));
        assertThat(HUB.reason()).isEqualTo("the supplier refused: sold out");
        assertThat(HUB.count("purchase_order where state = 'PO_REJECTED'")).isEqualTo(1);
    }

    @Test
    void acceptance_without_a_number_is_unclear() {
        HUB.purchases.answered(accepted(HUB.sending()));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
    }

    @Test
    void retry_waits_as_long_as_the_supplier_says_and_keeps_the_number() {
        JsonNode first = HUB.sending();
        Instant said = Instant.now().plus(1, ChronoUnit.HOURS);
        HUB.purchases.answered(answer(first, "retry").put("notBefore", said.toString()));
        HUB.sql.sql("update job set run_at = now()").update();
        assertThat(HUB.place()).as("the job came too early").isEmpty();
        assertThat(HUB.count("job where run_at > now() + interval '59 minutes'"))
                .isEqualTo(1);
        HUB.pass();
        assertThat(HUB.placeOne().path("clientRef")).isEqualTo(first.path("clientRef"));
        assertThat(HUB.count("po_attempt")).isEqualTo(2);
    }

    @Test
    void unclear_send_is_not_looked_up_before_the_settle_window() {
        HUB.purchases.answered(answer(HUB.sending(), "unknown"));
        assertThat(HUB.count("purchase_order where not_before > now() + interval '85 seconds'"))
                .isEqualTo(1);
        HUB.sql.sql("update job set run_at = now()").update();
        assertThat(HUB.lookUp()).isEmpty();
        HUB.pass();
        assertThat(HUB.lookUp()).hasSize(1);
    }

    @Test
    void found_order_confirms() {
        HUB.purchases.lookedUp(found(unclear(), "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void two_look_ups_apart_that_find_nothing_permit_another_send_under_the_same_number() {
        JsonNode lookUp = unclear();
        HUB.purchases.lookedUp(found(lookUp));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        HUB.purchases.lookedUp(found(lookUp));
        assertThat(HUB.state()).as("the same answer twice counts once").isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.lookUp()).as("spaced").isEmpty();
        HUB.pass();
        HUB.purchases.lookedUp(found(HUB.lookUp().get(0)));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.placeOne().path("clientRef")).isEqualTo(lookUp.path("clientRef"));
    }

    @Test
    void third_unclear_send_that_is_not_found_goes_to_a_person() {
        JsonNode task = HUB.sending();
        for (int sends = 1; sends <= 3; sends++) {
            HUB.purchases.answered(answer(task, "unknown"));
            for (int lookUps = 0; lookUps < 2; lookUps++) {
                HUB.pass();
                HUB.purchases.lookedUp(found(HUB.lookUp().get(0)));
            }
            if (sends < 3) {
                task = HUB.placeOne();
            }
        }
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).startsWith("3 sends ended unclear");
        assertThat(kinds()).isEmpty();
    }

    @Test
    void several_orders_found_go_to_a_person_with_their_numbers() {
        HUB.purchases.lookedUp(found(unclear(), "S1", "S2"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("S1 and S2");
    }

    @Test
    void supplier_without_look_up_is_never_sent_the_order_again() {
        HUB.purchases.lookedUp(answer(unclear(), "final").put("reason", "no look-up"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        HUB.pass();
        HUB.recover();
        assertThat(HUB.place()).isEmpty();
        assertThat(kinds()).isEmpty();
    }

    @Test
    void look_up_that_fails_is_repeated_and_counts_for_nothing() {
        HUB.purchases.lookedUp(answer(unclear(), "unknown"));
        HUB.pass();
        HUB.purchases.lookedUp(answer(HUB.lookUp().get(0), "ok"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.count("purchase_order where lookups = 0")).isEqualTo(1);
        assertThat(kinds()).containsExactly("find-order");
    }

    @Test
    void hub_that_died_between_attempt_and_answer_looks_up_first() {
        HUB.sending();
        HUB.recover();
        assertThat(HUB.state()).as("its deadline has not passed").isEqualTo(OrderState.PO_SENDING);
        HUB.pass();
        HUB.recover();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.place()).as("the job of the dead hub sends nothing").isEmpty();
        assertThat(kinds()).containsExactly("find-order");
    }

    @Test
    void job_that_is_claimed_again_while_the_send_is_under_way_sends_nothing() {
        HUB.sending();
        HUB.sql.sql("update job set lease_until = now() - interval '1 second'").update();
        HUB.jobs.recover();
        assertThat(HUB.place()).isEmpty();
        assertThat(HUB.state()).isEqualTo(OrderState.PO_SENDING);
    }

    @Test
    void acceptance_that_comes_late_is_believed() {
        JsonNode task = HUB.sending();
        HUB.pass();
        HUB.recover();
        HUB.purchases.answered(accepted(task, "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        HUB.purchases.answered(accepted(task, "S1"));
        HUB.pass();
        assertThat(HUB.lookUp()).isEmpty();
        assertThat(HUB.count("supplier_order")).isEqualTo(1);
    }

    @Test
    void late_acceptance_stops_the_second_send() {
        JsonNode task = HUB.sending();
        HUB.purchases.answered(answer(task, "unknown"));
        findNothingTwice();
        HUB.purchases.answered(accepted(task, "S1"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_CONFIRMED);
        assertThat(HUB.place()).isEmpty();
    }

    @Test
    void late_acceptance_while_the_second_send_is_under_way_goes_to_a_person() {
        JsonNode first = HUB.sending();
        HUB.purchases.answered(answer(first, "unknown"));
        findNothingTwice();
        JsonNode second = HUB.placeOne();
        HUB.purchases.answered(accepted(first, "S1"));
        HUB.purchases.answered(accepted(second, "S2"));
        assertThat(HUB.state()).isEqualTo(OrderState.REVIEW);
        assertThat(HUB.reason()).contains("S1").contains("S2");
    }

    @Test
    void late_answer_that_is_no_acceptance_moves_nothing() {
        JsonNode task = HUB.sending();
        HUB.pass();
        HUB.recover();
        HUB.purchases.answered(answer(task, "retry"));
        HUB.purchases.answered(answer(task, "final"));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_UNKNOWN);
        assertThat(HUB.count("journal where reason like 'late answer%'")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void answer_nobody_asked_for_moves_nothing() {
        JsonNode task = HUB.sending();
        ObjectNode forged = accepted(task, "S1");
        ObjectNode item = task.deepCopy();
        ((ObjectNode) item.path("job")).put("fence", 99);
        HUB.purchases.answered(forged.set("item", item));
        assertThat(HUB.state()).isEqualTo(OrderState.PO_SENDING);
        assertThat(HUB.count("supplier_order")).isZero();
    }

    @Test
    void workers_that_race_place_each_of_200_orders_once() throws Exception {
        HUB.receive(IntStream.range(0, 200)
                .mapToObj(n -> order("o" + n, line("l" + n)))
                .toArray(JsonNode[]::new));
        HUB.acknowledge();
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        Callable<Boolean> worker = () -> {
            for (List<Job> some = claim(); !some.isEmpty(); some = claim()) {
                for (JsonNode task : HUB.purchases.tasks(some)) {
                    sent.add(task.path("clientRef").asText());
                    HUB.purchases.answered(
                            accepted(task, "S" + task.path("lineId").asText()));
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (Future<Boolean> end : threads.invokeAll(Collections.nCopies(4, worker))) {
            end.get();
        }
        threads.shutdown();
        assertThat(sent).hasSize(200).doesNotHaveDuplicates();
        assertThat(HUB.orders.counts()).containsEntry(OrderState.PO_CONFIRMED, 200L);
        assertThat(HUB.journal.verify()).isEmpty();
    }

    @Test
    void two_workers_with_the_same_jobs_send_once() throws Exception {
        HUB.receive(IntStream.range(0, 50)
                .mapToObj(n -> order("o" + n, line("l" + n)))
                .toArray(JsonNode[]::new));
        HUB.acknowledge();
        List<Job> same = HUB.jobs.claim("acme", "place-order", 100);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<JsonNode> sent = new ArrayList<>();
        Callable<List<JsonNode>> worker = () -> HUB.purchases.tasks(same);
        for (Future<List<JsonNode>> tasks : threads.invokeAll(Collections.nCopies(2, worker))) {
            sent.addAll(tasks.get());
        }
        threads.shutdown();
        assertThat(sent).hasSize(50);
        assertThat(HUB.count("po_attempt")).isEqualTo(50);
    }

    @Test
    void line_whose_job_was_lost_is_found_again_and_one_whose_job_died_goes_to_a_person() {
        HUB.receive(order("o1", line("l1"), line("l2")));
        HUB.acknowledge();
        HUB.sql
                .sql("delete from job where payload ->> 'clientRef' in"
                        + " (select client_ref from order_line where line_id = 'l1')")
                .update();
        HUB.jobs.claim("acme", "place-order", 9).forEach(job -> HUB.jobs.dead(job.id(), job.fence(), "poison"));
        HUB.sql
                .sql("update order_line set changed_at = now() - interval '1 hour'")
                .update();
        HUB.pass();
        HUB.recover();
        assertThat(kinds()).containsExactly("place-order");
        assertThat(HUB.state("l1")).isEqualTo(OrderState.PO_READY);
        assertThat(HUB.state("l2")).isEqualTo(OrderState.REVIEW);
    }

    @Test
    void tasks_inside_of_a_transaction_are_refused() {
        TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(HUB.database));
        assertThatThrownBy(() -> outer.execute(status -> HUB.purchases.tasks(List.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void state_that_may_not_follow_is_refused() {
        assertThatThrownBy(() -> OrderState.PO_UNKNOWN.to(OrderState.PO_SENDING, "line"))
                .isInstanceOf(IllegalOrderStateException.class)
                .hasMessage("line is PO_UNKNOWN and cannot become PO_SENDING");
    }

    private static List<Job> claim() {
        return HUB.jobs.claim("acme", "place-order", 7);
    }

    /** The look-up of a send that ended unclear. */
    private static JsonNode unclear() {
        HUB.purchases.answered(answer(HUB.sending(), "unknown"));
        HUB.pass();
        return HUB.lookUp().get(0);
    }

    private static void findNothingTwice() {
        for (int lookUps = 0; lookUps < 2; lookUps++) {
            HUB.pass();
            HUB.purchases.lookedUp(found(HUB.lookUp().get(0)));
        }
    }

    private static List<String> kinds() {
        return HUB.sql
                .sql("select kind from job order by id")
                .query(String.class)
                .list();
    }
}
