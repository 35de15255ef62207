package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Product.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The calls that register, change and delete products. Source: article 360033877853 and its neighbours. */
final class ProductWrites {

    private static final String STILL_SAVING = "상품 정보가 등록 또는 수정되고 있습니다. 잠시 후 다시 조회해 주시기 바랍니다. [%d]";
    private static final String PRODUCTS = "/seller-products";

    /** What may change without a new approval. */
    private static final List<String> DELIVERY = List.of(
            "companyContactNumber",
            "deliveryCharge",
            "deliveryChargeOnReturn",
            "deliveryChargeType",
            "deliveryCompanyCode",
            "deliveryMethod",
            "extraInfoMessage",
            "freeShipOverAmount",
            "outboundShippingPlaceCode",
            "outboundShippingTimeDay",
            "pccNeeded",
            "remoteAreaDeliverable",
            "returnAddress",
            "returnAddressDetail",
            "returnCenterCode",
            "returnCharge",
            "returnChargeName",
            "returnZipCode",
            "unionDeliveryType");

    private final Listings listings;
    private final ProductCheck check;
    private int created;

    ProductWrites(Listings listings, ProductCheck check) {
        this.listings = listings;
        this.check = check;
    }

    void register(Routes routes) {
        routes.product("POST", PRODUCTS, "create-product", this::create);
        routes.product("PUT", PRODUCTS, "update-product", this::update);
        routes.product("PUT", PRODUCTS + "/{}/partial", "update-product-partial", this::updatePartially);
        routes.product("PUT", PRODUCTS + "/{}/approvals", "request-approval", this::requestApproval);
        routes.product("DELETE", PRODUCTS + "/{}", "delete-product", this::delete);
    }

    private Answer create(Call call) {
        JsonNode body = call.body();
        check.check(body);
        PurchaseOptions.checkUnits(body.path("items"));
        Product product = listings.create(body, call.at());
        if (body.path("requested").asBoolean()) {
            listings.submit(product, call.at(), call.fault("deny"));
        }
        return created(product, warnings(call, body.path("items")))
                .did("product-created", String.join(",", product.skus()));
    }

    private Answer created(Product product, ArrayNode warnings) {
        created++;
        if (warnings.isEmpty() && created % 2 == 0) {
            return Envelope.nested(product.id);
        }
        ObjectNode body =
                Envelope.object().put("code", "SUCCESS").put("message", "[]").put("data", product.id);
        if (warnings.isEmpty()) {
            body.putNull("details").putNull("errorItems");
        } else {
            body.put("details", "필수 구매 옵션을 입력해주세요. : '" + PurchaseOptions.MANDATORY + "'")
                    .set("errorItems", warnings);
        }
        return Envelope.json(200, body);
    }

    private static ArrayNode warnings(Call call, JsonNode items) {
        return call.fault("success-with-error-items")
                ? PurchaseOptions.invented(items)
                : PurchaseOptions.missing(items);
    }

    private Answer update(Call call) {
        JsonNode body = call.body();
        Product product = existing(body.path("sellerProductId").asLong());
        checkIdle(product);
        check.check(body);
        checkCategory(product, body);
        checkItems(product, body.path("items"));
        PurchaseOptions.checkUnits(body.path("items"));
        if (!PurchaseOptions.missing(body.path("items")).isEmpty()) {
            throw RefusedException.product("카테고리의 필수 속성이 존재하지 않습니다.");
        }
        listings.replace(product, body);
        if (body.path("requested").asBoolean()) {
            listings.submit(product, call.at(), call.fault("deny"));
        } else {
            product.move(Status.SAVED, call.at().toEpochMilli(), "임시저장");
            listings.keep(product);
        }
        return Envelope.nested(product.id).did("product-updated", Long.toString(product.id));
    }

    private static void checkCategory(Product product, JsonNode body) {
        JsonNode old = product.document().path("displayCategoryCode");
        JsonNode wanted = body.path("displayCategoryCode");
        if (!wanted.isMissingNode() && !old.isMissingNode() && wanted.asLong() != old.asLong()) {
            throw RefusedException.product("노출 카테고리는 수정할 수 없습니다.");
        }
    }

    /** An option that was ever approved can only be stopped, not taken out. */
    private static void checkItems(Product product, JsonNode items) {
        Set<Long> wanted = StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("sellerProductItemId").asLong())
                .collect(Collectors.toSet());
        for (ObjectNode item : product.items()) {
            boolean kept = wanted.remove(item.path("sellerProductItemId").asLong());
            if (!kept && item.hasNonNull("vendorItemId")) {
                throw RefusedException.product(
                        "승인된 옵션은 삭제할 수 없습니다. [" + item.path("vendorItemId").asLong() + "]");
            }
        }
        wanted.remove(0L);
        if (!wanted.isEmpty()) {
            throw RefusedException.product("등록된 옵션이 아닙니다. " + wanted);
        }
    }

    private Answer updatePartially(Call call) {
        Product product = existing(call.number(0));
        JsonNode body = call.body();
        if (body.path("sellerProductId").asLong() != product.id) {
            throw RefusedException.product("업체상품 ID가 일치하지 않습니다.");
        }
        checkIdle(product);
        ObjectNode document = product.document();
        for (String field : DELIVERY) {
            if (body.hasNonNull(field)) {
                document.set(field, body.get(field));
            }
        }
        product.register(document);
        listings.keep(product);
        return Envelope.nested(product.id).did("product-updated", Long.toString(product.id));
    }

    private Answer requestApproval(Call call) {
        Product product = existing(call.number(0));
        if (product.waiting() || product.status == Status.APPROVED) {
            throw RefusedException.product(STILL_SAVING.formatted(product.id));
        }
        listings.submit(product, call.at(), call.fault("deny"));
        String id = Long.toString(product.id);
        String message = id + " 승인 요청되었습니다. 승인 내용에 문제가 있을 경우 승인 요청이 처리되지 않을 수 있습니다.";
        return Envelope.product(message, Envelope.object().textNode(id)).did("approval-requested", id);
    }

    private Answer delete(Call call) {
        long id = call.number(0);
        Product product = listings.product(id)
                .filter(found -> !found.waiting() && found.status != Status.DELETED)
                .filter(found -> listings.itemsOf(found).stream().noneMatch(item -> item.onSale))
                .orElseThrow(() -> RefusedException.product(
                        "업체상품[" + call.var(0) + "]이 없거나 삭제가 불가능한 상태입니다. 삭제는 '저장중', '임시저장' 상태에서만 가능합니다."));
        product.move(Status.DELETED, call.at().toEpochMilli(), "상품삭제");
        for (VendorItem item : listings.itemsOf(product)) {
            item.deleted = true;
            listings.keep(item);
        }
        listings.keep(product);
        return Envelope.product("삭제되었습니다", Envelope.object().textNode(Long.toString(id)))
                .did("product-deleted", Long.toString(id));
    }

    private static void checkIdle(Product product) {
        if (product.status == Status.IN_REVIEW) {
            throw RefusedException.product(STILL_SAVING.formatted(product.id));
        }
        if (product.status == Status.APPROVING) {
            throw RefusedException.product("승인 대기중 상품은 수정할 수 없습니다.");
        }
    }

    private Product existing(long id) {
        return listings.product(id)
                .filter(product -> product.status != Status.DELETED)
                .orElseThrow(() -> RefusedException.product("업체상품[" + id + "]이 없습니다."));
    }
}
