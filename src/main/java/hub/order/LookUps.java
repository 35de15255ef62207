package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Asks suppliers whether they have a purchase order whose send ended unclear. */
@Component
class LookUps {

    private static final int MUST_FIND_NOTHING = 2;

    /** Numbers that belong to other purchase orders. */
    private static final String TAKEN = """
            select supplier_order_id from supplier_order
            where supplier = :supplier and client_ref <> :ref
              and supplier_order_id in (select jsonb_array_elements_text(:ids::jsonb))
            """;

    /** Purchase orders that may be what a look-up by resemblance finds, and whose own answer is still awaited. */
    private static final String TWINS = """
            select count(*) from purchase_order p
            join order_line l using (market, order_id, line_id)
            join purchase_order mine on mine.client_ref = :ref
            join order_line m on (m.market, m.order_id, m.line_id) = (mine.market, mine.order_id, mine.line_id)
            where p.supplier = mine.supplier and p.client_ref <> mine.client_ref and p.state = 'PO_SENDING'
              and l.sku = m.sku and p.quantity = mine.quantity
            """;

    private final Ledger ledger;

    LookUps(Ledger ledger) {
        this.ledger = ledger;
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("look-up", work -> {
            Map<String, Job> jobs = Sends.byRef(claimed);
            Map<String, Purchase> purchases = new TreeMap<>();
            work.lockPurchases(jobs.keySet()).forEach(purchase -> purchases.put(purchase.clientRef(), purchase));
            Map<String, ObjectNode> tasks = Tasks.of(work, jobs.keySet());
            List<JsonNode> out = new ArrayList<>();
            jobs.forEach((ref, job) -> {
                Purchase purchase = purchases.get(ref);
                ObjectNode task = tasks.get(ref);
                if (purchase == null || task == null || !purchase.is(OrderState.PO_UNKNOWN)) {
                    ledger.jobs().done(job.id(), job.fence());
                } else if (!purchase.isDue(work.now())) {
                    Instant notBefore = Objects.requireNonNull(purchase.notBefore());
                    ledger.jobs().retry(job.id(), job.fence(), notBefore, "not before " + notBefore);
                } else {
                    purchase.awaits(Claimed.of(job));
                    out.add(task.set("job", Claimed.of(job).document()));
                }
            });
            return out;
        });
    }

    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        String ref = answer.item().path("clientRef").asText();
        Claimed claim = Claimed.of(answer.item());
        ledger.run(
                "look-up",
                work -> work.lockPurchase(ref)
                        .ifPresentOrElse(purchase -> take(work, purchase, answer, claim), () -> done(claim)));
    }

    private void take(Work work, Purchase purchase, CallResult answer, Claimed claim) {
        boolean readable = answer.result().path("found").isArray();
        Set<String> found = new LinkedHashSet<>();
        answer.result()
                .path("found")
                .forEach(one -> found.add(one.path("supplierOrderId").asText()));
        found.remove("");
        found.removeAll(taken(work, purchase, found));
        if (readable || answer.outcome().equals("final")) {
            work.line(purchase).put("looked_up_at", work.now().toString());
        }
        boolean exact = answer.result().path("exact").asBoolean(true);
        boolean awaited = purchase.is(OrderState.PO_UNKNOWN) && purchase.isAwaiting(claim);
        if (!found.isEmpty() && exact) {
            found(work, purchase, List.copyOf(found), answer.result().path("found"));
            done(claim);
        } else if (!awaited) {
            purchase.note("late look-up: " + answer.outcome() + " " + answer.reason() + String.join(", ", found));
            done(claim);
        } else if (!found.isEmpty()) {
            resembling(work, purchase, List.copyOf(found), claim);
        } else if (readable) {
            foundNothing(work, purchase, claim, exact);
        } else if (answer.outcome().equals("final")) {
            purchase.answered();
            work.line(purchase).review("may have been bought, and cannot be looked up: " + answer.reason());
            done(claim);
        } else {
            Instant at = answer.verdict().again(work.now(), ledger.options(), claim.attempt());
            ledger.jobs().retry(claim.id(), claim.fence(), at, answer.reason());
        }
    }

    private static void found(Work work, Purchase purchase, List<String> ids, JsonNode documents) {
        boolean open = purchase.is(OrderState.PO_UNKNOWN) || purchase.is(OrderState.PO_READY);
        if (ids.size() == 1 && open) {
            JsonNode document = Rows.object();
            for (JsonNode one : documents) {
                document = one.path("supplierOrderId").asText().equals(ids.get(0)) ? one : document;
            }
            Answers.confirm(work, purchase, ids, document, "look-up");
            return;
        }
        List<String> more = Answers.keep(work, purchase, ids, "look-up");
        if (open || !more.isEmpty()) {
            work.line(purchase).review("the supplier has it as " + String.join(" and ", ids));
        }
    }

    private static Set<String> taken(Work work, Purchase purchase, Set<String> found) {
        if (found.isEmpty()) {
            return Set.of();
        }
        // One look-up of a supplier at a time: two that saw the same free order would both take it.
        work.database()
                .sql("select pg_advisory_xact_lock(hashtext('look-ups of ' || :supplier))")
                .param("supplier", purchase.supplier())
                .query(row -> {});
        return Set.copyOf(work.database()
                .sql(TAKEN)
                .param("supplier", purchase.supplier())
                .param("ref", purchase.clientRef())
                .param("ids", Rows.texts(found))
                .query(String.class)
                .list());
    }

    private static boolean hasTwins(Work work, Purchase purchase) {
        return work.database()
                        .sql(TWINS)
                        .param("ref", purchase.clientRef())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Orders that look like ours but do not carry our number: only a single one is believed. */
    private void resembling(Work work, Purchase purchase, List<String> ids, Claimed claim) {
        if (hasTwins(work, purchase)) {
            Instant later = work.now().plus(ledger.options().lookupSpacing());
            ledger.jobs().retry(claim.id(), claim.fence(), later, "what is found may be one that is being sent");
            return;
        }
        purchase.answered();
        done(claim);
        if (ids.size() == 1) {
            Answers.confirm(work, purchase, ids, Rows.object(), "look-up");
        } else {
            work.line(purchase)
                    .review("may have been bought; the supplier has " + String.join(" and ", ids)
                            + ", which look alike and do not carry our number");
        }
    }

    private void foundNothing(Work work, Purchase purchase, Claimed claim, boolean exact) {
        purchase.answered();
        purchase.raise("lookups");
        if (purchase.number("lookups") < MUST_FIND_NOTHING) {
            Instant again = work.now().plus(ledger.options().lookupSpacing());
            purchase.put("not_before", again.toString());
            purchase.note("not found; looked up again at " + again);
            if (!ledger.jobs().retry(claim.id(), claim.fence(), again, "not found yet")) {
                work.enqueue("find-order", purchase, again);
            }
            return;
        }
        done(claim);
        if (!exact) {
            work.line(purchase)
                    .review("may have been bought; looked up twice by what it looks like, and nothing was found");
            return;
        }
        if (purchase.number("unclear") >= ledger.options().maxUnclear()) {
            work.line(purchase)
                    .review(purchase.number("unclear") + " sends ended unclear, and none is found at the supplier");
            return;
        }
        purchase.put("lookups", 0);
        purchase.put("not_before", work.now().toString());
        purchase.move(OrderState.PO_READY, "looked up twice and not found", work.line(purchase));
        if (work.line(purchase).is(OrderState.PO_READY)) {
            work.enqueue("place-order", purchase, null);
        }
    }

    private void done(Claimed claim) {
        ledger.jobs().done(claim.id(), claim.fence());
    }
}
