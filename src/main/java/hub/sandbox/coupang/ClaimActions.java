package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Box.Line;
import java.util.function.BiConsumer;

/** What a seller does about a claim: stop, report as shipped, receive, approve. Source: article 360033919613. */
final class ClaimActions {

    static final String NO_CLAIM = "취소반품접수내역이 존재하지 않습니다.";

    private static final String CLAIM = "/returnRequests/{}";
    private static final String WRONG_COUNT = "취소반품접수수량과 cancelCount가 일치하지 않습니다.";
    private static final String WRONG_STATUS = "처리할 수 없는 상태의 취소반품접수입니다.";
    private static final String TAKEN = "이미 저장된 송장번호가 있어 송장번호 등록이 불가능합니다. (동일송장번호 업로드 조건 : 수취인정보 동일)";

    private final Claims claims;
    private final Orders orders;
    private final Dispatch dispatch;

    ClaimActions(Claims claims, Orders orders, Dispatch dispatch) {
        this.claims = claims;
        this.orders = orders;
        this.dispatch = dispatch;
    }

    void register(Routes routes) {
        routes.vendor("PUT", "v4", CLAIM + "/stoppedShipment", "stop-shipment", this::stopped);
        routes.vendor("PUT", "v4", CLAIM + "/completedShipment", "report-shipped", this::shipped);
        routes.vendor("PUT", "v4", CLAIM + "/receiveConfirmation", "confirm-return", this::received);
        routes.vendor("PUT", "v4", CLAIM + "/approval", "approve-return", this::approved);
        routes.vendor("POST", "v4", "/return-exchange-invoices/manual", "register-pickup", this::pickup);
    }

    private Answer stopped(Call call) {
        Claim claim = claim(call, Claim.Status.RELEASE_STOP_UNCHECKED);
        checkCount(call, claim);
        claim.stopStatus = "처리(출고중지)";
        claim.release("S");
        settle(claim, call, (line, pieces) -> {
            line.held -= pieces;
            line.cancelled += pieces;
        });
        conclude(claim, Claim.Status.RETURNS_COMPLETED, call);
        ObjectNode data = Envelope.object().put("resultCode", "SUCCESS").put("resultMessage", "출고중지완료요청이 성공하였습니다");
        return Envelope.order(data).did("shipment-stopped", Long.toString(claim.id));
    }

    private Answer shipped(Call call) {
        Claim claim = claim(call, Claim.Status.RELEASE_STOP_UNCHECKED);
        String code = call.body().path("deliveryCompanyCode").asText("");
        String number = Parcel.number(call.body());
        Courier.of(code)
                .orElseThrow(() -> RefusedException.order("유효하지 않은 택배사 코드입니다. [" + code + "]"))
                .refusal(number)
                .ifPresent(why -> {
                    throw RefusedException.order(why);
                });
        Box box = orders.box(claim.boxId).orElseThrow(() -> RefusedException.order(NO_CLAIM));
        if (dispatch.taken(number, box)) {
            throw RefusedException.order(TAKEN);
        }
        claim.stopStatus = "처리(이미출고)";
        claim.release("A");
        settle(claim, call, (line, pieces) -> line.held -= pieces);
        dispatch.mark(box, code, number, call.at().toEpochMilli());
        conclude(claim, Claim.Status.RETURNS_UNCHECKED, call);
        ObjectNode body = Envelope.object();
        body.putObject("data")
                .put("code", "200")
                .put("message", "OK")
                .put("resultCode", "SUCCESS")
                .put("resultMessage", "이미출고 상태변경이 성공하였습니다.");
        return Envelope.json(200, body).did("shipment-reported", claim.boxId + ":" + number);
    }

    private Answer received(Call call) {
        Claim claim = claim(call, Claim.Status.RETURNS_UNCHECKED);
        conclude(claim, Claim.Status.VENDOR_WAREHOUSE_CONFIRM, call);
        return Envelope.json(200, Envelope.order()).did("return-received", Long.toString(claim.id));
    }

    private Answer approved(Call call) {
        Claim claim = claim(call, Claim.Status.VENDOR_WAREHOUSE_CONFIRM);
        checkCount(call, claim);
        settle(claim, call, (line, pieces) -> line.cancelled += pieces);
        conclude(claim, Claim.Status.RETURNS_COMPLETED, call);
        return Envelope.json(200, Envelope.order()).did("return-approved", Long.toString(claim.id));
    }

    /** Which courier brings the goods back; the fields of the answer are a guess. */
    private Answer pickup(Call call) {
        JsonNode body = call.body();
        Claim claim = claims.find(body.path("receiptId").asLong()).orElseThrow(() -> RefusedException.order(NO_CLAIM));
        claim.courier = body.path("deliveryCompanyCode").asText("");
        claim.invoice = Parcel.number(body);
        claims.keep(claim);
        ObjectNode data = Envelope.object()
                .put("receiptId", claim.id)
                .put("deliveryCompanyCode", claim.courier)
                .put("invoiceNumber", claim.invoice);
        return Envelope.order(data).did("pickup-registered", Long.toString(claim.id));
    }

    private Claim claim(Call call, Claim.Status status) {
        Claim claim = claims.find(call.number(0)).orElseThrow(() -> RefusedException.order(NO_CLAIM));
        if (!call.body().has("vendorId") || call.body().path("receiptId").asLong() != claim.id) {
            throw RefusedException.order("vendorId and receiptId are required");
        }
        if (claim.status != status) {
            throw RefusedException.order(WRONG_STATUS);
        }
        return claim;
    }

    private static void checkCount(Call call, Claim claim) {
        if (call.body().path("cancelCount").asLong() != claim.count()) {
            throw RefusedException.order(WRONG_COUNT);
        }
    }

    private void settle(Claim claim, Call call, BiConsumer<Line, Long> change) {
        orders.box(claim.boxId).ifPresent(box -> {
            for (Claim.Item item : claim.items) {
                box.lines.stream()
                        .filter(line -> line.vendorItemId == item.vendorItemId())
                        .forEach(line -> change.accept(line, item.count()));
            }
            box.closeIfEmpty(call.at().toEpochMilli());
            orders.keep(box);
        });
    }

    private void conclude(Claim claim, Claim.Status status, Call call) {
        claim.status = status;
        claim.modifiedAt = call.at().toEpochMilli();
        claim.dueAt = 0;
        claims.keep(claim);
    }
}
