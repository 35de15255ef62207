package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.coupang.Vendor.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoupangOrderTest {

    private static final String V5 = Vendor.API + "v5/vendors/" + Vendor.ID;
    private static final String V4 = Vendor.API + "v4/vendors/" + Vendor.ID;
    private static final String DAYS = "createdAtFrom=2026-03-01%2B09:00&createdAtTo=2026-03-02%2B09:00";

    @TempDir
    private Path folder;

    private Vendor vendor;

    @BeforeEach
    void open() {
        vendor = new Vendor(folder, 60);
    }

    @Test
    void nobody_buys_before_the_approval_and_stock_falls_with_every_order() {
        vendor.create("OC-1", 500);
        vendor.pass(Duration.ofMinutes(55));
        assertThat(vendor.orders("ACCEPT")).isEmpty();
        vendor.pass(Duration.ofMinutes(125));

        long sold = 0;
        for (JsonNode sheet : sheets()) {
            for (JsonNode item : sheet.path("orderItems")) {
                sold += item.path("shippingCount").asLong();
            }
        }
        assertThat(sold).isPositive();
        assertThat(stock(93_000_000_001L) + stock(93_000_000_002L)).isBetween(900 - sold, 1_000 - sold);
    }

    @Test
    void orders_come_at_the_asked_rate_and_stop_with_the_stock() {
        vendor.listed("OC-1", 99_999);
        Set<Long> before = orderIds();
        vendor.pass(Duration.ofHours(5));
        assertThat(orderIds().size() - before.size()).isBetween(240, 360);

        vendor.put(Vendor.PRODUCTS + "/vendor-items/93000000001/sales/stop");
        vendor.put(Vendor.PRODUCTS + "/vendor-items/93000000002/quantities/0");
        Set<Long> sold = orderIds();
        vendor.pass(Duration.ofHours(1));
        // Fewer is possible: some buyers cancel.
        assertThat(sold).containsAll(orderIds());
    }

    @Test
    void order_answers_are_shaped_as_documented() {
        sell();
        Reply page = vendor.get(V5 + "/ordersheets?" + DAYS + "&maxPerPage=2&status=ACCEPT");
        Shape.assertSame(page, "ordersheets-01-day-page1");
        JsonNode box = page.data().path(0);
        long boxId = box.path("shipmentBoxId").asLong();
        vendor.acknowledge(List.of(boxId));

        Shape.assertSame(vendor.get(V5 + "/ordersheets/" + boxId), "ordersheet-by-box-01-ok");
        Shape.assertSame(
                vendor.get(V5 + "/" + box.path("orderId").asLong() + "/ordersheets"), "ordersheet-by-order-01-ok");
        Shape.assertSame(vendor.get(V5 + "/ordersheets/" + boxId + "/history"), "ordersheet-history-01");
        Shape.assertSame(vendor.get(minutes("09:00", "23:00", "INSTRUCT")), "ordersheets-03-minute");
        Shape.assertSame(vendor.get(V5 + "/ordersheets?" + DAYS + "&status=DEPARTURE"), "ordersheets-02-day-last");
    }

    @Test
    void pages_hold_every_order_once() {
        sell();
        int all = vendor.get(minutes("09:00", "23:59", "ACCEPT")).data().size();
        Set<Long> seen = new HashSet<>();
        String token = "";
        do {
            Reply page = vendor.get(V5 + "/ordersheets?" + DAYS + "&maxPerPage=7&status=ACCEPT&nextToken=" + token);
            page.data()
                    .forEach(
                            box -> assertThat(seen.add(box.path("shipmentBoxId").asLong()))
                                    .isTrue());
            token = page.body().path("nextToken").asText();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(all).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createdAtFrom=2026-03-01%2B09:00&createdAtTo=2026-03-02%2B09:00 | status is required",
                "createdAtFrom=2026-03-01%2B09:00&createdAtTo=2026-03-02%2B09:00&status=GONE | status is invalid [GONE]",
                "createdAtFrom=2026-03-01+09:00&createdAtTo=2026-03-02%2B09:00&status=ACCEPT"
                        + " | createdAtFrom is missing or malformed",
                "createdAtFrom=2026-03-01&createdAtTo=2026-03-02&status=ACCEPT | createdAtFrom is missing or malformed",
                "createdAtFrom=2026-01-01%2B09:00&createdAtTo=2026-03-02%2B09:00&status=ACCEPT"
                        + " | endTime-startTime range should less than31.",
                "createdAtFrom=2026-03-01T00:00%2B09:00&createdAtTo=2026-03-03T00:00%2B09:00&searchType=timeFrame"
                        + "&status=ACCEPT | endTime-startTime range should less than 0 day",
                "createdAtFrom=2026-03-01%2B09:00&createdAtTo=2026-03-02%2B09:00&status=ACCEPT&maxPerPage=51"
                        + " | maxPerPage should be between 1 and 50"
            })
    void list_is_refused(String query, String message) {
        Reply reply = vendor.get(V5 + "/ordersheets?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void wrong_vendor_and_unknown_box_are_refused_as_documented() {
        assertText(
                vendor.get(Vendor.API + "v5/vendors/A00000000/ordersheets/642538970000000001"),
                "ordersheet-by-box-02-error-vendor");
        assertText(vendor.get(V5 + "/ordersheets/1/history"), "ordersheet-history-02-error");
    }

    @Test
    void acknowledgement_tells_box_by_box() {
        sell();
        List<Long> boxes = idsOf(vendor.orders("ACCEPT"));
        Reply ok = vendor.acknowledge(boxes.subList(0, 2));
        Shape.assertSame(ok, "ack-01-ok");
        assertThat(ok.effect()).isEqualTo("acknowledged");
        assertThat(ok.ref()).isEqualTo(boxes.get(0) + "," + boxes.get(1));

        Reply partial = vendor.acknowledge(List.of(boxes.get(2), 642538979999999999L));
        Shape.assertSame(partial, "ack-02-partial");
        assertThat(partial.data().path("responseCode").asInt()).isEqualTo(1);
        assertThat(partial.data()
                        .path("responseList")
                        .path(1)
                        .path("retryRequired")
                        .asBoolean())
                .isTrue();

        Reply again = vendor.acknowledge(boxes.subList(0, 1));
        Shape.assertSame(again, "ack-03-all-failed");
        assertThat(again.data().path("responseCode").asInt()).isEqualTo(99);
        assertThat(result(again)).isEqualTo("INVALID_STATUS");
        assertThat(again.effect()).isEmpty();
    }

    @Test
    void acknowledgement_takes_fifty_boxes_and_plays_partial_failure() {
        assertThat(vendor.acknowledge(LongStream.range(0, 51).boxed().toList()).status())
                .isEqualTo(400);
        assertThat(vendor.acknowledge(List.of()).data().path("responseCode").asInt())
                .isEqualTo(-1);
        sell();
        Reply half = vendor.acknowledge(idsOf(vendor.orders("ACCEPT")).subList(0, 4), "partial");
        assertThat(half.data().path("responseCode").asInt()).isEqualTo(1);
        assertThat(half.ref().split(",", -1)).hasSize(2);
    }

    @Test
    void box_goes_from_invoice_to_delivery() {
        JsonNode box = acknowledged();
        Reply uploaded = upload(box, "CJGLS", "680400000001");
        Shape.assertSame(uploaded, "invoice-01-ok");
        long boxId = box.path("shipmentBoxId").asLong();
        assertThat(uploaded.effect()).isEqualTo("invoice-uploaded");
        assertThat(uploaded.ref()).isEqualTo(boxId + ":680400000001");
        assertThat(status(boxId)).isEqualTo("DEPARTURE");
        assertThat(result(upload(box, "CJGLS", "680400000001"))).isEqualTo("INVALID_STATUS");
        vendor.restart();
        vendor.pass(Duration.ofHours(8));
        assertThat(status(boxId)).isEqualTo("DELIVERING");
        vendor.pass(Duration.ofHours(24));
        assertThat(status(boxId)).isEqualTo("FINAL_DELIVERY");
        assertThat(sheet(boxId).path("deliveredDate").asText()).isNotEmpty();
    }

    @Test
    void invoice_is_refused_by_form_state_and_use() {
        JsonNode box = acknowledged();
        Reply form = upload(box, "CJGLS", "6257-1");
        assertText(form, "invoice-03-error-format");
        assertThat(upload(box, "CJGLS", "12345678901").status()).isEqualTo(400);
        assertThat(upload(box, "NOBODY", "680400000001").status()).isEqualTo(400);
        JsonNode waiting = vendor.orders("ACCEPT").path(0);
        assertThat(result(upload(waiting, "CJGLS", "680400000001"))).isEqualTo("INVALID_STATUS");
        Shape.assertSame(update(box, "680400000001"), "invoice-update-02-invalid-status");

        upload(box, "CJGLS", "680400000001");
        JsonNode other = other(box);
        Reply duplicate = upload(other, "CJGLS", "680400000001");
        Shape.assertSame(duplicate, "invoice-04-duplicate");
        assertThat(result(duplicate)).isEqualTo("DUPLICATE_INVOICE_NUMBER");
        Shape.assertSame(update(box, "680400000009"), "invoice-update-01-ok");
        assertThat(sheet(box.path("shipmentBoxId").asLong())
                        .path("invoiceNumber")
                        .asText())
                .isEqualTo("680400000009");
    }

    @Test
    void some_orders_come_in_two_boxes_with_other_offsets_and_loose_telephone_numbers() {
        vendor.listed("OC-1", 99_999);
        vendor.pass(Duration.ofHours(5));
        List<JsonNode> sheets = sheets();
        Set<Long> orders = new HashSet<>();
        sheets.forEach(sheet -> orders.add(sheet.path("orderId").asLong()));
        assertThat(sheets.size() - orders.size()).isBetween(1, sheets.size() / 10);
        assertThat(sheets).anyMatch(sheet -> sheet.path("orderedAt").asText().endsWith("-08:00"));
        assertThat(sheets).anyMatch(sheet -> sheet.path("orderedAt").asText().endsWith("+09:00"));
        assertThat(sheets)
                .anyMatch(sheet ->
                        sheet.path("receiver").path("safeNumber").asText().startsWith(" +82"));
        assertThat(sheets)
                .allMatch(sheet -> sheet.path("shipmentBoxId").asText().length() == 18);
    }

    @Test
    void few_buyers_move_before_the_acknowledgement() {
        vendor.listed("OC-1", 99_999);
        vendor.pass(Duration.ofHours(5));
        List<JsonNode> before = sheets();
        List<Long> ids = idsOf(before);
        for (int from = 0; from < ids.size(); from += 50) {
            vendor.acknowledge(ids.subList(from, Math.min(ids.size(), from + 50)));
        }
        long moved = before.stream()
                .filter(sheet -> !sheet.path("receiver")
                        .equals(sheet(sheet.path("shipmentBoxId").asLong()).path("receiver")))
                .count();
        assertThat(moved).isBetween(1L, Math.max(1L, before.size() / 14));
    }

    private void sell() {
        vendor.listed("OC-1", 99_999);
        vendor.pass(Duration.ofMinutes(40));
    }

    /** A box of a buyer with nothing else on his mind, acknowledged. */
    private JsonNode acknowledged() {
        sell();
        JsonNode box = vendor.orders("ACCEPT").path(1);
        vendor.acknowledge(List.of(box.path("shipmentBoxId").asLong()));
        return box;
    }

    private JsonNode other(JsonNode box) {
        for (JsonNode other : vendor.orders("ACCEPT")) {
            if (!other.path("receiver")
                    .path("addr1")
                    .equals(box.path("receiver").path("addr1"))) {
                vendor.acknowledge(List.of(other.path("shipmentBoxId").asLong()));
                return other;
            }
        }
        throw new AssertionError("everybody lives in the same house");
    }

    private Reply upload(JsonNode box, String courier, String number) {
        return vendor.call("POST", V4 + "/orders/invoices", invoice(box, courier, number));
    }

    private Reply update(JsonNode box, String number) {
        return vendor.call("POST", V4 + "/orders/updateInvoices", invoice(box, "CJGLS", number));
    }

    static String invoice(JsonNode box, String courier, String number) {
        ObjectNode body = Envelope.object().put("vendorId", Vendor.ID);
        for (JsonNode item : box.path("orderItems")) {
            body.withArray("orderSheetInvoiceApplyDtos")
                    .addObject()
                    .put("shipmentBoxId", box.path("shipmentBoxId").asLong())
                    .put("orderId", box.path("orderId").asLong())
                    .put("vendorItemId", item.path("vendorItemId").asLong())
                    .put("deliveryCompanyCode", courier)
                    .put("invoiceNumber", number)
                    .put("splitShipping", false)
                    .put("preSplitShipped", false)
                    .put("estimatedShippingDate", "");
        }
        return body.toString();
    }

    private String status(long boxId) {
        return sheet(boxId).path("status").asText();
    }

    private JsonNode sheet(long boxId) {
        return vendor.get(V5 + "/ordersheets/" + boxId).data();
    }

    private long stock(long item) {
        return vendor.get(Vendor.PRODUCTS + "/vendor-items/" + item + "/inventories")
                .data()
                .path("amountInStock")
                .asLong();
    }

    private List<JsonNode> sheets() {
        List<JsonNode> sheets = new ArrayList<>();
        vendor.get(minutes("09:00", "23:59", "ACCEPT")).data().forEach(sheets::add);
        return sheets;
    }

    private Set<Long> orderIds() {
        Set<Long> orders = new HashSet<>();
        sheets().forEach(sheet -> orders.add(sheet.path("orderId").asLong()));
        return orders;
    }

    private static List<Long> idsOf(Iterable<JsonNode> sheets) {
        List<Long> ids = new ArrayList<>();
        sheets.forEach(sheet -> ids.add(sheet.path("shipmentBoxId").asLong()));
        return ids;
    }

    private static String minutes(String from, String to, String status) {
        return V5 + "/ordersheets?createdAtFrom=2026-03-01T" + from + "%2B09:00&createdAtTo=2026-03-01T" + to
                + "%2B09:00&searchType=timeFrame&status=" + status;
    }

    private static String result(Reply reply) {
        return reply.data().path("responseList").path(0).path("resultCode").asText();
    }

    private static void assertText(Reply reply, String sample) {
        Shape.assertSame(reply, sample);
        assertThat(reply.message())
                .isEqualTo(Vendor.sample(sample)
                        .path("response")
                        .path("body")
                        .path("message")
                        .asText());
    }
}
