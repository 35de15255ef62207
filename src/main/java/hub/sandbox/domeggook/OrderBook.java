package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** {@code getOrderList} 4.0 and {@code getOrderView} 4.0/4.1: what was ordered and where it is now. */
record OrderBook(SandboxStore store, SandboxClock clock) {

    /** The orders of the last days, newest first; {@code st} narrows them to one {@code statusMode}. */
    ObjectNode list(Parameters parameters) {
        Instant now = clock.now();
        Instant since = now.minus(Duration.ofDays(parameters.number("day", 1, 1, 30)));
        String mode = parameters.text("st");
        List<PlacedOrder> found = store.all(Orders.KIND).stream()
                .map(PlacedOrder::new)
                .filter(order -> buying(parameters) && order.at().isAfter(since))
                .filter(order -> mode.isEmpty() || mode.equals(order.mode(now)))
                .sorted(Comparator.comparingLong(PlacedOrder::number).reversed())
                .toList();
        int perPage = parameters.number("ic", 20, 1, 50);
        Page page = new Page(found.size(), parameters.number("pg", 1, 1, Integer.MAX_VALUE), perPage);
        Loose loose = new Loose(page.total(), page.number());
        ObjectNode answer = Loose.object();
        answer.set("header", page.header(loose));
        answer.set(
                "items",
                loose.list(Arrays.stream(page.positions())
                        .mapToObj(position -> found.get(position).view(now))
                        .toList()));
        return answer;
    }

    /** @throws RefusedException when neither {@code uid} nor {@code no} names an order */
    ObjectNode view(Parameters parameters) {
        String uid = parameters.text("uid");
        String number = uid.startsWith("u") ? uid.substring(1) : parameters.text("no");
        ObjectNode answer = Loose.object();
        boolean buying = buying(parameters);
        answer.set("items", byNumber(buying ? number : "").view(clock.now()));
        return answer;
    }

    /**
     * @param digits the order number without {@code OR}
     * @throws RefusedException when there is no such order
     */
    PlacedOrder byNumber(String digits) {
        if (!digits.matches("\\d{1,12}")) {
            throw unknown();
        }
        return store.get(Orders.KIND, "OR" + digits).map(PlacedOrder::new).orElseThrow(OrderBook::unknown);
    }

    private static RefusedException unknown() {
        return new RefusedException("NOT_FOUND", "주문을 찾을 수 없습니다.");
    }

    private static boolean buying(Parameters parameters) {
        return switch (parameters.text("for")) {
            case "buy" -> true;
            case "sell" -> false;
            default -> throw Parameters.invalid("for");
        };
    }
}
