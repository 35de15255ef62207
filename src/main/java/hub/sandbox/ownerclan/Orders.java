package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Courier;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The orders, the prepaid balance that pays them, and the vendors who send them. Not thread-safe. */
final class Orders {

    private static final String KIND = "order";
    private static final long BALANCE = 10_000_000_000L; // won, so that days of buyers at full pace can be paid
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(SandboxClock.KST);
    private static final String PARCELS = "61"; // how the numbers of this supplier's parcels begin
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxStore store;
    private final SandboxClock clock;
    private final SplittableRandom random;
    private final Map<String, TreeSet<String>> byNote = new HashMap<>();
    private final TreeSet<String> moving = new TreeSet<>();

    Orders(SandboxStore store, SandboxClock clock, long seed) {
        this.store = store;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        store.all(KIND).forEach(order -> index((ObjectNode) order));
    }

    /** Won that are left. */
    long balance() {
        return store.get("balance", "won").map(JsonNode::asLong).orElse(BALANCE);
    }

    /**
     * Pays and makes an order of each parcel; two calls with the same note make two sets of orders, as the real one.
     *
     * @throws GraphqlException when the balance is too small; nothing is made
     */
    ArrayNode create(Basket basket, ObjectNode input, boolean broke) {
        long won = basket.parcels().stream().mapToLong(Basket.Parcel::won).sum();
        if (broke || won > balance()) {
            throw new GraphqlException("적립금이 부족합니다.");
        }
        pay(won);
        ArrayNode made = JSON.createArrayNode();
        for (Basket.Parcel parcel : basket.parcels()) {
            ObjectNode order = order(parcel, input);
            keep(order);
            made.add(order);
        }
        return made;
    }

    Optional<ObjectNode> find(String key) {
        return store.get(KIND, key).map(order -> ((ObjectNode) order).deepCopy());
    }

    /** @throws GraphqlException when there is none */
    ObjectNode get(String key) {
        return find(key)
                .orElseThrow(() -> new GraphqlException("존재하지 않는 주문입니다.")
                        .about("key", JSON.getNodeFactory().textNode(key)));
    }

    /** Orders that could match a note, or all; by key, which is by time. */
    List<ObjectNode> all(@Nullable String note) {
        List<ObjectNode> all = new ArrayList<>();
        if (note == null) {
            store.all(KIND).forEach(order -> all.add((ObjectNode) order));
        } else {
            byNote.getOrDefault(note, new TreeSet<>()).forEach(key -> all.add(get(key)));
        }
        return all;
    }

    ObjectNode cancel(String key, boolean orRequest) {
        ObjectNode order = get(key);
        String status = order.path("status").asText();
        if (status.equals("paid") || status.equals("placed")) {
            return refunded(order);
        }
        if (orRequest && status.equals("preparing")) {
            return request(order);
        }
        throw new GraphqlException("취소할 수 없는 주문 상태입니다.");
    }

    ObjectNode requestCancellation(String key) {
        ObjectNode order = get(key);
        if (!order.path("status").asText().equals("preparing")) {
            throw new GraphqlException("배송 준비중 상태의 주문만 취소 요청할 수 있습니다.");
        }
        return request(order);
    }

    ObjectNode updateNotes(String key, ObjectNode input) {
        ObjectNode order = get(key);
        if (input.hasNonNull("note")) {
            byNote.getOrDefault(order.path("note").asText(), new TreeSet<>()).remove(key);
            order.set("note", input.get("note"));
        }
        JsonNode first = input.path("sellerNotes").path(0).path("sellerNote");
        if (first.isTextual()) {
            order.set("sellerNote", first);
        }
        return touched(order);
    }

    /** Vendors prepare, ship and decide about cancellations when it is time. */
    void tick() {
        long now = clock.now().toEpochMilli();
        for (String key : List.copyOf(moving)) {
            ObjectNode order = get(key);
            String status = order.path("status").asText();
            if (status.equals("paid") && now >= order.path("prepareAt").asLong()) {
                touched(order.put("status", "preparing"));
            } else if (status.equals("cancellationRequested")
                    && now >= order.path("decideAt").asLong()) {
                decide(order);
            } else if (status.equals("preparing") && now >= order.path("shipAt").asLong()) {
                ship(order);
            }
        }
    }

    private void decide(ObjectNode order) {
        if (random.nextInt(5) > 0) {
            refunded(order);
        } else {
            touched(order.put("status", "preparing"));
        }
    }

