package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.coupang.Box.Line;

/** A claim as the return APIs of version 6 write it. */
final class ReturnRequest {

    private static final long SHIPPING_WON = 3_000;

    private ReturnRequest() {}

    static ObjectNode of(Claim claim, Box box) {
        ObjectNode request = Envelope.object()
                .put("receiptId", claim.id)
                .put("orderId", claim.orderId)
                .put("paymentId", claim.paymentId)
                .put("receiptType", claim.type)
                .put("receiptStatus", claim.status.name())
                .put("createdAt", Times.local(claim.createdAt))
                .put("modifiedAt", Times.local(claim.modifiedAt));
        putRequester(request, box);
        request.put("cancelReasonCategory1", claim.bySeller ? "판매자사유" : "고객변심")
                .put("cancelReasonCategory2", claim.bySeller ? "재고부족" : "단순변심(사유없음)")
                .put("cancelReason", "")
                .put("cancelCountSum", claim.count())
                .put("returnDeliveryId", claim.id - 29_999_000)
                .put("returnDeliveryType", "수기관리")
                .put("releaseStopStatus", claim.stopStatus);
        request.set("enclosePrice", Envelope.won(0));
        boolean completed = claim.status == Claim.Status.RETURNS_COMPLETED;
        request.put("faultByType", claim.bySeller ? "VENDOR" : "CUSTOMER")
                .put("preRefund", false)
                .put("completeConfirmDate", completed ? Times.local(claim.modifiedAt) : "")
                .put("completeConfirmType", completed ? "VENDOR_CONFIRM" : "UNDEFINED");
        claim.items.forEach(item -> request.withArray("returnItems").add(item(item, box)));
        request.putArray("returnDeliveryDtos")
                .addObject()
                .put("deliveryCompanyCode", claim.courier)
                .put("deliveryInvoiceNo", claim.invoice);
        request.put("reasonCode", claim.bySeller ? "SOLDOUT" : "CHANGEMIND")
                .put("reasonCodeText", claim.bySeller ? "품절" : "필요 없어짐 (단순 변심)");
        request.set("returnShippingCharge", Envelope.won(claim.bySeller ? SHIPPING_WON : -SHIPPING_WON));
        return request;
    }

    private static void putRequester(ObjectNode request, Box box) {
        request.put("requesterName", box.orderer.name())
                .put("requesterPhoneNumber", box.orderer.phone())
                .putNull("requesterRealPhoneNumber")
                .put("requesterAddress", box.receiver.address())
                .put("requesterAddressDetail", box.receiver.detail())
                .put("requesterZipCode", box.receiver.zip());
    }

    private static ObjectNode item(Claim.Item item, Box box) {
        Line line = box.lines.stream()
                .filter(bought -> bought.vendorItemId == item.vendorItemId())
                .findFirst()
                .orElseGet(Line::new);
        return Envelope.object()
                .put("vendorItemPackageId", 0)
                .put("vendorItemPackageName", line.productName)
                .put("vendorItemId", item.vendorItemId())
                .put("vendorItemName", line.title)
                .put("purchaseCount", line.count)
                .put("cancelCount", item.count())
                .put("shipmentBoxId", box.id)
                .put("sellerProductId", line.sellerProductId)
                .put("sellerProductName", line.productName)
                .put("releaseStatus", item.released())
                .put("cancelCompleteUser", "");
    }
}
