package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Purchase orders on their way out. */
@Component
class Sends {

    private static final String ATTEMPTS = """
            insert into po_attempt (client_ref, attempt, job_id, fence, deadline)
            select client_ref, attempts, job_id, fence, deadline
            from jsonb_populate_recordset(null::purchase_order, :purchases::jsonb)
            """;

    private final Ledger ledger;

    Sends(Ledger ledger) {
        this.ledger = ledger;
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("purchase", work -> {
            Map<String, Job> jobs = byRef(claimed);
            List<Purchase> due = due(work, jobs);
            return send(work, due, jobs);
        });
    }

    static Map<String, Job> byRef(List<Job> claimed) {
        Map<String, Job> jobs = new TreeMap<>();
        claimed.forEach(job -> jobs.put(job.payload().path("clientRef").asText(), job));
        return jobs;
    }

    private List<Purchase> due(Work work, Map<String, Job> jobs) {
        Map<String, Purchase> purchases = new TreeMap<>();
        work.lockPurchases(jobs.keySet()).forEach(purchase -> purchases.put(purchase.clientRef(), purchase));
        Optional<Instant> restoredAt = work.restoredAt();
        List<Purchase> due = new ArrayList<>();
        jobs.forEach((ref, job) -> {
            Purchase purchase = purchases.get(ref);
            if (purchase == null || !mayGo(work.line(purchase), purchase)) {
                ledger.jobs().done(job.id(), job.fence());
            } else if (!purchase.isDue(work.now())) {
                early(purchase, job);
            } else if (restoredAt.filter(work.line(purchase)::mayBeForgotten).isPresent()) {
                lookUp(work, purchase, restoredAt.get());
                ledger.jobs().done(job.id(), job.fence());
            } else {
                due.add(purchase);
            }
        });
        return due;
    }

    private static boolean mayGo(Line line, Purchase purchase) {
        return purchase.is(OrderState.PO_READY)
                && line.is(OrderState.PO_READY)
                && purchase.clientRef().equals(line.text("client_ref"));
    }

    private void early(Purchase purchase, Job job) {
        Instant notBefore = Objects.requireNonNull(purchase.notBefore());
        ledger.jobs().retry(job.id(), job.fence(), notBefore, "not before " + notBefore);
    }

    private List<JsonNode> send(Work work, List<Purchase> due, Map<String, Job> jobs) {
        if (due.isEmpty()) {
            return List.of();
        }
        Map<String, ObjectNode> tasks =
                Tasks.of(work, due.stream().map(Purchase::clientRef).toList());
        Map<OrderKey, Long> costs =
                Guards.costs(work, due.stream().map(work::line).toList());
        List<Purchase> sent = new ArrayList<>();
        List<JsonNode> out = new ArrayList<>();
        for (Purchase purchase : due) {
            Job job = Objects.requireNonNull(jobs.get(purchase.clientRef()));
            Line line = work.line(purchase);
            ObjectNode task = tasks.get(purchase.clientRef());
            String problem = problem(purchase, task, costs.get(line.key()));
            if (problem != null || task == null) {
                line.review(Objects.requireNonNullElse(problem, ""));
                ledger.jobs().done(job.id(), job.fence());
                continue;
            }
            leave(work, purchase, line, job);
            sent.add(purchase);
            task.put("deadline", String.valueOf(purchase.deadline()));
            out.add(task.set("job", Claimed.of(job).document()));
        }
        attempts(work, sent);
        return out;
    }

    /** Nobody here knows whether it was sent: not by this Postgres, which was set back. */
    private void lookUp(Work work, Purchase purchase, Instant restoredAt) {
        Instant settled = restoredAt.plus(ledger.options().settle());
        purchase.put("not_before", settled.toString());
        purchase.put("lookups", 0);
        purchase.move(
                OrderState.PO_UNKNOWN,
                "may have been bought before the database was set back; looked up before it is bought",
                work.line(purchase));
        work.enqueue("find-order", purchase, settled);
    }

    /** Read again because price and address may have changed since the line became ready. */
    private static @Nullable String problem(Purchase purchase, @Nullable ObjectNode task, @Nullable Long cost) {
        if (task == null) {
            return "the receiver is not known any more";
        }
        if (cost == null) {
            return "cost is not known any more, or the product is held (see /holds)";
        }
        long most = purchase.number("max_unit_cost_won");
        return cost > most ? "cost rose to " + cost + " won; at most " + most + " won leaves the margin" : null;
    }

    private void leave(Work work, Purchase purchase, Line line, Job job) {
        purchase.raise("attempts");
        purchase.awaits(Claimed.of(job));
        purchase.put(
                "deadline", work.now().plus(ledger.options().sendDeadline()).toString());
        purchase.move(OrderState.PO_SENDING, "", line);
    }

    private static void attempts(Work work, List<Purchase> sent) {
        if (!sent.isEmpty()) {
            work.database()
                    .sql(ATTEMPTS)
                    .param("purchases", Rows.array(sent, Purchase::row))
                    .update();
        }
    }
}
