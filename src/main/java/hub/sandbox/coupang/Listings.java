package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import hub.sandbox.coupang.Product.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The vendor's products, their options, and the examiner who approves them after a while. Not thread-safe. */
final class Listings {

    private static final Duration SAVING = Duration.ofMinutes(10);
    private static final String REASON = "대표이미지 규격 미달";

    private final SandboxStore store;
    private final SandboxClock clock;
    private final Shelf<Product> products;
    private final Shelf<VendorItem> items;

    Listings(SandboxStore store, SandboxClock clock) {
        this.store = store;
        this.clock = clock;
        this.products = new Shelf<>(store, "product", Product.class);
        this.items = new Shelf<>(store, "vendor-item", VendorItem.class);
    }

    Collection<Product> products() {
        return products.all();
    }

    Optional<Product> product(long id) {
        return products.find(id);
    }

    Optional<VendorItem> item(long id) {
        return items.find(id);
    }

    List<VendorItem> itemsOf(Product product) {
        List<VendorItem> found = new ArrayList<>();
        for (ObjectNode item : product.items()) {
            items.find(item.path("vendorItemId").asLong()).ifPresent(found::add);
        }
        return found;
    }

    List<VendorItem> sellable() {
        return items.all().stream().filter(VendorItem::sellable).toList();
    }

    void keep(Product product) {
        products.put(product);
    }

    void keep(VendorItem item) {
        items.put(item);
    }

    Product create(JsonNode body, Instant at) {
        Product product = new Product();
        product.id = store.next("product", 990_000_001);
        product.createdAt = at.toEpochMilli();
        product.register(documentOf(body, product));
        product.move(Status.SAVED, product.createdAt, "임시저장");
        keep(product);
        return product;
    }

    /** Takes over a whole new document; what the options of sale cost and hold is not touched. */
    void replace(Product product, JsonNode body) {
        product.register(documentOf(body, product));
    }

    /** Starts the approval: 1 to 2 simulated hours, the first ten minutes of which the product is still being saved. */
    void submit(Product product, Instant at, boolean deny) {
        boolean first = product.events.stream().noneMatch(event -> event.status() == Status.DENIED);
        product.doomed = deny || (first && product.productId == 0 && unlucky(product));
        product.move(Status.IN_REVIEW, at.toEpochMilli(), "상품 정보 저장중");
        product.dueAt = at.plus(clock.real(SAVING)).toEpochMilli();
        Duration wait = Duration.ofMinutes(61 + Math.floorMod(product.id * 37, 58));
        product.decidedAt = at.plus(clock.real(wait)).toEpochMilli();
        keep(product);
    }

    /** Decides what is due. */
    void tick(Instant now) {
        for (List<Product> due = products.due(now); !due.isEmpty(); due = products.due(now)) {
            due.forEach(this::advance);
        }
    }

    private void advance(Product product) {
        long at = product.dueAt;
        product.dueAt = 0;
        if (product.status == Status.IN_REVIEW) {
            product.move(Status.APPROVING, at, "컨텐츠 확인 대기중");
            product.dueAt = product.decidedAt;
        } else if (product.status == Status.APPROVING && product.doomed) {
            product.move(Status.DENIED, at, REASON);
        } else if (product.status == Status.APPROVING) {
            approve(product, at);
        }
        keep(product);
    }

    private void approve(Product product, long at) {
        product.move(Status.APPROVED, at, "승인완료");
        if (product.productId == 0) {
            product.productId = store.next("catalog-product", 910_000_001);
        }
        ObjectNode document = product.document();
        for (ObjectNode item : Product.items(document)) {
            VendorItem known = items.find(item.path("vendorItemId").asLong()).orElseGet(() -> opened(product, item));
            known.productName = product.name();
            known.itemName = item.path("itemName").asText();
            known.title = title(product, item);
            known.sku = item.path("externalVendorSku").asText("");
            items.put(known);
        }
        product.register(document);
    }

    private VendorItem opened(Product product, ObjectNode item) {
        VendorItem opened = new VendorItem();
        opened.id = store.next("vendor-item-id", 93_000_000_001L);
        opened.itemId = store.next("item-id", 92_000_000_001L);
        opened.sellerProductId = product.id;
        opened.sellerProductItemId = item.path("sellerProductItemId").asLong();
        opened.productId = product.productId;
        opened.price = item.path("salePrice").asLong();
        opened.originalPrice = item.path("originalPrice").asLong();
        opened.stock = item.path("maximumBuyCount").asLong();
        item.put("vendorItemId", opened.id);
        item.put("itemId", opened.itemId);
        return opened;
    }

    private static String title(Product product, ObjectNode item) {
        StringBuilder title = new StringBuilder(product.name());
        for (JsonNode attribute : item.path("attributes")) {
            title.append(", ").append(attribute.path("attributeValueName").asText(""));
        }
        return title.toString();
    }

    /** About one product in a hundred is refused, always the same ones. */
    private static boolean unlucky(Product product) {
        String code = product.skus().isEmpty() ? product.name() : product.skus().get(0);
        return Math.floorMod(code.hashCode(), 100) == 0;
    }

    private ObjectNode documentOf(JsonNode body, Product product) {
        ObjectNode document = body.deepCopy();
        document.remove(List.of("requested", "sellerProductId", "statusName"));
        ArrayNode numbered = Envelope.array();
        for (JsonNode item : body.path("items")) {
            numbered.add(numbered((ObjectNode) item, product));
        }
        document.set("items", numbered);
        return document;
    }

    private ObjectNode numbered(ObjectNode item, Product product) {
        ObjectNode known = product.items().stream()
                .filter(old -> item.path("sellerProductItemId").asLong()
                        == old.path("sellerProductItemId").asLong())
                .findFirst()
                .orElseGet(() ->
                        Envelope.object().put("sellerProductItemId", store.next("seller-product-item", 9_910_000)));
        ObjectNode numbered = Envelope.object();
        numbered.set("sellerProductItemId", known.path("sellerProductItemId"));
        numbered.set("vendorItemId", known.get("vendorItemId"));
        numbered.set("itemId", known.get("itemId"));
        ObjectNode rest = item.deepCopy();
        rest.remove(List.of("sellerProductItemId", "vendorItemId", "itemId"));
        return numbered.setAll(rest);
    }
}
