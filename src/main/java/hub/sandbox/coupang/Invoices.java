package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Box.Status;
import hub.sandbox.coupang.Parcel.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tracking numbers: INSTRUCT to DEPARTURE, and their correction.
 *
 * <p>Source: article 360033793014. A number of a wrong form refuses the whole call; everything else is told box by box.
 */
final class Invoices {

    private static final Refusal NOT_FOUND = new Refusal("NOT_FOUND_SHIPMENT_BOX", false, "배송번호를 찾을 수 없습니다.");
    private static final Refusal STATUS = new Refusal("INVALID_STATUS", false, "배송진행상태가 유효하지 않습니다.");
    private static final Refusal STOP = new Refusal("ORDER_DELIVERY_PARTIAL_STOP_REQUESTED", true, "출고중지 요청건입니다.");
    private static final Refusal DUPLICATE = new Refusal("DUPLICATE_INVOICE_NUMBER", true, "이미 저장된 송장번호가 있습니다.");

    private final Orders orders;
    private final Dispatch dispatch;

    Invoices(Orders orders, Dispatch dispatch) {
        this.orders = orders;
        this.dispatch = dispatch;
    }

    void register(Routes routes) {
        routes.vendor("POST", "v4", "/orders/invoices", "upload-invoice", this::upload);
        routes.vendor("POST", "v4", "/orders/updateInvoices", "update-invoice", this::update);
    }

    private Answer upload(Call call) {
        BoxResults results = new BoxResults();
        List<Parcel> parcels = parcels(call);
        for (int index = 0; index < parcels.size(); index++) {
            Parcel parcel = parcels.get(index);
            if (call.fault("stop-requested") && index == 0) {
                stop(parcel, call);
            }
            if (call.fault("partial") && index % 2 == 0) {
                results.fail(parcel.boxId(), "UNDEFINED_ERROR_OCCUR", true, "알 수 없는 오류가 발생했습니다.");
                continue;
            }
            conclude(parcel, refusal(parcel), call, results);
        }
        return answer(results, "invoice-uploaded");
    }

    private Answer update(Call call) {
        BoxResults results = new BoxResults();
        for (Parcel parcel : parcels(call)) {
            conclude(parcel, correctionRefusal(parcel), call, results);
        }
        return answer(results, "invoice-updated");
    }

    private void conclude(Parcel parcel, Optional<Refusal> refusal, Call call, BoxResults results) {
        refusal.ifPresentOrElse(
                why -> results.fail(parcel.boxId(), why.code(), why.retry(), why.message()),
                () -> orders.box(parcel.boxId()).ifPresent(box -> {
                    String number = dispatch.send(box, parcel, call.at().toEpochMilli());
                    results.succeed(parcel.boxId(), parcel.boxId() + ":" + number, null);
                }));
    }

    private Optional<Refusal> refusal(Parcel parcel) {
        Box box = orders.box(parcel.boxId()).orElse(null);
        if (box == null || !parcel.about(box)) {
            return Optional.of(NOT_FOUND);
        }
        if (box.status == Status.GONE) {
            return Optional.of(new Refusal("ORDER_DELIVERY_CANCELED", false, "취소된 주문입니다."));
        }
        if (!parcel.itemsIn(box)) {
            return Optional.of(new Refusal("NOT_FOUND_VENDOR_ITEM", false, "옵션을 찾을 수 없습니다."));
        }
        if (box.status != Status.INSTRUCT) {
            return Optional.of(STATUS);
        }
        return box.held() ? Optional.of(STOP) : splitRefusal(parcel, box).or(() -> duplicate(parcel, box));
    }

    private Optional<Refusal> correctionRefusal(Parcel parcel) {
        Box box = orders.box(parcel.boxId()).orElse(null);
        if (box == null || !parcel.about(box)) {
            return Optional.of(NOT_FOUND);
        }
        if (!box.status.shipped()) {
            return Optional.of(STATUS);
        }
        return duplicate(parcel, box);
    }

    private static Optional<Refusal> splitRefusal(Parcel parcel, Box box) {
        if (!parcel.split() && parcel.numbers().size() > 1) {
            return Optional.of(refused("IS_SEPARATE_MUST_BE_TRUE_WHEN_SEPARATE_DELIVERY"));
        }
        if (parcel.split() && !box.split && box.lines.size() == 1) {
            return Optional.of(refused("NOT_ALLOW_SEPARATE_WHEN_ONE_VENDOR_ITEM"));
        }
        if (parcel.first().path("preSplitShipped").asBoolean() && !box.split) {
            return Optional.of(refused("NOT_ALLOW_SEPARATE_AFTER_NORMAL_DELIVERY"));
        }
        return parcel.numbers().isEmpty() ? Optional.of(refused("NOT_FOUND_INVOICE_NUMBER")) : Optional.empty();
    }

    private Optional<Refusal> duplicate(Parcel parcel, Box box) {
        boolean taken = parcel.numbers().stream().anyMatch(number -> dispatch.taken(number, box));
        return taken ? Optional.of(DUPLICATE) : Optional.empty();
    }

    private void stop(Parcel parcel, Call call) {
        orders.box(parcel.boxId())
                .filter(box -> box.status == Status.INSTRUCT && !box.held())
                .ifPresent(box -> {
                    orders.stop(box, call.at().toEpochMilli());
                    orders.keep(box);
                });
    }

    private static List<Parcel> parcels(Call call) {
        JsonNode entries = call.body().path("orderSheetInvoiceApplyDtos");
        if (!call.body().has("vendorId") || !entries.isArray() || entries.isEmpty()) {
            throw RefusedException.order("vendorId and orderSheetInvoiceApplyDtos are required");
        }
        Map<Long, List<JsonNode>> byBox = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            checkForm(entry);
            byBox.computeIfAbsent(entry.path("shipmentBoxId").asLong(), box -> new ArrayList<>())
                    .add(entry);
        }
        return byBox.entrySet().stream()
                .map(box -> new Parcel(box.getKey(), box.getValue()))
                .toList();
    }

    private static void checkForm(JsonNode entry) {
        String code = entry.path("deliveryCompanyCode").asText("");
        Courier courier = Courier.of(code)
                .orElseThrow(
                        () -> RefusedException.order("유효하지 않은 택배사 코드입니다. Invalid deliveryCompanyCode. [" + code + "]"));
        boolean later = entry.path("splitShipping").asBoolean()
                && Parcel.number(entry).isEmpty()
                && !entry.path("estimatedShippingDate").asText("").isEmpty();
        if (!later) {
            courier.refusal(Parcel.number(entry)).ifPresent(why -> {
                throw RefusedException.order(why);
            });
        }
    }

    private static Refusal refused(String code) {
        return new Refusal(code, false, code);
    }

    private static Answer answer(BoxResults results, String effect) {
        String message = switch (results.code()) {
            case 0 -> "SUCCESS";
            case 1 -> "PARTIAL_ERROR";
            default -> "FAILED";
        };
        ObjectNode data = Envelope.object().put("responseCode", results.code()).put("responseMessage", message);
        data.set("responseList", results.entries());
        Answer answer = Envelope.order(data);
        return results.nothingDone() ? answer : answer.did(effect, results.ref());
    }
}
