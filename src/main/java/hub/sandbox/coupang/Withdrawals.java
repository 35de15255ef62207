package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Claims that buyers took back; and exchanges, of which there are none. */
final class Withdrawals {

    private final Claims claims;
    private final String vendorId;

    Withdrawals(Claims claims, String vendorId) {
        this.claims = claims;
        this.vendorId = vendorId;
    }

    void register(Routes routes) {
        routes.vendor("GET", "v4", "/returnWithdrawRequests", "list-withdrawals", this::list);
        routes.vendor("POST", "v4", "/returnWithdrawList", "get-withdrawals", this::named);
        routes.vendor("GET", "v4", "/exchangeRequests", "list-exchanges", this::exchanges);
        routes.vendor("PUT", "v4", "/exchangeRequests/{}/receiveConfirmation", "confirm-exchange", this::noExchange);
        routes.vendor("PUT", "v4", "/exchangeRequests/{}/rejection", "reject-exchange", this::noExchange);
        routes.vendor("POST", "v4", "/exchangeRequests/{}/invoices", "upload-exchange-invoice", this::noExchange);
    }

    private Answer list(Call call) {
        Instant from = time(call, "dateFrom", Times::day);
        Instant to = time(call, "dateTo", Times::day);
        checkWeek(from, to);
        int size = orderNumber(call, "sizePerPage", 10, 100);
        int page = orderNumber(call, "pageIndex", 1, 100_000);
        long end = to.plus(Duration.ofDays(1)).toEpochMilli();
        List<Claim> found = claims.all().stream()
                .filter(claim -> claim.withdrawn)
                .filter(claim -> claim.modifiedAt >= from.toEpochMilli() && claim.modifiedAt < end)
                .skip((page - 1L) * size)
                .limit(size)
                .toList();
        ObjectNode body = Envelope.order();
        body.set("data", rows(found));
        return Envelope.json(200, body.put("nextPageIndex", found.size() < size ? "" : Integer.toString(page + 1)));
    }

    private Answer named(Call call) {
        JsonNode ids = call.body().path("cancelIds");
        if (!ids.isArray() || ids.size() > 50) {
            throw RefusedException.order("cancelIds size should be less than or equal to 50");
        }
        List<Long> wanted = new ArrayList<>();
        ids.forEach(id -> wanted.add(id.asLong()));
        return Envelope.order(rows(claims.all().stream()
                .filter(claim -> claim.withdrawn && wanted.contains(claim.id))
                .toList()));
    }

    private Answer exchanges(Call call) {
        Instant from = time(call, "createdAtFrom", Times::seconds);
        Instant to = time(call, "createdAtTo", Times::seconds);
        checkWeek(from, to);
        orderNumber(call, "maxPerPage", 10, 50);
        ObjectNode body = Envelope.order();
        body.putArray("data");
        return Envelope.json(200, body.put("nextToken", ""));
    }

    private Answer noExchange(Call call) {
        throw RefusedException.order("교환접수내역이 존재하지 않습니다. [" + call.var(0) + "]");
    }

    private ArrayNode rows(List<Claim> withdrawn) {
        ArrayNode rows = Envelope.array();
        for (Claim claim : withdrawn) {
            ObjectNode row = rows.addObject()
                    .put("cancelId", claim.id)
                    .put("orderId", claim.orderId)
                    .put("vendorId", vendorId)
                    .put("refundDeliveryDuty", "CUS")
                    .put("createdAt", Times.local(claim.modifiedAt));
            claim.items.forEach(item -> row.withArray("vendorItemIds").add(item.vendorItemId()));
        }
        return rows;
    }

    private static void checkWeek(Instant from, Instant to) {
        if (to.isBefore(from) || Times.longer(from, to, 7, ChronoUnit.DAYS)) {
            throw RefusedException.order("최대 조회 기간은 7 일 입니다.(The maximum view duration is 7 days)");
        }
    }

    private static Instant time(Call call, String parameter, Function<String, Optional<Instant>> format) {
        return call.query(parameter)
                .flatMap(format)
                .orElseThrow(() -> RefusedException.order(parameter + " is missing or malformed"));
    }

    private static int orderNumber(Call call, String parameter, int standard, int max) {
        String text = call.query(parameter).orElse(Integer.toString(standard));
        if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > max) {
            throw RefusedException.order(parameter + " should be between 1 and " + max);
        }
        return Integer.parseInt(text);
    }
}
