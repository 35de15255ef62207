package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import hub.queue.NewJob;
import hub.queue.Priority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that markets are called for.
 *
 * <p>Many go out in one call. When a market refuses such a call as a whole, each of its jobs is marked {@code alone}
 * and goes out in a call of its own, so that a bad item holds up itself only.
 */
final class MarketJobs {

    private static final String ALONE = "alone";

    private MarketJobs() {}

    /** The market is to be told that we have a line. */
    static NewJob acknowledge(OrderKey key, @Nullable Instant runAt) {
        ObjectNode payload = Rows.object()
                .put("market", key.market())
                .put("orderId", key.orderId())
                .put("lineId", key.lineId());
        return new NewJob("acknowledge-order", key.market(), key.toString(), Priority.HIGH, runAt, payload);
    }

    /** An order is to be read again; one job for all of its lines. */
    static NewJob reread(OrderKey key) {
        ObjectNode payload = Rows.object().put("market", key.market()).put("orderId", key.orderId());
        String order = key.market() + "/" + key.orderId();
        return new NewJob("reread-order", key.market(), order, Priority.HIGH, null, payload);
    }

    /** A tracking number is to be uploaded. */
    static NewJob upload(OrderKey key, String clientRef, String trackingNo, @Nullable Instant runAt) {
        ObjectNode payload = Rows.object().put("clientRef", clientRef).put("trackingNo", trackingNo);
        String number = clientRef + "/" + trackingNo;
        return new NewJob("upload-tracking", key.market(), number, Priority.HIGH, runAt, payload);
    }

    /** The jobs that may share the next call: one that has to be alone, or all. The others are put back. */
    static List<Job> together(Ledger ledger, Work work, List<Job> claimed) {
        List<Job> first = claimed.stream()
                .filter(job -> job.payload().path(ALONE).asBoolean())
                .limit(1)
                .toList();
        if (first.isEmpty()) {
            return claimed;
        }
        claimed.stream()
                .filter(job -> !first.contains(job))
                .forEach(job ->
                        ledger.jobs().retry(job.id(), job.fence(), work.now(), "waits for one that is sent alone"));
        return first;
    }

    /** Puts a job back that was refused together with others. */
    static void putBackAlone(Ledger ledger, Work work, Claimed claim, NewJob job, String reason) {
        if (ledger.jobs().retry(claim.id(), claim.fence(), work.now(), "together with others: " + Rows.cut(reason))) {
            ((ObjectNode) job.payload()).put(ALONE, true);
            work.enqueue(job);
        }
    }
}
