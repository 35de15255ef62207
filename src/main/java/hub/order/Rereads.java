package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Orders that are read once more between their acknowledgement and the purchase: until then the buyer could change the
 * address. A line waits in VALIDATED, and is not bought before it was read. So does one whose acknowledgement was
 * refused and may have arrived before; it is bought only if its order shows it as acknowledged.
 */
@Component
class Rereads {

    private final Ledger ledger;

    Rereads(Ledger ledger) {
        this.ledger = ledger;
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("market", work -> {
            List<JsonNode> tasks = new ArrayList<>();
            Map<String, Job> jobs = new TreeMap<>();
            MarketJobs.together(ledger, work, claimed)
                    .forEach(job -> jobs.put(job.payload().path("orderId").asText(), job));
            if (jobs.isEmpty()) {
                return tasks;
            }
            Map<String, List<Line>> waiting = new HashMap<>();
            work.lockOrders(claimed.get(0).partner(), jobs.keySet()).stream()
                    .filter(line -> line.is(OrderState.VALIDATED))
                    .forEach(line -> waiting.computeIfAbsent(line.key().orderId(), id -> new ArrayList<>())
                            .add(line));
            jobs.forEach((orderId, job) -> {
                List<Line> lines = waiting.getOrDefault(orderId, List.of());
                lines.forEach(line -> tasks.add(task(line, job)));
                if (lines.isEmpty()) {
                    ledger.jobs().done(job.id(), job.fence());
                }
            });
            return tasks;
        });
    }

    private static JsonNode task(Line line, Job job) {
        return Rows.object()
                .put("market", line.key().market())
                .put("account", line.text("account"))
                .put("orderId", line.key().orderId())
                .put("lineId", line.key().lineId())
                .put("ackId", line.text("ack_id"))
                .set("job", Claimed.of(job).document());
    }

    /** Takes the answer to one task or a list of them. */
    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        Map<Claimed, List<JsonNode>> jobs = new LinkedHashMap<>();
        answer.items()
                .forEach(task -> jobs.computeIfAbsent(Claimed.of(task), claim -> new ArrayList<>())
                        .add(task));
        if (jobs.isEmpty()) {
            return;
        }
        ledger.run("market", work -> {
            switch (answer.outcome()) {
                case "ok" -> read(work, answer, jobs);
                case "final" -> refused(work, answer, jobs);
                default -> jobs.keySet().forEach(claim -> again(work, claim, answer.verdict()));
            }
        });
    }

    private void read(Work work, CallResult answer, Map<Claimed, List<JsonNode>> jobs) {
        Set<OrderKey> seen = take(work, answer);
        Set<String> cancelled = new HashSet<>();
        answer.result().path("cancelled").forEach(id -> cancelled.add(id.asText()));
        List<Line> ready = new ArrayList<>();
        jobs.forEach((claim, tasks) -> {
            boolean settled = true;
            for (JsonNode task : tasks) {
                settled &= settled(work, OrderKey.of(task), seen, cancelled, ready);
            }
            if (settled) {
                ledger.jobs().done(claim.id(), claim.fence());
            } else {
                again(work, claim, new Verdict("unknown", "the answer does not mention it", answer.item()));
            }
        });
        Guards.ready(work, ready);
    }

    /** Takes in what was read as a poll would. The lines that it showed. */
    private static Set<OrderKey> take(Work work, CallResult answer) {
        Map<String, String> accounts = new TreeMap<>();
        answer.items()
                .forEach(task -> accounts.put(
                        task.path("orderId").asText(), task.path("account").asText("main")));
        String market = answer.items().get(0).path("market").asText();
        Intake.oneAtATime(work, market);
        work.lockOrders(market, accounts.keySet());
        Map<String, List<JsonNode>> orders = new TreeMap<>();
        answer.result()
                .path("orders")
                .forEach(order -> orders.computeIfAbsent(
                                accounts.getOrDefault(order.path("orderId").asText(), ""), id -> new ArrayList<>())
                        .add(order));
        orders.remove("");
        Set<OrderKey> seen = new HashSet<>();
        orders.forEach((account, ofAccount) -> {
            Intake intake = new Intake(work, market, account);
            intake.take(ofAccount);
            seen.addAll(intake.seen());
        });
        List<JsonNode> claims = new ArrayList<>();
        answer.result().path("claims").forEach(claims::add);
        if (!claims.isEmpty()) {
            Claims.receive(work, market, claims);
        }
        return seen;
    }

    /** Whether the line needs no further reading. */
    private static boolean settled(
            Work work, OrderKey key, Set<OrderKey> seen, Set<String> cancelled, List<Line> ready) {
        Line line = work.find(key).filter(one -> one.is(OrderState.VALIDATED)).orElse(null);
        if (line == null) {
            return true;
        }
        if (seen.contains(key) && line.isAcknowledged()) {
            ready.add(line);
        } else if (cancelled.contains(key.orderId())) {
            Course.cancelled(work, line, "market", "cancelled at the market");
        } else if (!line.isAcknowledged()) {
            line.review("the order was read again and is not acknowledged: " + line.text("reason"));
        } else if (seen.stream().anyMatch(other -> other.orderId().equals(key.orderId()))) {
            line.review("the market shows the order without this line after it was acknowledged");
        } else {
            return false;
        }
        return true;
    }

    private void refused(Work work, CallResult answer, Map<Claimed, List<JsonNode>> jobs) {
        work.lock(answer.items().stream().map(OrderKey::of).toList());
        jobs.forEach((claim, tasks) -> {
            if (jobs.size() > 1) {
                OrderKey any = OrderKey.of(tasks.get(0));
                MarketJobs.putBackAlone(ledger, work, claim, MarketJobs.reread(any), answer.reason());
                return;
            }
            ledger.jobs().done(claim.id(), claim.fence());
            tasks.forEach(task -> work.find(OrderKey.of(task))
                    .filter(line -> line.is(OrderState.VALIDATED))
                    .ifPresent(line ->
                            line.review("the order cannot be read again before it is bought: " + answer.reason())));
        });
    }

    private void again(Work work, Claimed claim, Verdict verdict) {
        ledger.jobs()
                .retry(
                        claim.id(),
                        claim.fence(),
                        verdict.again(work.now(), ledger.options(), claim.attempt()),
                        verdict.reason());
    }
}
