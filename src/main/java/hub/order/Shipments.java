package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tracking numbers, from the supplier to the market. */
@Component
public class Shipments {

    private static final String AWAITING = """
            with next as (
              select client_ref from purchase_order
              where supplier = :supplier and state = 'PO_CONFIRMED' and not tracked
              order by coalesce(asked_at, created_at), client_ref limit :atMost for update skip locked),
            asked as (
              update purchase_order p set asked_at = clock_timestamp() from next where p.client_ref = next.client_ref
              returning p.*)
            select jsonb_build_object('clientRef', client_ref, 'supplier', supplier, 'supplierOrderId', supplier_order_id,
              'supplierOrderIds', (select coalesce(jsonb_agg(s.supplier_order_id order by s.found_at, s.supplier_order_id), '[]')
                from supplier_order s where s.client_ref = asked.client_ref),
              'market', market, 'orderId', order_id, 'lineId', line_id, 'createdAt', created_at)
            from asked order by client_ref
            """;

    private static final String REFS = """
            select jsonb_build_object('id', supplier_order_id, 'ref', client_ref) from supplier_order
            where supplier = :supplier and supplier_order_id in (select jsonb_array_elements_text(:ids::jsonb))
            """;

    private final Ledger ledger;
    private final Uploads uploads;
    private final UploadChecks checks;

    Shipments(Ledger ledger, Uploads uploads, UploadChecks checks) {
        this.ledger = ledger;
        this.uploads = uploads;
        this.checks = checks;
    }

    /**
     * Confirmed purchase orders of a supplier that have no tracking number yet; those asked for longest ago, or made
     * longest ago and never asked for, come first.
     */
    public List<JsonNode> awaiting(String supplier, int atMost) {
        return List.copyOf(Rows.read(ledger.database(), AWAITING, Map.of("supplier", supplier, "atMost", atMost)));
    }

    /** Stores what a supplier says about the parcels of purchase orders; the same again changes nothing. */
    public void tracked(String supplier, List<JsonNode> trackings) {
        ledger.run("tracking", work -> {
            Map<String, String> refs = refs(work, supplier, trackings);
            Set<String> named = new LinkedHashSet<>();
            trackings.forEach(tracking -> named.add(ref(tracking, refs)));
            Map<String, Purchase> purchases = new HashMap<>();
            work.lockPurchases(named).stream()
                    .filter(purchase -> purchase.supplier().equals(supplier))
                    .forEach(purchase -> purchases.put(purchase.clientRef(), purchase));
            for (JsonNode tracking : trackings) {
                Purchase purchase = purchases.get(ref(tracking, refs));
                if (purchase != null) {
                    tracked(work, purchase, tracking);
                }
            }
        });
    }

    private static Map<String, String> refs(Work work, String supplier, List<JsonNode> trackings) {
        List<String> ids = new ArrayList<>();
        trackings.forEach(tracking -> ids.add(tracking.path("supplierOrderId").asText("")));
        Map<String, String> refs = new HashMap<>();
        Rows.read(work.database(), REFS, Map.of("supplier", supplier, "ids", Rows.texts(ids)))
                .forEach(
                        row -> refs.put(row.path("id").asText(), row.path("ref").asText()));
        return refs;
    }

    private static String ref(JsonNode tracking, Map<String, String> refs) {
        String ref = Rows.text(tracking, "clientRef");
        return ref != null && !ref.isEmpty()
                ? ref
                : refs.getOrDefault(tracking.path("supplierOrderId").asText(), "");
    }

    private static void tracked(Work work, Purchase purchase, JsonNode tracking) {
        Line line = work.line(purchase);
        String orderId = Rows.text(tracking, "supplierOrderId");
        boolean open = purchase.is(OrderState.PO_UNKNOWN) || purchase.is(OrderState.PO_READY);
        if (open && orderId != null && !tracking.path("state").asText().equals("cancelled")) {
            Answers.confirm(work, purchase, List.of(orderId), tracking, "look-up");
        }
        if (!purchase.is(OrderState.PO_CONFIRMED)) {
            return;
        }
        String number = tracking.path("trackingNo").asText("").strip();
        String courier = tracking.path("courier").asText("").strip();
        switch (tracking.path("state").asText()) {
            case "cancelled" -> cancelled(purchase, line, orderId);
            case "shipped" -> {
                if (!number.isEmpty() && !courier.isEmpty() && store(work, purchase, tracking, number, courier)) {
                    shipped(work, purchase, line, number);
                }
            }
            default -> {
                // Not shipped yet.
            }
        }
    }

    private static void cancelled(Purchase purchase, Line line, @Nullable String orderId) {
        String what = "the supplier cancelled order " + orderId;
        if (!purchase.isTracked()) {
            purchase.move(OrderState.PO_REJECTED, what, line);
        }
        line.review(what);
    }

    private static boolean store(Work work, Purchase purchase, JsonNode tracking, String number, String courier) {
        return work.database()
                        .sql("""
                        insert into shipment (client_ref, tracking_no, courier, shipped_at)
                        values (:ref, :number, :courier, :shippedAt::timestamptz)
                        on conflict (client_ref, tracking_no) do nothing
                        """)
                        .param("ref", purchase.clientRef())
                        .param("number", number)
                        .param("courier", courier)
                        .param("shippedAt", Rows.text(tracking, "shippedAt"))
                        .update()
                == 1;
    }

    private static void shipped(Work work, Purchase purchase, Line line, String number) {
        boolean second = purchase.isTracked();
        purchase.note("shipped as " + number);
        purchase.tracked();
        if (second) {
            line.review("the supplier gave a second tracking number, " + number + "; the market has one place for it");
        } else if (line.is(OrderState.PO_CONFIRMED)) {
            line.move(OrderState.SHIPPED, "");
            work.upload(line, purchase.clientRef(), number, null);
        } else {
            line.note("shipped as " + number);
        }
    }

    /** Asks again for the upload of a line that has been shipped. */
    static void ask(Work work, Line line) {
        work.purchase(line)
                .ifPresent(purchase -> Rows.read(
                                work.database(),
                                "select to_jsonb(s) from shipment s where client_ref = :ref and state <> 'uploaded' order by found_at limit 1",
                                Map.of("ref", purchase.clientRef()))
                        .forEach(shipment -> work.upload(
                                line,
                                purchase.clientRef(),
                                shipment.path("tracking_no").asText(),
                                null)));
    }

    /** The tracking numbers to be uploaded now, from jobs {@code upload-tracking}. */
    public List<JsonNode> uploadTasks(List<Job> claimed) {
        return uploads.tasks(claimed);
    }

    /** What the market said to one upload or a list of them. */
    public void uploaded(JsonNode callResult) {
        uploads.answered(callResult);
    }

    /** The refused tracking numbers that the market may have all the same, from jobs {@code check-upload}. */
    public List<JsonNode> checkTasks(List<Job> claimed) {
        return checks.tasks(claimed);
    }

    /** Which of them the market shows: {@code {"uploaded": [lineId...], "failed": [{lineId, reason}...]}}. */
    public void checked(JsonNode callResult) {
        checks.answered(callResult);
    }
}
