package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Purchase orders as the routes of suppliers get them. */
final class Tasks {

    private static final String TASKS = """
            select jsonb_build_object('clientRef', p.client_ref, 'supplier', p.supplier, 'sku', l.sku,
              'optionKey', l.option_key, 'values', coalesce(o.option -> 'values', '[]'), 'name', coalesce(g.name, l.name),
              'quantity', p.quantity, 'maxUnitCostWon', p.max_unit_cost_won, 'receiver', r.receiver, 'orderer', m.orderer,
              'message', coalesce(r.receiver ->> 'message', ''), 'market', p.market, 'orderId', p.order_id,
              'lineId', p.line_id)
            from purchase_order p
            join order_line l using (market, order_id, line_id)
            join market_order m on m.market = l.market and m.order_id = l.order_id and m.ordered_at = l.ordered_at
            cross join lateral (select coalesce(m.receiver -> 'boxes' -> l.ack_id, m.receiver - 'boxes') as receiver) r
            left join product g on g.supplier = l.supplier and g.sku = l.sku
            left join lateral (
              select option from jsonb_path_query(g.content, '$.options[*]') option
              where option ->> 'key' = l.option_key limit 1) o on true
            where p.client_ref in (select jsonb_array_elements_text(:refs::jsonb))
            """;

    private Tasks() {}

    /** By client reference; a purchase order whose receiver was erased has none. */
    static Map<String, ObjectNode> of(Work work, Collection<String> refs) {
        Map<String, ObjectNode> tasks = new HashMap<>();
        Rows.read(work.database(), TASKS, Map.of("refs", Rows.texts(refs)))
                .forEach(task -> tasks.put(task.path("clientRef").asText(), task));
        return tasks;
    }
}
