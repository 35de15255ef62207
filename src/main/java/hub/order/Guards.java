package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold before money moves: everything known, and nothing sold below its cost. Units: whole won. */
final class Guards {

    private static final String COSTS = """
            select jsonb_build_object('market', k.market, 'orderId', k.order_id, 'lineId', k.line_id, 'cost', s.cost_won)
            from jsonb_to_recordset(:lines::jsonb)
              as k(market text, order_id text, line_id text, supplier text, sku text, option_key text)
            join product_stock s using (supplier, sku, option_key)
            where not exists (select from item_hold h where h.supplier = k.supplier and h.sku = k.sku and h.off_sale)
            """;

    private static final String REPEATS = """
            select distinct on (k.market, k.order_id, k.line_id)
              jsonb_build_object('market', k.market, 'orderId', k.order_id, 'lineId', k.line_id, 'other', l.order_id)
            from jsonb_to_recordset(:lines::jsonb) as k(market text, order_id text, line_id text, supplier text, sku text,
              option_key text, quantity int, ordered_at timestamptz)
            join market_order o on o.market = k.market and o.order_id = k.order_id and o.ordered_at = k.ordered_at
            join order_line l on l.supplier = k.supplier and l.sku = k.sku and l.option_key = k.option_key
              and l.quantity = k.quantity and (l.market, l.order_id) <> (k.market, k.order_id) and l.state <> 'CANCELLED'
              and l.ordered_at between k.ordered_at - :within * interval '1 millisecond' and k.ordered_at
            join market_order other on other.market = l.market and other.order_id = l.order_id
              and other.ordered_at = l.ordered_at and other.orderer = o.orderer
            """;

    private Guards() {}

    /**
     * Makes lines ready that the market knows: each gets its purchase order and a job to place it, or goes to a person.
     */
    static void ready(Work work, Collection<Line> validated) {
        decide(work, validated, false);
    }

    /** The same for lines that may have been bought before we first saw them: they are looked up first. */
    static void lookUpFirst(Work work, Collection<Line> validated) {
        decide(work, validated, true);
    }

    private static void decide(Work work, Collection<Line> validated, boolean lookUpFirst) {
        if (validated.isEmpty()) {
            return;
        }
        Map<OrderKey, Long> costs = costs(work, validated);
        Map<OrderKey, String> repeats = repeats(work, validated);
        for (Line line : validated) {
            String problem = problem(line, costs.get(line.key()), repeats.get(line.key()), work.options());
            if (problem == null) {
                intend(work, line, lookUpFirst);
            } else {
                line.review(problem);
            }
        }
    }

    private static void intend(Work work, Line line, boolean lookUpFirst) {
        Optional<Purchase> known = work.purchase(line);
        if (known.isPresent() && !known.get().is(OrderState.PO_READY)) {
            line.review("purchase order " + known.get().clientRef() + " is "
                    + known.get().state() + " already");
            return;
        }
        Purchase purchase = known.orElseGet(() -> work.intend(line));
        purchase.put("quantity", line.quantity());
        purchase.put("max_unit_cost_won", maxUnitCost(line, work.options()));
        if (lookUpFirst) {
            String reason = "acknowledged by somebody else; looked up before it is bought";
            purchase.begin(OrderState.PO_UNKNOWN, reason);
            line.move(OrderState.PO_UNKNOWN, reason);
            work.enqueue("find-order", purchase, null);
            return;
        }
        if (known.isEmpty()) {
            purchase.begin(OrderState.PO_READY, "");
        }
        line.move(OrderState.PO_READY, "");
        work.enqueue("place-order", purchase, purchase.notBefore());
    }

    static long maxUnitCost(Line line, OrderOptions options) {
        return line.unitPriceWon() - options.minMarginWon();
    }

    static @Nullable String problem(Line line, @Nullable Long cost, @Nullable String repeat, OrderOptions options) {
        if (line.quantity() < 1) {
            return "quantity is " + line.quantity();
        }
        if (cost == null || cost < 1) {
            return "cost of " + line.text("supplier") + " " + line.text("sku") + " option '" + line.text("option_key")
                    + "' is not known, or it is held (see /holds)";
        }
        if (line.unitPriceWon() - cost < options.minMarginWon() || line.unitPriceWon() < 1) {
            return "unit price " + line.unitPriceWon() + " won less cost " + cost + " won is below the margin of "
                    + options.minMarginWon() + " won";
        }
        return repeat == null ? null : "same buyer, goods and quantity as order " + repeat + " shortly before";
    }

    /** What the goods of lines cost now; unknown ones are left out, as are those whose new cost is held. */
    static Map<OrderKey, Long> costs(Work work, Collection<Line> lines) {
        Map<OrderKey, Long> costs = new HashMap<>();
        for (ObjectNode row : Rows.read(work.database(), COSTS, Map.of("lines", Rows.array(lines, Line::row)))) {
            costs.put(OrderKey.of(row), row.path("cost").asLong());
        }
        return costs;
    }

    private static Map<OrderKey, String> repeats(Work work, Collection<Line> lines) {
        Map<OrderKey, String> repeats = new HashMap<>();
        if (!work.options().holdRepeats()) {
            return repeats;
        }
        Map<String, ?> parameters = Map.of(
                "lines",
                Rows.array(lines, Line::row),
                "within",
                work.options().repeatWithin().toMillis());
        for (ObjectNode row : Rows.read(work.database(), REPEATS, parameters)) {
            repeats.put(OrderKey.of(row), row.path("other").asText());
        }
        return repeats;
    }
}
