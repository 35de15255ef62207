package hub.sandbox.coupang;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.PackedJson;
import java.util.List;

/** A product's document as it was registered, packed; and, unpacked, what all products are searched by. */
final class Registered {

    final String name;
    /** The seller's codes of all items, in their order; those without one are left out. */
    final List<String> skus;

    private final PackedJson document;

    @JsonCreator
    Registered(ObjectNode document) {
        this.document = new PackedJson(document.toString());
        this.name = document.path("sellerProductName").asText();
        this.skus = Product.items(document).stream()
                .map(item -> item.path("externalVendorSku").asText(""))
                .filter(sku -> !sku.isEmpty())
                .toList();
    }

    /** A tree of the caller's own. */
    @JsonValue
    ObjectNode tree() {
        return (ObjectNode) document.tree();
    }
}
