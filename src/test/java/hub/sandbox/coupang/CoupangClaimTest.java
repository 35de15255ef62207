package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.coupang.Vendor.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoupangClaimTest {

    private static final String V4 = Vendor.API + "v4/vendors/" + Vendor.ID;
    private static final String V5 = Vendor.API + "v5/vendors/" + Vendor.ID;
    private static final String RETURNS = Vendor.API + "v6/vendors/" + Vendor.ID + "/returnRequests";
    private static final String MINUTES =
            RETURNS + "?searchType=timeFrame&createdAtFrom=2026-03-01T00:00&createdAtTo=2026-03-20T23:59";

    @TempDir
    private Path folder;

    private Vendor vendor;

    @BeforeEach
    void open() {
        vendor = new Vendor(folder, 60);
        vendor.listed("OC-1", 99_999);
        vendor.pass(Duration.ofMinutes(40));
    }

    @Test
    void requested_stop_holds_the_invoice_until_it_is_answered() {
        JsonNode box = acknowledged();
        Reply refused = upload(box, "680400000001", "stop-requested");
        assertThat(refused.data()
                        .path("responseList")
                        .path(0)
                        .path("resultCode")
                        .asText())
                .isEqualTo("ORDER_DELIVERY_PARTIAL_STOP_REQUESTED");
        Reply list = vendor.get(MINUTES + "&status=RU");
        Shape.assertSame(list, "returns-01-stop-shipment-request");
        JsonNode claim = last(list);
        assertThat(claim.path("returnItems").path(0).path("shipmentBoxId")).isEqualTo(box.path("shipmentBoxId"));

        Reply wrong = act(claim, "stoppedShipment", claim.path("cancelCountSum").asInt() + 1);
        Shape.assertSame(wrong, "return-stopped-02-error-count");
        Reply stopped =
                act(claim, "stoppedShipment", claim.path("cancelCountSum").asInt());
        Shape.assertSame(stopped, "return-stopped-01-ok");
        Reply gone = vendor.get(V5 + "/" + box.path("orderId").asLong() + "/ordersheets");
        assertThat(gone.message()).isEqualTo("해당 주문이 취소 또는 반품 되었습니다.");
    }

    @Test
    void box_already_sent_is_reported_received_and_approved() {
        JsonNode box = acknowledged();
        upload(box, "680400000001", "stop-requested");
        JsonNode claim = last(vendor.get(MINUTES + "&status=RU"));
        Shape.assertSame(act(claim, "completedShipment", 0), "return-already-shipped-01-ok");
        assertThat(vendor.get(V5 + "/ordersheets/" + box.path("shipmentBoxId").asLong())
                        .data()
                        .path("status")
                        .asText())
                .isEqualTo("DEPARTURE");
        Shape.assertSame(
                vendor.get(RETURNS + "?createdAtFrom=2026-03-01&createdAtTo=2026-03-07&status=UC&maxPerPage=50"),
                "returns-04-after-delivery");
        Shape.assertSame(vendor.get(RETURNS + "/" + claim.path("receiptId").asLong()), "return-one-01");
        int count = claim.path("cancelCountSum").asInt();
        assertThat(act(claim, "approval", count).status()).isEqualTo(400);
        Shape.assertSame(act(claim, "receiveConfirmation", 0), "return-received-01-ok");
        Shape.assertSame(act(claim, "approval", count), "return-approve-01-ok");
    }

    @Test
    void list_without_status_and_order_is_refused() {
        Reply reply = vendor.get(MINUTES);
        Shape.assertSame(reply, "returns-03-error-no-status");
        assertThat(reply.message()).isEqualTo("OrderId can't be null , if doesn't pass the parameter status");
        assertThat(vendor.get(RETURNS + "?createdAtFrom=2026-01-01&createdAtTo=2026-03-07&status=UC")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void seller_cancels_at_once_in_accept_and_stops_in_instruct() {
        JsonNode box = vendor.orders("ACCEPT").path(0);
        int count = box.path("orderItems").path(0).path("shippingCount").asInt();
        Shape.assertSame(cancel(box, 9), "seller-cancel-03-failed");
        Reply cancelled = cancel(box, count);
        Shape.assertSame(cancelled, "seller-cancel-01-ok-accept");
        assertThat(cancelled
                        .data()
                        .path("receiptMap")
                        .elements()
                        .next()
                        .path("receiptType")
                        .asText())
                .isEqualTo("CANCEL");
        Shape.assertSame(vendor.get(MINUTES + "&cancelType=CANCEL"), "returns-02-cancelled-before-ack");
        Reply stopped = cancel(acknowledged(), 1);
        assertThat(stopped.data()
                        .path("receiptMap")
                        .elements()
                        .next()
                        .path("receiptType")
                        .asText())
                .isEqualTo("STOP_SHIPMENT");
    }

    @Test
    void few_buyers_stop_what_was_acknowledged_and_fewer_think_again() {
        vendor.pass(Duration.ofHours(16));
        List<Long> boxes = new ArrayList<>();
        for (JsonNode page = vendor.orders("ACCEPT"); !page.isEmpty(); page = vendor.orders("ACCEPT")) {
            List<Long> ids = new ArrayList<>();
            page.forEach(box -> ids.add(box.path("shipmentBoxId").asLong()));
            vendor.acknowledge(ids);
            boxes.addAll(ids);
        }
        vendor.pass(Duration.ofHours(1));
        int asked = vendor.get(MINUTES + "&status=RU").data().size();
        assertThat(asked).isBetween(1, boxes.size() * 4 / 100);
        vendor.pass(Duration.ofHours(20));
        Reply withdrawn = vendor.get(V4 + "/returnWithdrawRequests?dateFrom=2026-03-01&dateTo=2026-03-07&pageIndex=1");
        Shape.assertSame(withdrawn, "return-withdrawals-01");
        assertThat(withdrawn.data().size()).isLessThan(asked);
        vendor.restart();
        assertThat(vendor.get(MINUTES + "&status=RU").data().size()).isPositive();
    }

    @Test
    void withdrawals_and_exchanges_look_back_seven_days() {
        Reply range = vendor.get(V4 + "/returnWithdrawRequests?dateFrom=2026-02-01&dateTo=2026-03-07");
        Shape.assertSame(range, "return-withdrawals-02-error-range");
        String exchanges = V4 + "/exchangeRequests?createdAtFrom=2026-03-01T00:00:00&createdAtTo=";
        assertThat(vendor.get(exchanges + "2026-03-07T23:59:59").data()).isEmpty();
        assertThat(vendor.get(exchanges + "2026-03-09T00:00:00").status()).isEqualTo(400);
    }

    private JsonNode acknowledged() {
        JsonNode box = vendor.orders("ACCEPT").path(1);
        vendor.acknowledge(List.of(box.path("shipmentBoxId").asLong()));
        return box;
    }

    private Reply upload(JsonNode box, String number, String... faults) {
        return vendor.call("POST", V4 + "/orders/invoices", CoupangOrderTest.invoice(box, "CJGLS", number), faults);
    }

    private Reply act(JsonNode claim, String action, int count) {
        long id = claim.path("receiptId").asLong();
        ObjectNode body = Envelope.object()
                .put("vendorId", Vendor.ID)
                .put("receiptId", id)
                .put("cancelCount", count)
                .put("deliveryCompanyCode", "CJGLS")
                .put("invoiceNumber", "680400000001");
        return vendor.call("PUT", V4 + "/returnRequests/" + id + "/" + action, body.toString());
    }

    private Reply cancel(JsonNode box, int count) {
        long order = box.path("orderId").asLong();
        ObjectNode body = Envelope.object().put("orderId", order);
        body.putArray("vendorItemIds")
                .add(box.path("orderItems").path(0).path("vendorItemId").asLong());
        body.putArray("receiptCounts").add(count);
        body.put("bigCancelCode", "CANERR")
                .put("middleCancelCode", "CCTTER")
                .put("userId", "sandbox_wing")
                .put("vendorId", Vendor.ID);
        return vendor.call("POST", V5 + "/orders/" + order + "/cancel", body.toString());
    }

    private static JsonNode last(Reply list) {
        return list.data().path(list.data().size() - 1);
    }
}
