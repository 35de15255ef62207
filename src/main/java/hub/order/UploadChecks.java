package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import hub.queue.NewJob;
import hub.queue.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Tracking numbers that a market refused, perhaps because it has them from an upload whose answer was lost: what it
 * shows is read before a person is asked.
 */
@Component
class UploadChecks {

    private final Ledger ledger;

    UploadChecks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Asks for the market to be read. */
    static void ask(Work work, JsonNode task, String refusal) {
        ObjectNode payload = Rows.object().put("refusal", Rows.cut(refusal));
        for (String field :
                List.of("market", "orderId", "lineId", "ackId", "marketOptionId", "clientRef", "trackingNo")) {
            payload.put(field, task.path(field).asText());
        }
        String number =
                task.path("clientRef").asText() + "/" + task.path("trackingNo").asText();
        work.enqueue(new NewJob("check-upload", task.path("market").asText(), number, Priority.HIGH, null, payload));
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("upload", work -> {
            Map<OrderKey, Job> jobs = new TreeMap<>();
            claimed.forEach(job -> jobs.put(OrderKey.of(job.payload()), job));
            work.lock(jobs.keySet());
            List<JsonNode> tasks = new ArrayList<>();
            jobs.forEach((key, job) -> work.find(key)
                    .filter(line -> line.is(OrderState.TRACKING_SENDING))
                    .ifPresentOrElse(
                            line -> tasks.add(((ObjectNode) job.payload().deepCopy())
                                    .set("job", Claimed.of(job).document())),
                            () -> ledger.jobs().done(job.id(), job.fence())));
            return tasks;
        });
    }

    /** Takes the answer to one task or a list of them. */
    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        ledger.run("upload", work -> {
            Map<OrderKey, JsonNode> tasks = new TreeMap<>();
            answer.items().forEach(task -> tasks.put(OrderKey.of(task), task));
            work.lock(tasks.keySet());
            Set<String> shown = new HashSet<>();
            answer.result().path("uploaded").forEach(id -> shown.add(id.asText()));
            Map<String, JsonNode> missing = new HashMap<>();
            answer.result()
                    .path("failed")
                    .forEach(one -> missing.put(one.path("lineId").asText(), one));
            tasks.forEach((key, task) -> work.find(key)
                    .ifPresent(line -> take(
                            work,
                            line,
                            task,
                            answer.verdict(shown.contains(key.lineId()), missing.get(key.lineId())))));
        });
    }

    private void take(Work work, Line line, JsonNode task, Verdict verdict) {
        Claimed claim = Claimed.of(task);
        if (verdict.isRepeatable()) {
            ledger.jobs()
                    .retry(
                            claim.id(),
                            claim.fence(),
                            verdict.again(work.now(), ledger.options(), claim.attempt()),
                            verdict.reason());
            return;
        }
        boolean mine = ledger.jobs().done(claim.id(), claim.fence());
        if (verdict.isDone()) {
            Uploads.mark(work, List.of(task), "uploaded", "");
            Uploads.uploaded(line, task.path("trackingNo").asText());
        } else if (mine && line.is(OrderState.TRACKING_SENDING)) {
            String refusal = task.path("refusal").asText();
            Uploads.mark(work, List.of(task), "failed", refusal);
            line.review("the market refused the tracking number: " + refusal + "; " + verdict.reason());
        }
    }
}
