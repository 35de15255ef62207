package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.coupang.Box.Line;
import java.time.Duration;
import java.util.Comparator;

/**
 * A box as the order APIs of version 5 write it: amounts as objects, times with an offset, spelling errors included.
 */
final class OrderSheet {

    private static final long SHIPPING_WON = 3_000;

    private OrderSheet() {}

    static ObjectNode of(Box box) {
        ObjectNode sheet = Envelope.object()
                .put("shipmentBoxId", box.id)
                .put("orderId", box.orderId)
                .put("orderedAt", Times.zoned(box.placedAt, box.offset));
        sheet.putObject("orderer")
                .put("name", box.orderer.name())
                .put("email", "")
                .put("safeNumber", box.orderer.phone())
                .putNull("ordererNumber");
        sheet.put("paidAt", Times.zoned(box.placedAt, 9)).put("status", box.status.name());
        sheet.set("shippingPrice", Envelope.won(SHIPPING_WON));
        sheet.putNull("remotePrice")
                .put("remoteArea", false)
                .put("parcelPrintMessage", box.memo)
                .put("splitShipping", box.split)
                .put("ableSplitShipping", !box.split);
        putReceiver(sheet, box);
        box.lines.forEach(line -> sheet.withArray("orderItems").add(item(box, line)));
        putShipping(sheet, box);
        return sheet;
    }

    /** By age, newest first. */
    static ObjectNode history(Box box) {
        ObjectNode body = Envelope.order().put("shipmentBoxId", box.id);
        var data = body.putArray("data");
        box.events.stream()
                .sorted(Comparator.comparingLong(Box.Event::at).reversed())
                .forEach(event -> data.addObject()
                        .put("deliveryStatus", event.status().name())
                        .put("deliveryStatusDesc", event.status().korean())
                        .put("updatedAt", Times.zoned(event.at(), 9)));
        return body;
    }

    private static void putReceiver(ObjectNode sheet, Box box) {
        sheet.putObject("receiver")
                .put("name", box.receiver.name())
                .put("safeNumber", box.receiver.phone())
                .putNull("receiverNumber")
                .put("addr1", box.receiver.address())
                .put("addr2", box.receiver.detail())
                .put("postCode", box.receiver.zip());
    }

    private static ObjectNode item(Box box, Line line) {
        ObjectNode item = Envelope.object()
                .put("vendorItemPackageId", 0)
                .put("vendorItemPackageName", line.productName)
                .put("productId", line.productId)
                .put("vendorItemId", line.vendorItemId)
                .put("vendorItemName", line.title)
                .put("shippingCount", line.count);
        putAmounts(item, line);
        item.put("externalVendorSkuCode", line.sku).putNull("etcInfoHeader").putNull("etcInfoValue");
        item.putArray("etcInfoValues");
        item.put("sellerProductId", line.sellerProductId)
                .put("sellerProductName", line.productName)
                .put("sellerProductItemName", line.itemName)
                .put("firstSellerProductItemName", line.itemName)
                .put("cancelCount", line.cancelled)
                .put("holdCountForCancel", line.held)
                .put(
                        "estimatedShippingDate",
                        Times.day(box.placedAt + Duration.ofDays(2).toMillis()))
                .put("plannedShippingDate", "")
                .put("invoiceNumberUploadDate", box.invoicedAt == 0 ? "" : Times.zoned(box.invoicedAt, 9));
        item.putObject("extraProperties");
        return item.put("pricingBadge", false)
                .put("usedProduct", false)
                .putNull("confirmDate")
                .put("deliveryChargeTypeName", "유료")
                .putNull("upBundleVendorItemId")
                .putNull("upBundleVendorItemName")
                .putNull("upBundleSize")
                .put("upBundleItem", false)
                .put("canceled", line.cancelled >= line.count);
    }

    private static void putAmounts(ObjectNode item, Line line) {
        item.set("salesPrice", Envelope.won(line.price));
        item.set("orderPrice", Envelope.won(line.price * line.count));
        item.set("discountPrice", Envelope.won(0));
        item.set("instantCouponDiscount", Envelope.won(0));
        item.set("downloadableCouponDiscount", Envelope.won(0));
        item.set("coupangDiscount", Envelope.won(0));
    }

    private static void putShipping(ObjectNode sheet, Box box) {
        sheet.putObject("overseaShippingInfoDto")
                .put("personalCustomsClearanceCode", "")
                .put("ordererSsn", "")
                .put("ordererPhoneNumber", "");
        sheet.put(
                        "deliveryCompanyName",
                        Courier.of(box.courier).map(Courier::korean).orElse(""))
                .put("invoiceNumber", box.invoice)
                .put("inTrasitDateTime", box.movingAt == 0 ? "" : Times.zoned(box.movingAt, 9))
                .put("deliveredDate", box.deliveredAt == 0 ? "" : Times.zoned(box.deliveredAt, 9))
                .put("refer", "안드로이드앱")
                .put("shipmentType", "THIRD_PARTY")
                .put("isCod", false);
        sheet.putObject("extraProperties").put("sameDayShipping", "false").put("cutOffTimeHour", "0");
    }
}
