package hub.order;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lines that wait for a route that their supplier does not have: to be bought where nothing buys, or to be looked up
 * after an unclear answer where nothing looks up.
 */
final class Unbought {

    private static final int AT_MOST = 500;

    private static final String SUPPLIERS = """
            select distinct jsonb_build_object('supplier', p.supplier)
            from order_line l join purchase_order p on p.client_ref = l.client_ref where l.state = :state
            """;

    private static final String REFS = """
            select jsonb_build_object('ref', p.client_ref)
            from order_line l join purchase_order p on p.client_ref = l.client_ref
            where l.state = :state and p.supplier = :supplier order by l.changed_at limit :atMost
            """;

    private final Ledger ledger;

    Unbought(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Hands them to a person; without their jobs, which would wait for ever. */
    void review() {
        review(OrderState.PO_READY, "place-order", "nothing buys from %s: no route takes its purchase orders");
        review(
                OrderState.PO_UNKNOWN,
                "find-order",
                "may have been bought, and cannot be looked up: no route of %s looks for its purchase orders");
    }

    private void review(OrderState waiting, String kind, String why) {
        Rows.read(ledger.database(), SUPPLIERS, Map.of("state", waiting.name())).stream()
                .map(row -> row.path("supplier").asText())
                .filter(supplier -> ledger.jobs().takers().lacks(supplier, kind))
                .forEach(supplier -> review(waiting, supplier, kind, why.formatted(supplier)));
    }

    private void review(OrderState waiting, String supplier, String kind, String why) {
        Set<String> refs = Rows.read(
                        ledger.database(),
                        REFS,
                        Map.of("state", waiting.name(), "supplier", supplier, "atMost", AT_MOST))
                .stream()
                .map(row -> row.path("ref").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        ledger.run("recovery", work -> {
            List<Purchase> purchases = work.lockPurchases(refs);
            purchases.stream()
                    .filter(purchase -> purchase.is(waiting))
                    .map(work::line)
                    .filter(line -> line.is(waiting))
                    .forEach(line -> line.review(why));
            ledger.jobs().withdraw(supplier, kind);
        });
    }
}
