package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds the goods of a supplier that a line of a market order means. What is not certain is never guessed. */
final class Matching {

    private static final String GOODS = """
            with wanted as (
              select * from jsonb_to_recordset(:lines::jsonb)
                as k(market text, order_id text, line_id text, account text, market_option_id text, seller_code text)),
            found as (
              select k.market, k.order_id, k.line_id, o.supplier, o.sku, o.option_key
              from wanted k join listing_option o
                on o.market = k.market and o.account = k.account and o.market_option_id = nullif(k.market_option_id, '')
              union
              select k.market, k.order_id, k.line_id, o.supplier, o.sku, o.option_key
              from wanted k join listing_option o
                on o.market = k.market and o.account = k.account and o.item_key = nullif(k.seller_code, ''))
            select jsonb_build_object('market', market, 'orderId', order_id, 'lineId', line_id, 'number', count(*),
              'supplier', min(supplier), 'sku', min(sku), 'optionKey', min(option_key))
            from found group by market, order_id, line_id
            """;

    private Matching() {}

    /** Matches lines; those it cannot match stay without a supplier. */
    static Map<OrderKey, String> match(Work work, Collection<Line> lines) {
        Map<OrderKey, String> problems = new HashMap<>();
        if (lines.isEmpty()) {
            return problems;
        }
        Map<OrderKey, JsonNode> found = new HashMap<>();
        for (ObjectNode goods : Rows.read(work.database(), GOODS, Map.of("lines", Rows.array(lines, Line::row)))) {
            found.put(OrderKey.of(goods), goods);
        }
        for (Line line : lines) {
            JsonNode goods = found.get(line.key());
            if (goods == null) {
                problems.put(line.key(), "no listing for option " + named(line));
            } else if (goods.path("number").asInt() > 1) {
                problems.put(
                        line.key(),
                        goods.path("number").asInt() + " different goods are listed as option " + named(line));
            } else {
                line.put("supplier", goods.path("supplier").asText());
                line.put("sku", goods.path("sku").asText());
                line.put("option_key", goods.path("optionKey").asText());
            }
        }
        return problems;
    }

    private static String named(Line line) {
        return line.text("market_option_id") + ", seller code " + line.text("seller_code");
    }
}
