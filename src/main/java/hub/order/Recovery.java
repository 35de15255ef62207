package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Finds what nobody works on any more. */
@Component
class Recovery {

    private static final int AT_MOST = 500;

    private static final String EXPIRED = """
            select jsonb_build_object('ref', client_ref) from purchase_order
            where state = 'PO_SENDING' and deadline < clock_timestamp() order by deadline limit :atMost
            """;

    /** Lines that stand still without a job: it died, or somebody removed it. */
    private static final String FORGOTTEN = """
            select jsonb_build_object('market', l.market, 'orderId', l.order_id, 'lineId', l.line_id,
              'cause', (select cause from dead_letter d where d.kind = k.kind and d.dedupe_key = k.dedupe_key
                          and d.replayed_at is null and d.died_at > l.changed_at order by d.id desc limit 1))
            from order_line l
            left join purchase_order p on p.client_ref = l.client_ref
            cross join lateral (select
              case l.state when 'RECEIVED' then 'acknowledge-order' when 'VALIDATED' then 'reread-order' when 'PO_READY' then 'place-order'
                when 'PO_UNKNOWN' then 'find-order' else 'upload-tracking' end as kind,
              case l.state when 'RECEIVED' then l.market || '/' || l.order_id || '/' || l.line_id
                when 'VALIDATED' then l.market || '/' || l.order_id
                when 'PO_READY' then l.client_ref when 'PO_UNKNOWN' then l.client_ref
                else l.client_ref || '/' || (select tracking_no from shipment s
                  where s.client_ref = l.client_ref and s.state <> 'uploaded' order by found_at limit 1) end as dedupe_key) k
            where l.state in ('RECEIVED', 'VALIDATED', 'PO_READY', 'PO_UNKNOWN', 'SHIPPED', 'TRACKING_SENDING')
              and l.changed_at < now() - interval '1 minute' and (p.client_ref is null or p.not_before < now())
              and not exists (select 1 from job j where j.dedupe_key = k.dedupe_key
                and (j.kind = k.kind or (j.kind = 'check-upload' and k.kind = 'upload-tracking')))
            order by l.market, l.order_id, l.line_id limit :atMost
            """;

    private static final String UNDECIDED = """
            select jsonb_build_object('market', market, 'orderId', order_id, 'lineId', line_id) from order_line
            where state = 'CANCEL_REQUESTED' and changed_at < now() - :within * interval '1 millisecond'
            order by market, order_id, line_id limit :atMost
            """;

    private final Ledger ledger;
    private final Unbought unbought;

    Recovery(Ledger ledger) {
        this.ledger = ledger;
        this.unbought = new Unbought(ledger);
    }

    void recover() {
        List<String> expired = Rows.read(ledger.database(), EXPIRED, Map.of("atMost", AT_MOST)).stream()
                .map(row -> row.path("ref").asText())
                .toList();
        if (!expired.isEmpty()) {
            ledger.run("recovery", work -> work.lockPurchases(expired).forEach(purchase -> expire(work, purchase)));
        }
        decide();
        unbought.review();
        List<ObjectNode> forgotten = Rows.read(ledger.database(), FORGOTTEN, Map.of("atMost", AT_MOST));
        if (!forgotten.isEmpty()) {
            ledger.run("recovery", work -> remember(work, forgotten));
        }
    }

    private static void expire(Work work, Purchase purchase) {
        Instant deadline = purchase.deadline();
        if (purchase.is(OrderState.PO_SENDING) && deadline != null && deadline.isBefore(work.now())) {
            purchase.answered();
            Answers.unclear(work, purchase, "no answer until " + deadline);
        }
    }

    /** A cancel that nobody answers would wait for ever. */
    private void decide() {
        long within = ledger.options().reviewWithin().toMillis();
        List<OrderKey> undecided =
                Rows.read(ledger.database(), UNDECIDED, Map.of("within", within, "atMost", AT_MOST)).stream()
                        .map(OrderKey::of)
                        .toList();
        if (undecided.isEmpty()) {
            return;
        }
        ledger.run(
                "recovery",
                work -> work.lock(undecided).stream()
                        .filter(line -> line.is(OrderState.CANCEL_REQUESTED))
                        .forEach(line -> line.review("the buyer's cancel is neither done nor withdrawn")));
    }

    private static void remember(Work work, List<ObjectNode> forgotten) {
        work.lock(forgotten.stream().map(OrderKey::of).toList());
        for (ObjectNode row : forgotten) {
            work.find(OrderKey.of(row)).ifPresent(line -> {
                String cause = Rows.text(row, "cause");
                if (cause != null) {
                    line.review("its job was given up: " + cause);
                } else {
                    ask(work, line);
                }
            });
        }
    }

    private static void ask(Work work, Line line) {
        switch (line.state()) {
            case RECEIVED -> work.acknowledge(line, null);
            case VALIDATED -> work.reread(line);
            case PO_READY ->
                work.purchase(line).ifPresent(purchase -> work.enqueue("place-order", purchase, purchase.notBefore()));
            case PO_UNKNOWN ->
                work.purchase(line).ifPresent(purchase -> work.enqueue("find-order", purchase, purchase.notBefore()));
            case SHIPPED, TRACKING_SENDING -> Shipments.ask(work, line);
            default -> {
                // Moved on since it was read.
            }
        }
    }
}
