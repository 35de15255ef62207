package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import hub.queue.NewJob;
import hub.time.Seoul;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tracking numbers on their way to the market. Sending the same number twice does no harm. */
@Component
class Uploads {

    private static final String SHIPMENTS = """
            select to_jsonb(s) from shipment s
            where client_ref in (select jsonb_array_elements_text(:refs::jsonb))
            """;

    /** Cancels that are newer than the last decision about the line. */
    private static final String CLAIMED = """
            select jsonb_build_object('market', l.market, 'orderId', l.order_id, 'lineId', l.line_id)
            from order_line l join claim c on c.market = l.market and c.order_id = l.order_id
              and coalesce(c.line_id, l.line_id) = l.line_id and coalesce(c.ack_id, l.ack_id) = l.ack_id
              and coalesce(c.market_option_id, l.market_option_id) = l.market_option_id
            where l.client_ref in (select jsonb_array_elements_text(:refs::jsonb))
              and c.kind = 'cancel' and c.state = 'requested' and c.changed_at >= l.changed_at
            """;

    private final Ledger ledger;
    private final Couriers couriers;

    Uploads(Ledger ledger, Couriers couriers) {
        this.ledger = ledger;
        this.couriers = couriers;
    }

    List<JsonNode> tasks(List<Job> claimed) {
        return ledger.change("upload", work -> {
            Set<String> refs = new HashSet<>();
            List<Job> jobs = MarketJobs.together(ledger, work, claimed);
            jobs.forEach(job -> refs.add(ref(job)));
            Map<String, Purchase> purchases = new HashMap<>();
            work.lockPurchases(refs).forEach(purchase -> purchases.put(purchase.clientRef(), purchase));
            Map<String, ObjectNode> shipments = new HashMap<>();
            Rows.read(work.database(), SHIPMENTS, Map.of("refs", Rows.texts(refs)))
                    .forEach(row -> shipments.put(
                            row.path("client_ref").asText() + "/"
                                    + row.path("tracking_no").asText(),
                            row));
            Set<OrderKey> held = new HashSet<>();
            Rows.read(work.database(), CLAIMED, Map.of("refs", Rows.texts(refs)))
                    .forEach(row -> held.add(OrderKey.of(row)));
            Map<OrderKey, Box> boxes = Box.of(work, refs);
            List<JsonNode> tasks = new ArrayList<>();
            for (Job job : jobs) {
                Purchase purchase = purchases.get(ref(job));
                ObjectNode shipment = shipments.get(
                        ref(job) + "/" + job.payload().path("trackingNo").asText());
                JsonNode task = purchase == null ? null : task(work, work.line(purchase), shipment, job, held, boxes);
                if (task == null) {
                    ledger.jobs().done(job.id(), job.fence());
                } else {
                    tasks.add(task);
                }
            }
            mark(work, tasks, "uploading", "");
            return tasks;
        });
    }

    private static String ref(Job job) {
        return job.payload().path("clientRef").asText();
    }

    private @Nullable JsonNode task(
            Work work,
            Line line,
            @Nullable ObjectNode shipment,
            Job job,
            Set<OrderKey> held,
            Map<OrderKey, Box> boxes) {
        boolean mayGo = line.is(OrderState.SHIPPED) || line.is(OrderState.TRACKING_SENDING);
        if (!mayGo || shipment == null) {
            return null;
        }
        if (held.contains(line.key())) {
            line.review("the buyer asks to cancel; the tracking number was not uploaded");
            return null;
        }
        String courier = shipment.path("courier").asText();
        String code = couriers.code(line.key().market(), courier).orElse(null);
        if (code == null) {
            line.review("no code of " + line.key().market() + " for courier " + courier + "; couriers.csv names them");
            return null;
        }
        String number = shipment.path("tracking_no").asText();
        String problem = couriers.problem(line.key().market(), courier, number).orElse(null);
        if (problem != null) {
            line.review(problem);
            return null;
        }
        Box box = boxes.getOrDefault(line.key(), Box.ALONE);
        if (!box.mayGo(work, line, shipment)) {
            return null;
        }
        if (line.is(OrderState.SHIPPED)) {
            line.move(OrderState.TRACKING_SENDING, "");
        }
        ObjectNode task = Rows.object()
                .put("market", line.key().market())
                .put("orderId", line.key().orderId())
                .put("lineId", line.key().lineId())
                .put("ackId", line.text("ack_id"))
                .put("marketOptionId", line.text("market_option_id"))
                .put("clientRef", ref(job))
                .put("courier", code)
                .put("trackingNo", number)
                .put("today", Seoul.day(work.now()).toString())
                .put("broken", box.isBroken(number));
        box.with(number).forEach(task.putArray("with")::add);
        box.later(number).forEach(task.putArray("later")::add);
        return task.set("job", Claimed.of(job).document());
    }

