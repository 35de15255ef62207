package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One product order, a copy that may be changed: what the seller is shown ({@link #content()}), its last change, and
 * what its buyer or parcel does next.
 */
final class ProductOrder {

    private static final String CLAIM_STATUS = "claimStatus";

    private final ObjectNode document;

    ProductOrder(JsonNode document) {
        this.document = document.deepCopy();
    }

    /** A paid product order of which nobody knows yet. */
    static ProductOrder paid(ObjectNode order, ObjectNode productOrder, Instant now) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("order", order);
        content.set("productOrder", productOrder);
        ProductOrder paid =
                new ProductOrder(JsonNodeFactory.instance.objectNode().set("content", content));
        paid.changed("PAYED", now);
        return paid;
    }

    JsonNode document() {
        return document;
    }

    /** As {@code query} answers it: order, productOrder and, when they are there, delivery and claims. */
    ObjectNode content() {
        return document.withObject("/content");
    }

    ObjectNode order() {
        return content().withObject("/order");
    }

    ObjectNode productOrder() {
        return content().withObject("/productOrder");
    }

    String id() {
        return text("productOrderId");
    }

    String orderId() {
        return order().path("orderId").asText();
    }

    String status() {
        return text("productOrderStatus");
    }

    void status(String status) {
        productOrder().put("productOrderStatus", status);
    }

    String placeStatus() {
        return text("placeOrderStatus");
    }

    void placeStatus(String status) {
        productOrder().put("placeOrderStatus", status);
    }

    String claimStatus() {
        return text(CLAIM_STATUS);
    }

    boolean is(String status, String placeStatus) {
        return status().equals(status) && placeStatus().equals(placeStatus);
    }

    /** Whether a claim waits for an answer. */
    boolean claimed() {
        return content().has("currentClaim");
    }

    int remaining() {
        return productOrder().path("remainQuantity").asInt();
    }

    String text(String name) {
        return productOrder().path(name).asText();
    }

    Instant paidAt() {
        return Kst.instant(order().path("paymentDate").asText()).orElseThrow();
    }

    /** The parcel's number, empty before dispatch. */
    String trackingNumber() {
        return content().at("/delivery/trackingNumber").asText();
    }

    String courier() {
        return content().at("/delivery/deliveryCompany").asText();
    }

    boolean addressChanged() {
        return document.path("addressChanged").asBoolean();
    }

    void addressChanged(boolean changed) {
        document.put("addressChanged", changed);
    }

    /** Notes the change that {@code last-changed-statuses} tells; an earlier one is no longer told. */
    void changed(String type, Instant now) {
        document.putObject("change").put("type", type).put("at", now.toEpochMilli());
    }

    String changeType() {
        return document.at("/change/type").asText();
    }

    Instant changedAt() {
        return Instant.ofEpochMilli(document.at("/change/at").asLong());
    }

    /** What happens next unless something else comes first. */
    void next(String event, Instant at) {
        document.putObject("next").put("event", event).put("at", at.toEpochMilli());
    }

    void nothingNext() {
        document.remove("next");
    }

    Optional<Instant> nextAt() {
        return Optional.ofNullable(document.get("next"))
                .map(next -> Instant.ofEpochMilli(next.path("at").asLong()));
    }

    String nextEvent() {
        return document.at("/next/event").asText();
    }

    /** Whether the buyer will ask for a cancel once the order is acknowledged. */
    boolean regretful() {
        return document.path("regretful").asBoolean();
    }

    void regretful(boolean regretful) {
        document.put("regretful", regretful);
    }
}
