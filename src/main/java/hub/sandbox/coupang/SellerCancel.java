package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Box.Line;
import hub.sandbox.coupang.Box.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The seller takes back what was ordered: at once in ACCEPT, as a stopped shipment in INSTRUCT; box by box. */
final class SellerCancel {

    private static final Set<String> REASONS = Set.of("CCTTER", "CCPNER", "CCPRER");

    private final Orders orders;
    private final Claims claims;

    SellerCancel(Orders orders, Claims claims) {
        this.orders = orders;
        this.claims = claims;
    }

    void register(Routes routes) {
        routes.vendor("POST", "v5", "/orders/{}/cancel", "cancel-order", this::cancel);
    }

    private Answer cancel(Call call) {
        JsonNode body = call.body();
        check(call, body);
        long orderId = call.number(0);
        Map<Box, Map<Line, Long>> taken = new LinkedHashMap<>();
        List<Long> failed = new ArrayList<>();
        for (int index = 0; index < body.path("vendorItemIds").size(); index++) {
            long item = body.path("vendorItemIds").path(index).asLong();
            long count = body.path("receiptCounts").path(index).asLong();
            if (!take(orders.ofOrder(orderId), item, count, taken)) {
                failed.add(item);
            }
        }
        ObjectNode receipts = Envelope.object();
        taken.forEach(
                (box, lines) -> addReceipt(receipts, close(box, lines, call.at().toEpochMilli())));
        return answer(orderId, receipts, failed);
    }

    private static void check(Call call, JsonNode body) {
        JsonNode items = body.path("vendorItemIds");
        boolean complete = body.has("vendorId")
                && items.isArray()
                && !items.isEmpty()
                && items.size() == body.path("receiptCounts").size()
                && body.path("orderId").asLong() == call.number(0)
                && !body.path("userId").asText("").isBlank();
        if (!complete) {
            throw RefusedException.order("orderId, vendorItemIds, receiptCounts, userId and vendorId are required");
        }
        if (!body.path("bigCancelCode").asText().equals("CANERR")
                || !REASONS.contains(body.path("middleCancelCode").asText())) {
            throw RefusedException.order("cancel code is invalid");
        }
    }

    /** Finds {@code count} pieces in the boxes not shipped yet; takes all or none. */
    private static boolean take(List<Box> boxes, long item, long count, Map<Box, Map<Line, Long>> taken) {
        Map<Box, Map<Line, Long>> found = new LinkedHashMap<>();
        long left = count;
        for (Box box : boxes) {
            boolean open = box.status == Status.ACCEPT || box.status == Status.INSTRUCT;
            for (Line line : open ? box.lines : List.<Line>of()) {
                long pieces = line.vendorItemId == item ? Math.min(left, line.open()) : 0;
                if (pieces > 0) {
                    found.computeIfAbsent(box, b -> new LinkedHashMap<>()).put(line, pieces);
                    left -= pieces;
                }
            }
        }
        if (left > 0 || count <= 0) {
            return false;
        }
        found.forEach((box, lines) ->
                taken.computeIfAbsent(box, b -> new LinkedHashMap<>()).putAll(lines));
        return true;
    }

    private Claim close(Box box, Map<Line, Long> lines, long at) {
        Claim claim = claims.open(box, at, line -> lines.getOrDefault(line, 0L));
        claim.bySeller = true;
        claim.status = Claim.Status.RETURNS_COMPLETED;
        if (box.status == Status.ACCEPT) {
            claim.type = "CANCEL";
        } else {
            claim.stopStatus = "처리(출고중지)";
            claim.release("S");
        }
        claims.keep(claim);
        lines.forEach((line, pieces) -> line.cancelled += pieces);
        box.closeIfEmpty(at);
        orders.keep(box);
        return claim;
    }

    private static void addReceipt(ObjectNode receipts, Claim claim) {
        ObjectNode receipt = receipts.putObject(Long.toString(claim.id))
                .put("receiptId", claim.id)
                .put("receiptType", claim.type.equals("CANCEL") ? "CANCEL" : "STOP_SHIPMENT");
        claim.items.forEach(item -> receipt.withArray("vendorItemIds").add(item.vendorItemId()));
        receipt.put("totalCount", claim.count());
    }

    private static Answer answer(long orderId, ObjectNode receipts, List<Long> failed) {
        StringBuilder message = new StringBuilder("[요청번호] " + UUID.randomUUID() + " \r\n");
        failed.forEach(item -> message.append("[").append(item).append("]<= 취소 가능한 개수보다 요청한 개수가 더 많습니다."));
        int status = receipts.isEmpty() ? 400 : 200;
        ObjectNode body =
                Envelope.object().put("code", Integer.toString(status)).put("message", message.toString());
        ObjectNode data = body.putObject("data");
        data.set("receiptMap", receipts);
        data.put("orderId", orderId);
        data.putArray("failedVendorItemIds");
        failed.forEach(item -> data.withArray("failedVendorItemIds").add(item));
        Answer answer = Envelope.json(status, body);
        return receipts.isEmpty() ? answer : answer.did("order-cancelled", Long.toString(orderId));
    }
}
