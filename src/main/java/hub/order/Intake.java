package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One poll of a market's orders on its way into the ledger, in one transaction. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Work work;
    private final String market;
    private final String account;
    private final Addresses addresses;
    private final List<Line> fresh = new ArrayList<>();
    private final Map<OrderKey, String> statuses = new HashMap<>();
    private final Set<OrderKey> inReading = new HashSet<>();
    private final List<Line> acknowledged = new ArrayList<>();
    private int known;
    private int changed;
    private int refused;

    Intake(Work work, String market, String account) {
        this.work = work;
        this.market = market;
        this.account = account;
        this.addresses = new Addresses(work, market, account);
    }

    /**
     * Counts the lines that are new, known as they are, known and changed; and the orders refused because they say too
     * little.
     */
    JsonNode take(List<JsonNode> orders) {
        oneAtATime(work, market);
        List<String> ids = orders.stream()
                .map(order -> Rows.storable(order).path("orderId").asText())
                .toList();
        work.lockOrders(market, ids);
        addresses.read(ids);
        orders.forEach(order -> take(Rows.storable(order)));
        addresses.store();
        begin();
        ready();
        Claims.applyStored(work, market, fresh);
        return Rows.object()
                .put("received", fresh.size())
                .put("known", known)
                .put("changed", changed)
                .put("refused", refused);
    }

    /** One reading of a market at a time: two that saw the same new order would both call it new. */
    static void oneAtATime(Work work, String market) {
        work.database()
                .sql("select pg_advisory_xact_lock(hashtext('orders of ' || :market))")
                .param("market", market)
                .query(row -> {});
    }

    /** The lines of the orders that were taken in. */
    Set<OrderKey> seen() {
        return inReading;
    }

    private void take(JsonNode order) {
        String orderId = order.path("orderId").asText();
        if (!isComplete(order)) {
            LOG.warn("{} order '{}' names no number, time or line, and is left out", market, orderId);
            refused++;
            return;
        }
        boolean moved = !isOutdated(orderId, order) && addresses.take(order);
        for (JsonNode seen : order.path("lines")) {
            OrderKey key = new OrderKey(market, orderId, seen.path("lineId").asText());
            inReading.add(key);
            work.find(key).ifPresentOrElse(line -> known(line, seen, moved), () -> fresh(key, seen));
        }
    }

    private static boolean isComplete(JsonNode order) {
        try {
            Instant.parse(order.path("orderedAt").asText());
        } catch (DateTimeParseException e) {
            return false;
        }
        boolean named =
                !order.path("orderId").asText().isEmpty() && order.path("lines").size() > 0;
        for (JsonNode line : order.path("lines")) {
            named &= !line.path("lineId").asText().isEmpty()
                    && line.path("quantity").isInt();
        }
        return named;
    }

    private boolean isOutdated(String orderId, JsonNode order) {
        return order.path("lines")
                .valueStream()
                .anyMatch(seen -> work.find(new OrderKey(
                                market, orderId, seen.path("lineId").asText()))
                        .filter(line -> isOutdated(line, seen))
                        .isPresent());
    }

    /** Read before an acknowledgement that we know of: a later reading may have shown another receiver or quantity. */
    private static boolean isOutdated(Line line, JsonNode seen) {
        return line.isAcknowledged() && seen.path("status").asText().equals("new");
    }

    private void fresh(OrderKey key, JsonNode seen) {
        fresh.add(work.add(Line.fresh(key, account, addresses.orderedAt(key.orderId()), seen, work.journal())));
        statuses.put(key, seen.path("status").asText());
    }

    private void known(Line line, JsonNode seen, boolean moved) {
        if (statuses.containsKey(line.key())) {
            return;
        }
        if (isOutdated(line, seen)) {
            known++;
            return;
        }
        long version = work.journal().size();
        String status = seen.path("status").asText();
        if (status.equals("cancelled")) {
            Course.cancelled(work, line, "market", "cancelled at the market");
        } else {
            quantity(line, seen.path("quantity").asInt());
            if (moved) {
                resent(line, "address changed");
            }
            if (status.equals("acknowledged")) {
                acknowledged(line);
            }
            if ((status.equals("shipped") || status.equals("done"))
                    && line.state().isUnsent()) {
                line.review("the market has it as " + status + ", not by us");
            }
        }
        if (work.journal().size() > version) {
            changed++;
        } else {
            known++;
        }
    }

    private void acknowledged(Line line) {
        String how = "the market says it is acknowledged";
        if (line.is(OrderState.RECEIVED)) {
            line.acknowledged();
            line.move(OrderState.VALIDATED, how);
            acknowledged.add(line);
        } else if (line.is(OrderState.VALIDATED) && !line.isAcknowledged()) {
            line.acknowledged();
            line.note(how);
        }
    }

    private void quantity(Line line, int quantity) {
        if (quantity != line.quantity() && line.state().isOpen()) {
            String what = "quantity changed from " + line.quantity() + " to " + quantity;
            line.quantity(quantity);
            resent(line, what);
        }
    }

    /** What was not sent is decided anew; what was sent is a person's matter. */
    private void resent(Line line, String what) {
        if (line.is(OrderState.PO_READY)) {
            line.move(OrderState.VALIDATED, what);
            acknowledged.add(line);
        } else if (line.state().isUnsent() || line.is(OrderState.CANCEL_REQUESTED)) {
            line.note(what);
        } else if (line.state().isOpen()) {
            line.review(what + " after the purchase order was sent");
        }
    }

    private void begin() {
        Map<OrderKey, String> problems = Matching.match(work, fresh);
        for (Line line : fresh) {
            String problem = problems.get(line.key());
            switch (statuses.getOrDefault(line.key(), "")) {
                case "cancelled" -> line.begin(OrderState.CANCELLED, "cancelled before it was seen");
                case "shipped", "done" -> line.begin(OrderState.DONE, "shipped before it was seen");
                default -> {
                    line.begin(OrderState.RECEIVED, "");
                    if (problem != null) {
                        line.review(problem);
                    }
                }
            }
        }
    }

    private void ready() {
        List<Line> foreign = new ArrayList<>();
        for (Line line : fresh) {
            if (!line.is(OrderState.RECEIVED)) {
                continue;
            }
            if ("acknowledged".equals(statuses.get(line.key()))) {
                line.acknowledged();
                line.move(OrderState.VALIDATED, "acknowledged before it was seen");
                foreign.add(line);
            } else {
                work.acknowledge(line, null);
            }
        }
        Guards.ready(work, acknowledged);
        Guards.lookUpFirst(work, foreign);
    }
}
