package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.coupang.Box.Line;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What one invoice call says about one box: an entry for each option. */
record Parcel(long boxId, List<JsonNode> entries) {

    /** A refusal for one box, in Coupang's codes. */
    record Refusal(String code, boolean retry, String message) {}

    JsonNode first() {
        return entries.get(0);
    }

    boolean split() {
        return entries.stream().anyMatch(entry -> entry.path("splitShipping").asBoolean());
    }

    /** The numbers given, without the empty ones of parcels that follow later. */
    Set<String> numbers() {
        return entries.stream()
                .map(Parcel::number)
                .filter(number -> !number.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The options that leave with this call. */
    Set<Long> shipped() {
        return entries.stream()
                .filter(entry -> !number(entry).isEmpty())
                .map(entry -> entry.path("vendorItemId").asLong())
                .collect(Collectors.toSet());
    }

    /** The entry that carries the number of this call. */
    JsonNode numbered() {
        return entries.stream()
                .filter(entry -> !number(entry).isEmpty())
                .findFirst()
                .orElse(first());
    }

    boolean about(Box box) {
        return entries.stream().allMatch(entry -> entry.path("orderId").asLong() == box.orderId);
    }

    boolean itemsIn(Box box) {
        Set<Long> held = box.lines.stream().map(line -> line.vendorItemId).collect(Collectors.toSet());
        return entries.stream()
                .allMatch(entry -> held.contains(entry.path("vendorItemId").asLong()));
    }

    List<Line> leaving(Box box) {
        return box.lines.stream()
                .filter(line -> shipped().contains(line.vendorItemId))
                .toList();
    }

    static String number(JsonNode entry) {
        return entry.path("invoiceNumber").asText("").strip();
    }
}
