package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Box.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The calls that read orders, version 5. Source: articles 360033919573, 360033792774 and neighbours. */
final class OrderReads {

    private static final String GONE = "해당 주문이 취소 또는 반품 되었습니다.";
    // Tokens mean nothing to a client; this keeps one from guessing that they are box numbers.
    private static final long TOKEN_MASK = 0x2A_5C_3F_71_9BL;

    private final Orders orders;

    OrderReads(Orders orders) {
        this.orders = orders;
    }

    void register(Routes routes) {
        routes.vendor("GET", "v5", "/ordersheets", "list-orders", this::list);
        routes.vendor("GET", "v5", "/ordersheets/{}", "get-order-box", this::box);
        routes.vendor("GET", "v5", "/ordersheets/{}/history", "get-order-history", this::history);
        routes.vendor("GET", "v5", "/{}/ordersheets", "get-order", this::order);
    }

    private Answer list(Call call) {
        Status status = status(call);
        boolean byMinute = call.query("searchType").orElse("").equals("timeFrame");
        return byMinute ? byMinute(call, status) : byDay(call, status);
    }

    /** Everything in one answer, at most 24 hours. */
    private Answer byMinute(Call call, Status status) {
        Instant from = time(call, "createdAtFrom", Times::zonedMinutes);
        Instant to = time(call, "createdAtTo", Times::zonedMinutes);
        if (Times.longer(from, to, 24, ChronoUnit.HOURS)) {
            throw RefusedException.order("endTime-startTime range should less than 0 day");
        }
        checkOrder(from, to);
        Instant end = to.plus(Duration.ofMinutes(1));
        return Envelope.json(200, body(found(status, from, end).toList()));
    }

    /** By pages, at most 31 days; both days are included. */
    private Answer byDay(Call call, Status status) {
        Instant from = time(call, "createdAtFrom", Times::zonedDay);
        Instant to = time(call, "createdAtTo", Times::zonedDay);
        if (Times.longer(from, to, 31, ChronoUnit.DAYS)) {
            throw RefusedException.order("endTime-startTime range should less than31.");
        }
        checkOrder(from, to);
        int size = pageSize(call);
        long after = call.query("nextToken").map(OrderReads::boxOf).orElse(0L);
        Instant end = to.plus(Duration.ofDays(1));
        List<Box> page = found(status, from, end)
                .filter(box -> box.id > after)
                .limit(size)
                .toList();
        String next = page.size() < size ? "" : Long.toString(page.get(size - 1).id ^ TOKEN_MASK);
        return Envelope.json(200, body(page).put("nextToken", next));
    }

    private Answer box(Call call) {
        Box box = orders.box(call.number(0)).orElseThrow(() -> RefusedException.order("Invalid shipmentBoxId"));
        if (box.status == Status.GONE) {
            throw RefusedException.order(GONE);
        }
        return Envelope.order(OrderSheet.of(box));
    }

    private Answer order(Call call) {
        List<Box> boxes = orders.ofOrder(call.number(0));
        if (boxes.isEmpty()) {
            throw RefusedException.order("Invalid orderId");
        }
        ArrayNode data = Envelope.array();
        boxes.stream().filter(box -> box.status != Status.GONE).forEach(box -> data.add(OrderSheet.of(box)));
        if (data.isEmpty()) {
            throw RefusedException.order(GONE);
        }
        return Envelope.order(data);
    }

    private Answer history(Call call) {
        Box box = orders.box(call.number(0)).orElseThrow(() -> RefusedException.order(500, "Internal Exception"));
        return Envelope.json(200, OrderSheet.history(box));
    }

    private Stream<Box> found(Status status, Instant from, Instant end) {
        Predicate<Box> inside = box -> box.placedAt >= from.toEpochMilli() && box.placedAt < end.toEpochMilli();
        return orders.all().stream().filter(box -> box.status == status).filter(inside);
    }

    private static ObjectNode body(List<Box> boxes) {
        ObjectNode body = Envelope.order();
        ArrayNode data = body.putArray("data");
        boxes.forEach(box -> data.add(OrderSheet.of(box)));
        return body;
    }

    private static Status status(Call call) {
        String status = call.query("status").orElseThrow(() -> RefusedException.order("status is required"));
        return Arrays.stream(Status.values())
                .filter(known -> known.name().equals(status) && known != Status.GONE)
                .findFirst()
                .orElseThrow(() -> RefusedException.order("status is invalid [" + status + "]"));
    }

    private static Instant time(Call call, String parameter, Function<String, Optional<Instant>> format) {
        return call.query(parameter)
                .flatMap(format)
                .orElseThrow(() -> RefusedException.order(parameter + " is missing or malformed"));
    }

    private static void checkOrder(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw RefusedException.order("createdAtTo should be later than createdAtFrom");
        }
    }

    private static int pageSize(Call call) {
        String size = call.query("maxPerPage").orElse("50");
        if (!size.matches("[1-9]\\d?") || Integer.parseInt(size) > 50) {
            throw RefusedException.order("maxPerPage should be between 1 and 50");
        }
        return Integer.parseInt(size);
    }

    private static long boxOf(String token) {
        if (!token.matches("\\d{18}")) {
            throw RefusedException.order("nextToken is invalid");
        }
        return Long.parseLong(token) ^ TOKEN_MASK;
    }
}
