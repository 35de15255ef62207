package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.SandboxClock;
import hub.sandbox.coupang.Product.Event;
import hub.sandbox.coupang.Product.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The calls that read products. Times in their answers are Korean and carry no offset. */
final class ProductReads {

    private static final String PRODUCTS = "/seller-products";
    private static final Duration INDEXING = Duration.ofMinutes(1);

    private final Listings listings;
    private final SandboxClock clock;
    private final String vendorId;

    ProductReads(Listings listings, SandboxClock clock, String vendorId) {
        this.listings = listings;
        this.clock = clock;
        this.vendorId = vendorId;
    }

    void register(Routes routes) {
        routes.product("GET", PRODUCTS, "list-products", this::list);
        routes.product("GET", PRODUCTS + "/time-frame", "list-products-by-time", this::timeFrame);
        routes.product("GET", PRODUCTS + "/inflow-status", "get-inflow-status", call -> inflow());
        routes.product("GET", PRODUCTS + "/external-vendor-sku-codes/{}", "find-product-by-sku", this::bySku);
        routes.product("GET", PRODUCTS + "/{}/histories", "get-product-histories", this::histories);
        routes.product("GET", PRODUCTS + "/{}", "get-product", this::one);
    }

    private Answer one(Call call) {
        Product product = existing(call);
        ObjectNode data = product.document();
        for (var item : data.path("items")) {
            // The price of sale lives with the option once it is approved; the document is what was registered.
            listings.item(item.path("vendorItemId").asLong())
                    .ifPresent(sold ->
                            ((ObjectNode) item).put("salePrice", sold.price).put("originalPrice", sold.originalPrice));
        }
        data.put("sellerProductId", product.id).put("categoryId", 2102);
        putProductId(data, product);
        return Envelope.product("", data.put("statusName", product.status.korean()));
    }

    private Answer list(Call call) {
        checkVendor(call);
        int size = Page.size(call, "maxPerPage", 10, 100);
        int page = Page.number(call, "nextToken");
        List<Product> found = listings.products().stream().filter(wanted(call)).toList();
        List<Product> shown =
                found.stream().skip((page - 1L) * size).limit(size).toList();
        ObjectNode body = Envelope.object()
                .put("code", "SUCCESS")
                .put("message", "")
                .put("nextToken", shown.size() < size ? "" : Integer.toString(page + 1));
        body.set("data", rows(shown.stream()));
        return Envelope.json(200, body);
    }

    private static Predicate<Product> wanted(Call call) {
        String status = call.query("status").orElse("");
        if (!status.isEmpty()
                && Stream.of(Status.values()).noneMatch(known -> known.name().equals(status))) {
            throw RefusedException.product("상품 상태값이 유효하지 않습니다. [" + status + "]");
        }
        String name = call.query("sellerProductName").orElse("");
        if (name.length() > 20) {
            throw RefusedException.product("상품명은 20자 이하로 입력해야 합니다.");
        }
        String day = call.query("createdAt").orElse("");
        String id = call.query("sellerProductId").orElse("");
        return product -> (status.isEmpty()
                        ? product.status != Status.DELETED
                        : product.status.name().equals(status))
                && product.name().contains(name)
                && (day.isEmpty() || Times.day(product.createdAt).equals(day))
                && (id.isEmpty() || Long.toString(product.id).equals(id));
    }

    private Answer timeFrame(Call call) {
        checkVendor(call);
        Instant from = instant(call, "createdAtFrom");
        Instant to = instant(call, "createdAtTo");
        if (to.isBefore(from) || Times.longer(from, to, 10, ChronoUnit.MINUTES)) {
            throw RefusedException.product("검색 허용 범위를 초과했습니다. 최대 허용 범위는 10분입니다.");
        }
        Stream<Product> found = listings.products().stream()
                .filter(product -> product.createdAt >= from.toEpochMilli() && product.createdAt <= to.toEpochMilli());
        return Envelope.product("", rows(found));
    }

    /** The index runs a simulated minute behind. */
    private Answer bySku(Call call) {
        long indexed = call.at().minus(clock.real(INDEXING)).toEpochMilli();
        Stream<Product> found = listings.products().stream()
                .filter(product -> product.status != Status.DELETED && product.createdAt <= indexed)
                .filter(product -> product.skus().contains(call.var(0)));
        return Envelope.product("", rows(found));
    }

    private Answer histories(Call call) {
        Product product = existing(call);
        int size = Page.size(call, "maxPerPage", 10, 100);
        int page = Page.number(call, "nextToken");
        List<Event> newestFirst = new ArrayList<>(product.events);
        Collections.reverse(newestFirst);
        ArrayNode data = Envelope.array();
        newestFirst.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(event -> data.addObject()
                        .put("createdAt", Times.local(event.at()))
                        .put("status", event.status().korean())
                        .put("createdBy", "쿠팡 셀러 시스템")
                        .put("comment", event.comment()));
        ObjectNode body = Envelope.object()
                .put("code", "200")
                .put("message", "")
                .put("nextToken", data.size() < size ? "" : Integer.toString(page + 1));
        body.set("data", data);
        return Envelope.json(200, body);
    }

    private Answer inflow() {
        ObjectNode data = Envelope.object()
                .put("vendorId", vendorId)
                .put("restricted", false)
                .put("registeredCount", listings.products().size());
        return Envelope.product("", data.putNull("permittedCount"));
    }

    private ArrayNode rows(Stream<Product> products) {
        ArrayNode rows = Envelope.array();
        products.forEach(product -> rows.add(row(product)));
        return rows;
    }

    private ObjectNode row(Product product) {
        ObjectNode document = product.document();
        ObjectNode row = Envelope.object().put("sellerProductId", product.id).put("sellerProductName", product.name());
        row.set("displayCategoryCode", document.get("displayCategoryCode"));
        row.put("categoryId", 2102);
        putProductId(row, product);
        return row.put("vendorId", vendorId)
                .put("mdId", "md@")
                .putNull("mdName")
                .put("saleStartedAt", document.path("saleStartedAt").asText())
                .put("saleEndedAt", document.path("saleEndedAt").asText())
                .put("brand", document.path("brand").asText(""))
                .put("statusName", product.status.korean())
                .put("createdAt", Times.local(product.createdAt));
    }

    private static void putProductId(ObjectNode row, Product product) {
        row.put("productId", product.productId == 0 ? null : product.productId);
    }

    private void checkVendor(Call call) {
        String given = call.query("vendorId").orElseThrow(() -> RefusedException.product("업체코드는 반드시 입력되어야 합니다."));
        if (!given.equals(vendorId)) {
            throw RefusedException.product("업체코드가 유효하지 않습니다.");
        }
    }

    private static Instant instant(Call call, String parameter) {
        return call.query(parameter)
                .flatMap(Times::seconds)
                .orElseThrow(() -> RefusedException.product("[" + parameter + "] 날짜 형식이 올바르지 않습니다."));
    }

    private Product existing(Call call) {
        return listings.product(call.number(0))
                .orElseThrow(() -> RefusedException.product("업체상품[" + call.var(0) + "]이 없습니다."));
    }
}
