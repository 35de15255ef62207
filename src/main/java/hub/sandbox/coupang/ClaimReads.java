package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The calls that read cancellations and returns, version 6. Dates here are Korean and carry no offset. */
final class ClaimReads {

    private static final Map<String, Claim.Status> STATUS = Map.of(
            "RU", Claim.Status.RELEASE_STOP_UNCHECKED,
            "UC", Claim.Status.RETURNS_UNCHECKED,
            "CC", Claim.Status.RETURNS_COMPLETED,
            "PR", Claim.Status.REQUEST_COUPANG_CHECK);

    private final Claims claims;
    private final Orders orders;

    ClaimReads(Claims claims, Orders orders) {
        this.claims = claims;
        this.orders = orders;
    }

    void register(Routes routes) {
        routes.vendor("GET", "v6", "/returnRequests", "list-returns", this::list);
        routes.vendor("GET", "v6", "/returnRequests/{}", "get-return", this::one);
    }

    private Answer list(Call call) {
        Predicate<Claim> wanted = wanted(call);
        boolean byMinute = call.query("searchType").orElse("").equals("timeFrame");
        Function<String, Optional<Instant>> format = byMinute ? Times::minutes : Times::day;
        Instant from = time(call, "createdAtFrom", format);
        Instant to = time(call, "createdAtTo", format);
        if (to.isBefore(from) || Times.longer(from, to, 31, ChronoUnit.DAYS)) {
            throw RefusedException.order("endTime-startTime range should less than31.");
        }
        Instant end = to.plus(byMinute ? Duration.ofMinutes(1) : Duration.ofDays(1));
        List<Claim> found = claims.all().stream()
                .filter(wanted)
                .filter(claim -> claim.createdAt >= from.toEpochMilli() && claim.createdAt < end.toEpochMilli())
                .toList();
        return byMinute ? Envelope.order(rendered(found)) : page(call, found);
    }

    private static Predicate<Claim> wanted(Call call) {
        String status = call.query("status").orElse("");
        String order = call.query("orderId").orElse("");
        boolean named = !status.isEmpty() || !order.isEmpty();
        if (call.query("cancelType").orElse("").equals("CANCEL")) {
            if (named) {
                throw RefusedException.order("status and orderId can't be used with cancelType CANCEL");
            }
            return claim -> !claim.withdrawn && claim.type.equals("CANCEL");
        }
        if (!named) {
            throw RefusedException.order("OrderId can't be null , if doesn't pass the parameter status");
        }
        if (!status.isEmpty() && !STATUS.containsKey(status)) {
            throw RefusedException.order("status is invalid [" + status + "]");
        }
        return claim -> !claim.withdrawn
                && claim.type.equals("RETURN")
                && (status.isEmpty() || claim.status == STATUS.get(status))
                && (order.isEmpty() || Long.toString(claim.orderId).equals(order));
    }

    private Answer page(Call call, List<Claim> found) {
        String size = call.query("maxPerPage").orElse("50");
        if (!size.matches("[1-9]\\d?") || Integer.parseInt(size) > 50) {
            throw RefusedException.order("maxPerPage should be between 1 and 50");
        }
        String token = call.query("nextToken").orElse("0");
        long after = token.matches("\\d{1,18}") ? Long.parseLong(token) : 0;
        List<Claim> page = found.stream()
                .filter(claim -> claim.id > after)
                .limit(Integer.parseInt(size))
                .toList();
        boolean full = page.size() == Integer.parseInt(size);
        ObjectNode body = Envelope.order();
        body.set("data", rendered(page));
        return Envelope.json(200, body.put("nextToken", full ? Long.toString(page.get(page.size() - 1).id) : ""));
    }

    private Answer one(Call call) {
        Claim claim = claims.find(call.number(0)).orElseThrow(() -> RefusedException.order(ClaimActions.NO_CLAIM));
        return Envelope.order(rendered(List.of(claim)));
    }

    private ArrayNode rendered(List<Claim> found) {
        ArrayNode data = Envelope.array();
        for (Claim claim : found) {
            orders.box(claim.boxId).ifPresent(box -> data.add(ReturnRequest.of(claim, box)));
        }
        return data;
    }

    private static Instant time(Call call, String parameter, Function<String, Optional<Instant>> format) {
        return call.query(parameter)
                .flatMap(format)
                .orElseThrow(() -> RefusedException.order(parameter + " is missing or malformed"));
    }
}
