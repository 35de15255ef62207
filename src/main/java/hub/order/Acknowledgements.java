package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Tells the market that we have a line, once it is committed. Repeating it does no harm: a market that refuses the
 * second one is asked what it has.
 */
@Component
class Acknowledgements {

    private final Ledger ledger;

    Acknowledgements(Ledger ledger) {
        this.ledger = ledger;
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("acknowledge", work -> {
            Map<OrderKey, Job> jobs = new TreeMap<>();
            MarketJobs.together(ledger, work, claimed).forEach(job -> jobs.put(OrderKey.of(job.payload()), job));
            work.lock(jobs.keySet());
            List<JsonNode> tasks = new ArrayList<>();
            jobs.forEach((key, job) -> work.find(key)
                    .filter(line -> line.is(OrderState.RECEIVED))
                    .ifPresentOrElse(
                            line -> tasks.add(task(line, job)),
                            () -> ledger.jobs().done(job.id(), job.fence())));
            return tasks;
        });
    }

    private static JsonNode task(Line line, Job job) {
        return Rows.object()
                .put("market", line.key().market())
                .put("orderId", line.key().orderId())
                .put("lineId", line.key().lineId())
                .put("ackId", line.text("ack_id"))
                .set("job", Claimed.of(job).document());
    }

    /** Takes the answer to one task or a list of them. */
    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        ledger.run("acknowledge", work -> {
            Map<OrderKey, JsonNode> tasks = new TreeMap<>();
            answer.items().forEach(task -> tasks.put(OrderKey.of(task), task));
            List<Line> locked = lock(work, tasks.keySet());
            if (answer.isRefused() && tasks.size() > 1) {
                tasks.forEach((key, task) -> putBackAlone(work, key, task, answer.reason()));
                return;
            }
            Set<String> done = new HashSet<>();
            answer.result().path("acknowledged").forEach(id -> done.add(id.asText()));
            Map<String, JsonNode> failed = new HashMap<>();
            answer.result()
                    .path("failed")
                    .forEach(one -> failed.put(one.path("ackId").asText(), one));
            List<Line> acknowledged = new ArrayList<>();
            tasks.forEach((key, task) -> work.find(key).ifPresent(line -> {
                String ackId = task.path("ackId").asText();
                Verdict verdict = answer.verdict(done.contains(ackId), failed.get(ackId));
                if (answered(work, line, task, verdict)) {
                    acknowledged.add(line);
                }
            }));
            acknowledged.forEach(line -> proceed(work, line, locked));
        });
    }

    /** With the other lines of their orders: a market may acknowledge several as one. */
    private static List<Line> lock(Work work, Set<OrderKey> keys) {
        Map<String, Set<String>> orders = new TreeMap<>();
        keys.forEach(key ->
                orders.computeIfAbsent(key.market(), market -> new HashSet<>()).add(key.orderId()));
        List<Line> locked = new ArrayList<>();
        orders.forEach((market, ids) -> locked.addAll(work.lockOrders(market, ids)));
        return locked;
    }

    private void putBackAlone(Work work, OrderKey key, JsonNode task, String reason) {
        MarketJobs.putBackAlone(ledger, work, Claimed.of(task), MarketJobs.acknowledge(key, null), reason);
    }

    /** The line and those acknowledged with it wait until the order was read again. */
    private static void proceed(Work work, Line line, List<Line> locked) {
        for (Line other : locked) {
            boolean together = other.key().orderId().equals(line.key().orderId())
                    && Objects.equals(other.text("ack_id"), line.text("ack_id"));
            if (together && other.is(OrderState.RECEIVED)) {
                other.acknowledged();
                other.move(OrderState.VALIDATED, "");
            }
        }
        work.reread(line);
    }

    /** Whether the line goes on now. */
    private boolean answered(Work work, Line line, JsonNode task, Verdict verdict) {
        Claimed claim = Claimed.of(task);
        if (verdict.isRepeatable()) {
            ledger.jobs()
                    .retry(
                            claim.id(),
                            claim.fence(),
                            verdict.again(work.now(), ledger.options(), claim.attempt()),
                            verdict.reason());
            return false;
        }
        boolean held = ledger.jobs().done(claim.id(), claim.fence());
        if (verdict.isDone()) {
            line.acknowledged();
        }
        if (!line.is(OrderState.RECEIVED)) {
            return false;
        }
        if (!verdict.isDone()) {
            refused(work, line, verdict.reason(), !held || claim.attempt() > 1);
            return false;
        }
        return true;
    }

    /** One that was sent before may have arrived then, and its answer been lost: the order says. */
    private static void refused(Work work, Line line, String why, boolean sentBefore) {
        String refusal = "the market refused the acknowledgement: " + why;
        if (!sentBefore) {
            line.review(refusal);
            return;
        }
        line.move(OrderState.VALIDATED, refusal);
        work.reread(line);
    }
}