    private void ship(ObjectNode order) {
        long now = clock.now().toEpochMilli();
        Courier courier = Courier.of(random.nextInt(Courier.values().length));
        String tracking = courier.nextNumber(store, PARCELS);
        for (JsonNode product : order.path("products")) {
            ((ObjectNode) product)
                    .put("trackingNumber", tracking)
                    .put("shippingCompanyCode", courier.name())
                    .put("shippingCompanyName", courier.korean())
                    .put("shippedDate", now);
        }
        touched(order.put("status", "shipped"));
    }

    private ObjectNode request(ObjectNode order) {
        long decideAt = clock.now().plus(clock.real(Duration.ofHours(1))).toEpochMilli();
        return touched(order.put("status", "cancellationRequested").put("decideAt", decideAt));
    }

    private ObjectNode refunded(ObjectNode order) {
        long won = order.path("won").asLong();
        pay(-won);
        ((ArrayNode) order.path("transactions")).add(transaction("refund", won));
        return touched(order.put("status", "cancelled"));
    }

    private ObjectNode touched(ObjectNode order) {
        keep(order.put("updatedAt", clock.now().toEpochMilli()));
        return order;
    }

    private void keep(ObjectNode order) {
        store.put(KIND, order.path("key").asText(), order);
        index(order);
    }

    private void index(ObjectNode order) {
        String key = order.path("key").asText();
        byNote.computeIfAbsent(order.path("note").asText(), note -> new TreeSet<>())
                .add(key);
        if (List.of("paid", "preparing", "cancellationRequested")
                .contains(order.path("status").asText())) {
            moving.add(key);
        } else {
            moving.remove(key);
        }
    }

    private void pay(long won) {
        store.put("balance", "won", LongNode.valueOf(balance() - won));
    }

    private ObjectNode order(Basket.Parcel parcel, ObjectNode input) {
        Instant now = clock.now();
        String key = STAMP.format(now) + "%05d".formatted(store.next("order", 10_001) % 100_000) + "A";
        ObjectNode order = JSON.createObjectNode().put("key", key).put("id", Listing.id("Order", key));
        order.put("status", "paid").put("createdAt", now.toEpochMilli()).put("updatedAt", now.toEpochMilli());
        for (String note : List.of("note", "sellerNote", "ordererNote")) {
            order.set(note, input.get(note));
        }
        order.put("isBeingMediated", false);
        ArrayNode products = order.putArray("products");
        parcel.lines().forEach(line -> products.add(product(line, products.size() + 1)));
        ObjectNode shipping = order.putObject("shippingInfo");
        shipping.set("sender", input.get("sender"));
        shipping.set("recipient", input.get("recipient"));
        shipping.put("shippingFee", parcel.shippingWon());
        order.putArray("adjustments");
        order.putArray("refundDetails");
        order.putArray("transactions").add(transaction("payment", parcel.won()));
        long hour = clock.real(Duration.ofHours(1)).toMillis();
        order.put("won", parcel.won()).put("prepareAt", now.toEpochMilli() + hour);
        return order.put("shipAt", now.toEpochMilli() + (long) (hour * random.nextDouble(2, 5)));
    }

    private static ObjectNode product(Basket.Line line, int number) {
        Item item = line.item();
        ObjectNode product = JSON.createObjectNode().put("key", item.key() + "-" + number);
        product.put("quantity", line.quantity()).put("price", item.optionPrice(line.option()));
        product.put("shippingType", item.shippingType()).put("itemKey", item.key());
        product.put("productName", item.name()).put("taxFree", item.goods().taxFree());
        if (item.goods().options().isEmpty()) {
            product.putNull("itemOptionInfo");
        } else {
            product.putObject("itemOptionInfo")
                    .put("price", item.optionPrice(line.option()))
                    .set("optionAttributes", item.optionAttributes(line.option()));
        }
        product.putArray("additionalAttributes");
        return product;
    }

    private ObjectNode transaction(String kind, long won) {
        long now = clock.now().toEpochMilli();
        ObjectNode transaction = JSON.createObjectNode();
        transaction.put("key", "T%06d".formatted(store.next("transaction", 1)));
        transaction.put("kind", kind).put("status", "closed");
        transaction.putObject("amount").put("currency", "KRW").put("value", won);
        return transaction.put("createdAt", now).put("updatedAt", now);
    }
}
