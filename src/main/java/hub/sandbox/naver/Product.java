package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One product of the store: origin product and channel product in one document, a copy that may be changed. */
final class Product {

    /** How far a channel product's number is from its origin product's, as in Naver's examples. */
    static final long CHANNEL_OFFSET = 10_000_000;

    private final ObjectNode document;

    Product(JsonNode document) {
        this.document = document.deepCopy();
    }

    static Product of(long number, Instant now) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("number", number);
        return new Product(document.put("registered", now.toEpochMilli()));
    }

    JsonNode document() {
        return document;
    }

    long number() {
        return document.path("number").asLong();
    }

    long channelNumber() {
        return number() + CHANNEL_OFFSET;
    }

    Instant registered() {
        return Instant.ofEpochMilli(document.path("registered").asLong());
    }

    Instant modified() {
        return Instant.ofEpochMilli(document.path("modified").asLong());
    }

    void modified(Instant now) {
        document.put("modified", now.toEpochMilli());
    }

    ObjectNode origin() {
        return document.withObject("/originProduct");
    }

    ObjectNode channel() {
        return document.withObject("/smartstoreChannelProduct");
    }

    void replace(ObjectNode origin, ObjectNode channel) {
        document.set("originProduct", origin);
        document.set("smartstoreChannelProduct", channel);
    }

    /** The seller's own code. */
    String code() {
        return origin().at("/detailAttribute/sellerCodeInfo/sellerManagementCode")
                .asText();
    }

    String name() {
        return origin().path("name").asText();
    }

    long price() {
        return origin().path("salePrice").asLong();
    }

    int stock() {
        return origin().path("stockQuantity").asInt();
    }

    String status() {
        return origin().path("statusType").asText();
    }

    void status(String status) {
        origin().put("statusType", status);
    }

    List<ObjectNode> options() {
        List<ObjectNode> options = new ArrayList<>();
        origin().at("/detailAttribute/optionInfo/optionCombinations").forEach(o -> options.add((ObjectNode) o));
        return options;
    }

    /** Adds up the options' stock and lets the state follow: without stock a product on sale is sold out. */
    void settle() {
        if (!options().isEmpty()) {
            int sum = options().stream()
                    .filter(option -> option.path("usable").asBoolean(true))
                    .mapToInt(option -> option.path("stockQuantity").asInt())
                    .sum();
            origin().put("stockQuantity", sum);
        }
        if (status().equals("SALE") || status().equals("OUTOFSTOCK")) {
            status(stock() > 0 ? "SALE" : "OUTOFSTOCK");
        }
    }

    boolean onSale() {
        return status().equals("SALE")
                && channel().path("channelProductDisplayStatusType").asText().equals("ON");
    }
}
