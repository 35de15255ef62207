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
        if (!found.isEmpty()) {
            found(
                    work,
                    purchase,
                    List.copyOf(found),
                    answer.result().path("found").path(0));
            done(claim);
        } else if (!purchase.is(OrderState.PO_UNKNOWN) || !purchase.isAwaiting(claim)) {
            purchase.note("late look-up: " + answer.outcome() + " " + answer.reason());
            done(claim);
        } else if (readable) {
            foundNothing(work, purchase, claim);
        } else if (answer.outcome().equals("final")) {
            purchase.answered();
            work.line(purchase).review("may have been bought, and cannot be looked up: " + answer.reason());
            done(claim);
        } else {
            Instant at = answer.verdict().again(work.now(), ledger.options(), claim.attempt());
            ledger.jobs().retry(claim.id(), claim.fence(), at, answer.reason());
        }
    }

    private static void found(Work work, Purchase purchase, List<String> ids, JsonNode first) {
        boolean open = purchase.is(OrderState.PO_UNKNOWN) || purchase.is(OrderState.PO_READY);
        if (ids.size() == 1 && open) {
            Answers.confirm(work, purchase, ids, first, "look-up");
            return;
        }
        List<String> more = Answers.keep(work, purchase, ids, "look-up");
        if (open || !more.isEmpty()) {
            work.line(purchase).review("the supplier has it as " + String.join(" and ", ids));
        }
    }

    private void foundNothing(Work work, Purchase purchase, Claimed claim) {
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
