package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What suppliers say to purchase orders. */
@Component
class Answers {

    private final Ledger ledger;

    Answers(Ledger ledger) {
        this.ledger = ledger;
    }

    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        String ref = answer.item().path("clientRef").asText();
        Claimed claim = Claimed.of(answer.item());
        ledger.run("supplier", work -> {
            work.lockPurchase(ref).ifPresent(purchase -> {
                boolean ours = note(work, ref, claim, answer);
                if (purchase.is(OrderState.PO_SENDING) && purchase.isAwaiting(claim)) {
                    purchase.answered();
                    take(work, purchase, answer, claim);
                } else {
                    late(work, purchase, answer, ours);
                }
            });
            ledger.jobs().done(claim.id(), claim.fence());
        });
    }

    /** Keeps the outcome with its attempt. Whether there was one. */
    private static boolean note(Work work, String ref, Claimed claim, CallResult answer) {
        return work.database()
                        .sql("""
                        update po_attempt set outcome = coalesce(outcome, :outcome),
                          answered_at = coalesce(answered_at, clock_timestamp())
                        where client_ref = :ref and job_id = :job and fence = :fence
                        """)
                        .param("outcome", answer.outcome())
                        .param("ref", ref)
                        .param("job", claim.id())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }

    private void take(Work work, Purchase purchase, CallResult answer, Claimed claim) {
        Line line = work.line(purchase);
        switch (answer.outcome()) {
            case "ok" -> {
                List<String> ids = ids(answer);
                if (ids.isEmpty()) {
                    unclear(work, purchase, "accepted, but the answer names no order");
                } else {
                    confirm(work, purchase, ids, answer.result(), "answer");
                }
            }
            case "final" -> {
                purchase.move(OrderState.PO_REJECTED, answer.reason(), line);
                line.review("the supplier refused: " + answer.reason());
            }
            case "retry" -> again(work, purchase, answer, claim);
            default -> unclear(work, purchase, answer.reason());
        }
    }

    private void again(Work work, Purchase purchase, CallResult answer, Claimed claim) {
        Instant at = answer.verdict().again(work.now(), ledger.options(), claim.attempt());
        purchase.put("not_before", at.toString());
        purchase.move(OrderState.PO_READY, answer.reason(), work.line(purchase));
        if (work.line(purchase).is(OrderState.PO_READY)) {
            work.enqueue("place-order", purchase, at);
        }
    }

    private static List<String> ids(CallResult answer) {
        List<String> ids = new ArrayList<>();
        answer.result().path("supplierOrderIds").forEach(id -> ids.add(id.asText()));
        ids.removeIf(String::isBlank);
        return ids.stream().distinct().toList();
    }

    /** The supplier may have it: nothing happens before the settle window has passed and it was looked up. */
    static void unclear(Work work, Purchase purchase, String reason) {
        Instant settled = work.now().plus(work.options().settle());
        purchase.raise("unclear");
        purchase.put("lookups", 0);
        purchase.put("not_before", settled.toString());
        purchase.move(OrderState.PO_UNKNOWN, reason, work.line(purchase));
        work.enqueue("find-order", purchase, settled);
    }

    /** The supplier has it, under these numbers. */
    static void confirm(Work work, Purchase purchase, List<String> ids, JsonNode result, String source) {
        keep(work, purchase, ids, source);
        purchase.answered();
        purchase.put("supplier_order_id", ids.get(0));
        if (result.path("costWon").isIntegralNumber()) {
            purchase.put("cost_won", result.path("costWon").asLong());
        }
        Line line = work.line(purchase);
        purchase.move(OrderState.PO_CONFIRMED, source + ": " + String.join(", ", ids), line);
        if (!line.is(OrderState.PO_CONFIRMED)) {
            line.review("the supplier accepted it as " + String.join(", ", ids));
        }
    }

    /** Keeps numbers, and returns those not known before. */
    static List<String> keep(Work work, Purchase purchase, List<String> ids, String source) {
        return work.database()
                .sql("""
                        insert into supplier_order (client_ref, supplier_order_id, supplier, source)
                        select :ref, id, :supplier, :source from jsonb_array_elements_text(:ids::jsonb) id
                        on conflict do nothing returning supplier_order_id
                        """)
                .param("ref", purchase.clientRef())
                .param("supplier", purchase.supplier())
                .param("source", source)
                .param("ids", Rows.texts(ids))
                .query(String.class)
                .list();
    }

    /** An answer nobody waits for any more moves nothing, except that an acceptance is always believed. */
    private void late(Work work, Purchase purchase, CallResult answer, boolean ours) {
        List<String> ids = ids(answer);
        purchase.note("late answer: " + answer.outcome() + " " + answer.reason() + String.join(", ", ids));
        if (!ours || ids.isEmpty()) {
            return;
        }
        if (purchase.is(OrderState.PO_UNKNOWN) || purchase.is(OrderState.PO_READY)) {
            confirm(work, purchase, ids, answer.result(), "late answer");
            return;
        }
        List<String> more = keep(work, purchase, ids, "late answer");
        if (!more.isEmpty()) {
            work.line(purchase)
                    .review("a late answer says that the supplier accepted it as " + String.join(", ", more)
                            + ", while the purchase order is " + purchase.state());
        }
    }
}
