package hub.sandbox.zentrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Courier;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The orders that were entered, in the store under the kind {@code order} as an array by {@code pordno}, and
 * {@code order_api.php}, which shows them. Whether one has shipped follows from the time alone.
 */
final class Orders {

    private static final String KIND = "order";
    private static final String NUMBERS = "ordno";
    private static final long FIRST = 1_772_334_000_001L;
    private static final String PARCELS = "63"; // how the numbers of this supplier's parcels begin

    private final SandboxClock clock;
    private final SandboxStore store;
    private final SplittableRandom random;

    Orders(long seed, SandboxClock clock, SandboxStore store) {
        this.clock = clock;
        this.store = store;
        this.random = new SplittableRandom(seed + 17);
    }

    /**
     * Enters one order; called by the clerk alone.
     *
     * @param from the line of the file that it was typed from
     */
    void enter(OrderLine line, Product product, String from) {
        Instant now = clock.now();
        Duration until = clock.real(Duration.ofMinutes(random.nextLong(120, 301)));
        long ordno = store.next(KIND, FIRST);
        String option = line.option().isBlank() ? "" : " / " + line.option();
        ObjectNode order = JsonNodeFactory.instance
                .objectNode()
                .put("ordno", Long.toString(ordno))
                .put("pordno", line.ownOrderNo())
                .put("from", from)
                .put("tracking", Courier.of(ordno).nextNumber(store, PARCELS))
                .put("at", now.toEpochMilli())
                .put("shipsAt", now.plus(until).toEpochMilli())
                .put("receiver", line.receiver())
                .put("phone", line.phone())
                .put("address", (line.addr1() + " " + line.addr2()).strip())
                .put("item", product.code() + " - " + product.goods().name() + option)
                .put("qty", line.qty())
                .put("message", line.message());
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        entered(line.ownOrderNo()).forEach(all::add);
        store.put(KIND, line.ownOrderNo(), all.add(order));
        store.put(NUMBERS, Long.toString(ordno), JsonNodeFactory.instance.textNode(line.ownOrderNo()));
    }

    /** The orders entered under an own number: two when it was entered twice. */
    List<JsonNode> entered(String pordno) {
        List<JsonNode> entered = new ArrayList<>();
        store.get(KIND, pordno).ifPresent(all -> all.forEach(entered::add));
        return entered;
    }

    /** The order of an {@code ordno}, or else those of a {@code pordno}. */
    List<JsonNode> find(Parameters parameters) {
        String ordno = parameters.text("ordno");
        if (ordno.isEmpty()) {
            return entered(parameters.text("pordno"));
        }
        return store.get(NUMBERS, ordno).map(pordno -> entered(pordno.asText())).orElse(List.of()).stream()
                .filter(order -> order.path("ordno").asText().equals(ordno))
                .toList();
    }

    byte[] page(List<JsonNode> orders) {
        Page page = new Page(Page.ORDERS, clock.now());
        orders.forEach(order -> write(page, order));
        return page.finish();
    }

    private void write(Page page, JsonNode order) {
        boolean shipped = clock.now().toEpochMilli() >= order.path("shipsAt").asLong();
        long ordno = order.path("ordno").asLong();
        page.raw("  <ord_info")
                .attribute("ordno", order.path("ordno").asText())
                .attribute("pordno", order.path("pordno").asText())
                .raw(">\n");
        page.raw("    <ord_date>")
                .raw(Page.korean(Instant.ofEpochMilli(order.path("at").asLong())))
                .raw("</ord_date>\n");
        String indent = "    ";
        page.cdata(indent, "nameReceiver", order.path("receiver").asText());
        page.cdata(indent, "phoneReceiver", "");
        page.cdata(indent, "mobileReceiver", order.path("phone").asText());
        page.cdata(indent, "address", order.path("address").asText());
        page.cdata(indent, "ord_item1", order.path("item").asText());
        page.raw("    <deli_info")
                .attribute("delicom", shipped ? Courier.of(ordno).korean() : "")
                .attribute("delinum", shipped ? order.path("tracking").asText() : "")
                .raw(" />\n");
        page.cdata(indent, "zentrade_msg", "").raw("  </ord_info>\n");
    }
}
