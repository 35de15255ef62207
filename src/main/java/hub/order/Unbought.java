package hub.order;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lines that are to be bought where nothing buys: their supplier has no route that takes its purchase orders. */
final class Unbought {

    private static final String PLACE = "place-order";
    private static final int AT_MOST = 500;

    private static final String SUPPLIERS = """
            select distinct jsonb_build_object('supplier', p.supplier)
            from order_line l join purchase_order p on p.client_ref = l.client_ref where l.state = 'PO_READY'
            """;

    private static final String REFS = """
            select jsonb_build_object('ref', p.client_ref)
            from order_line l join purchase_order p on p.client_ref = l.client_ref
            where l.state = 'PO_READY' and p.supplier = :supplier order by l.changed_at limit :atMost
            """;

    private final Ledger ledger;

    Unbought(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Hands them to a person; without their jobs, which would wait for ever. */
    void review() {
        Rows.read(ledger.database(), SUPPLIERS, Map.of()).stream()
                .map(row -> row.path("supplier").asText())
                .filter(supplier -> ledger.jobs().takers().lacks(supplier, PLACE))
                .forEach(this::review);
    }

    private void review(String supplier) {
        Set<String> refs = Rows.read(ledger.database(), REFS, Map.of("supplier", supplier, "atMost", AT_MOST)).stream()
                .map(row -> row.path("ref").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        ledger.run("recovery", work -> {
            List<Purchase> purchases = work.lockPurchases(refs);
            purchases.stream()
                    .filter(purchase -> purchase.is(OrderState.PO_READY))
                    .map(work::line)
                    .filter(line -> line.is(OrderState.PO_READY))
                    .forEach(line ->
                            line.review("nothing buys from " + supplier + ": no route takes its purchase orders"));
            ledger.jobs().withdraw(supplier, PLACE);
        });
    }
}