    /** Takes the answer to one task or a list of them. */
    void answered(JsonNode callResult) {
        CallResult answer = new CallResult(callResult);
        ledger.run("upload", work -> {
            Map<OrderKey, JsonNode> tasks = new TreeMap<>();
            answer.items().forEach(task -> tasks.put(OrderKey.of(task), task));
            work.lock(tasks.keySet());
            if (answer.isRefused() && tasks.size() > 1) {
                tasks.forEach((key, task) ->
                        work.find(key).ifPresent(line -> putBackAlone(work, line, task, answer.reason())));
                return;
            }
            Set<String> done = new HashSet<>();
            answer.result().path("uploaded").forEach(id -> done.add(id.asText()));
            Map<String, JsonNode> failed = new HashMap<>();
            answer.result()
                    .path("failed")
                    .forEach(one -> failed.put(one.path("lineId").asText(), one));
            tasks.forEach((key, task) -> work.find(key).ifPresent(line -> {
                JsonNode refused = failed.get(key.lineId());
                boolean mayHaveIt = refused != null && refused.path("check").asBoolean();
                take(work, line, task, answer.verdict(done.contains(key.lineId()), refused), mayHaveIt);
            }));
        });
    }

    private void putBackAlone(Work work, Line line, JsonNode task, String reason) {
        NewJob alone = MarketJobs.upload(
                line.key(),
                task.path("clientRef").asText(),
                task.path("trackingNo").asText(),
                null);
        MarketJobs.putBackAlone(ledger, work, Claimed.of(task), alone, reason);
        if (line.is(OrderState.TRACKING_SENDING)) {
            line.move(OrderState.SHIPPED, reason);
        }
    }

    private void take(Work work, Line line, JsonNode task, Verdict verdict, boolean mayHaveIt) {
        Claimed claim = Claimed.of(task);
        if (verdict.isDone()) {
            ledger.jobs().done(claim.id(), claim.fence());
            mark(work, List.of(task), "uploaded", "");
            uploaded(line, task.path("trackingNo").asText());
        } else if (verdict.isRepeatable()) {
            boolean mine = ledger.jobs()
                    .retry(
                            claim.id(),
                            claim.fence(),
                            verdict.again(work.now(), ledger.options(), claim.attempt()),
                            verdict.reason());
            // After an unknown answer the market may have it: the line stays where it is, and the number is sent again.
            if (mine && verdict.outcome().equals("retry") && line.is(OrderState.TRACKING_SENDING)) {
                line.move(OrderState.SHIPPED, verdict.reason());
            }
        } else if (ledger.jobs().done(claim.id(), claim.fence()) && line.is(OrderState.TRACKING_SENDING)) {
            if (mayHaveIt) {
                UploadChecks.ask(work, task, verdict.reason());
                line.note("refused, and read back: " + verdict.reason());
                return;
            }
            mark(work, List.of(task), "failed", verdict.reason());
            line.review("the market refused the tracking number: " + verdict.reason());
        }
    }

    static void uploaded(Line line, String number) {
        if (line.is(OrderState.SHIPPED)) {
            line.move(OrderState.TRACKING_SENDING, "late answer");
        }
        if (line.is(OrderState.TRACKING_SENDING)) {
            line.move(OrderState.TRACKED, "");
            line.move(OrderState.DONE, "");
        } else {
            line.note("tracking number " + number + " is uploaded");
        }
    }

    static void mark(Work work, List<JsonNode> tasks, String state, String reason) {
        if (tasks.isEmpty()) {
            return;
        }
        work.database()
                .sql("""
                        update shipment s set state = :state, reason = nullif(:reason, ''), changed_at = now()
                        from jsonb_to_recordset(:tasks::jsonb) as t("clientRef" text, "trackingNo" text)
                        where s.client_ref = t."clientRef" and s.tracking_no = t."trackingNo" and s.state <> 'uploaded'
                        """)
                .param("state", state)
                .param("reason", Rows.cut(reason))
                .param("tasks", Rows.array(tasks, task -> task))
                .update();
    }
}
