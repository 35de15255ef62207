package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Courier;
import java.time.Instant;

/**
 * An order as the store keeps it; where it is follows from the time alone. Prints nothing but its number.
 *
 * @param document never changed
 */
record PlacedOrder(JsonNode document) {

    static final String TO_SHIP = "WAITDELI";

    String orderNo() {
        return "OR" + number();
    }

    long number() {
        return document.path("number").asLong();
    }

    String uid() {
        return "u" + number();
    }

    String sellerMessage() {
        return document.path("sellerMessage").asText();
    }

    Instant at() {
        return Instant.ofEpochMilli(document.path("at").asLong());
    }

    /** The {@code statusMode} of the contract. */
    String mode(Instant now) {
        if (document.path("denied").asBoolean()) {
            return "DENYBUY";
        }
        if (now.toEpochMilli() < document.path("shipsAt").asLong()) {
            return TO_SHIP;
        }
        return now.toEpochMilli() < document.path("doneAt").asLong() ? "WAITRCPT" : "DONE";
    }

    ObjectNode view(Instant now) {
        String mode = mode(now);
        ObjectNode view = Loose.object()
                .put("orderNo", orderNo())
                .put("orderUid", uid())
                .put("status", status(mode))
                .put("statusMode", mode)
                .put("itemNo", document.path("itemNo").asText())
                .put("itemTitle", document.path("itemTitle").asText());
        int pieces = 0;
        for (JsonNode line : document.path("pieces")) {
            pieces += line.asInt();
        }
        view.set("orderQty", new Loose(number(), number()).number(pieces));
        ObjectNode chosen = Loose.object();
        chosen.set("opt", document.path("options"));
        view.set("selectOpt", document.path("options").isEmpty() ? Loose.text("") : chosen);
        view.put("date", KoreanTime.text(at()));
        view.set("consumer", document.path("consumer"));
        boolean gone = mode.equals("WAITRCPT") || mode.equals("DONE");
        Courier courier = Courier.of(number());
        view.putObject("delivery")
                .put("company", gone ? courier.name() : "")
                .put("companyName", gone ? courier.korean() : "")
                .put("code", gone ? document.path("tracking").asText() : "");
        return view;
    }

    @Override
    public String toString() {
        return orderNo();
    }

    private static String status(String mode) {
        return switch (mode) {
            case TO_SHIP -> "배송준비중";
            case "WAITRCPT" -> "배송중";
            case "DONE" -> "거래완료";
            default -> "구매취소";
        };
    }
}
