package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** {@code allOrders}: newest first. */
record OrderSearch(ObjectNode arguments) {

    ObjectNode find(Orders orders) {
        Listing listing = Listing.of(arguments);
        Comparator<ObjectNode> order = Comparator.comparing(OrderSearch::key);
        JsonNode note = arguments.path("note");
        List<ObjectNode> found = orders.all(note.isTextual() ? note.asText() : null).stream()
                .filter(this::matches)
                .filter(one -> behind(one, listing))
                .sorted(listing.backwards() ? order : order.reversed())
                .toList();
        return listing.page(found.iterator(), OrderSearch::key, one -> one);
    }

    private static String key(ObjectNode order) {
        return order.path("key").asText();
    }

    private static boolean behind(ObjectNode order, Listing listing) {
        int compared = key(order).compareTo(listing.cursor());
        return listing.cursor().isEmpty() || (listing.backwards() ? compared > 0 : compared < 0);
    }

    private boolean matches(ObjectNode order) {
        long shipped = order.path("products").path(0).path("shippedDate").asLong(-1);
        boolean asked = arguments.hasNonNull("shippedAfter") || arguments.hasNonNull("shippedBefore");
        return (!asked || shipped >= 0)
                && within(shipped, "shippedAfter", "shippedBefore")
                && within(order.path("createdAt").asLong(), "dateFrom", "dateTo")
                && is(order, "sellerNote")
                && is(order, "status");
    }

    private boolean within(long at, String from, String to) {
        return (!arguments.hasNonNull(from) || at >= arguments.get(from).asLong())
                && (!arguments.hasNonNull(to) || at <= arguments.get(to).asLong());
    }

    private boolean is(ObjectNode order, String field) {
        return !arguments.hasNonNull(field)
                || arguments.get(field).asText().equals(order.path(field).asText());
    }
}
