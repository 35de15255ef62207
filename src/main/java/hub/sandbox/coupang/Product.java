package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One seller product: the document as it was registered, and how far its approval is. */
final class Product implements Shelf.Thing {

    /** Where a product can be, with the Korean name that answers carry. */
    enum Status {
        IN_REVIEW("심사중"),
        SAVED("임시저장"),
        APPROVING("승인대기중"),
        APPROVED("승인완료"),
        PARTIAL_APPROVED("부분승인완료"),
        DENIED("승인반려"),
        DELETED("상품삭제");

        private final String korean;

        Status(String korean) {
            this.korean = korean;
        }

        String korean() {
            return korean;
        }
    }

    /** One line of the approval's history. */
    record Event(long at, Status status, String comment) {}

    long id;
    /** 0 until the first approval. */
    long productId;

    Status status = Status.SAVED;
    long createdAt;
    long dueAt;
    /** When the approval that is running ends, in epoch milliseconds. */
    long decidedAt;
    /** Whether the approval that is running will end in a refusal. */
    boolean doomed;

    private Registered document = new Registered(Envelope.object());
    final List<Event> events = new ArrayList<>();

    @Override
    public long id() {
        return id;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    void move(Status to, long at, String comment) {
        status = to;
        events.add(new Event(at, to, comment));
    }

    boolean waiting() {
        return status == Status.IN_REVIEW || status == Status.APPROVING;
    }

    /** A copy of the document; a change to it counts once it is registered. */
    ObjectNode document() {
        return document.tree();
    }

    void register(ObjectNode changed) {
        document = new Registered(changed);
    }

    /** The items of the document; each carries its {@code sellerProductItemId}. */
    List<ObjectNode> items() {
        return items(document());
    }

    static List<ObjectNode> items(ObjectNode document) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : document.path("items")) {
            items.add((ObjectNode) item);
        }
        return items;
    }

    List<String> skus() {
        return document.skus;
    }

    String name() {
        return document.name;
    }
}
