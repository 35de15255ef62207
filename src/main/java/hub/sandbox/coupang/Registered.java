package hub.sandbox.coupang;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.PackedJson;

/** A product's document as it was registered; kept on a {@link Shelf} as the plain document. */
final class Registered {

    private final PackedJson document;

    @JsonCreator
    Registered(ObjectNode document) {
        this.document = new PackedJson(document);
    }

    /** A tree of the caller's own. */
    @JsonValue
    ObjectNode tree() {
        return (ObjectNode) document.tree();
    }
}
