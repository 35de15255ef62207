package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a product may be registered at all: required fields, lengths, codes.
 *
 * <p>Source: article 360033877853; the texts are guesses where its error table has none.
 */
final class ProductCheck {

    private static final List<String> TEXTS = List.of(
            "sellerProductName",
            "vendorId",
            "saleStartedAt",
            "saleEndedAt",
            "deliveryMethod",
            "deliveryCompanyCode",
            "deliveryChargeType",
            "remoteAreaDeliverable",
            "unionDeliveryType",
            "returnCenterCode",
            "returnChargeName",
            "companyContactNumber",
            "returnZipCode",
            "returnAddress",
            "returnAddressDetail",
            "vendorUserId");
    private static final List<String> NUMBERS = List.of(
            "deliveryCharge",
            "freeShipOverAmount",
            "deliveryChargeOnReturn",
            "returnCharge",
            "outboundShippingPlaceCode");

    private static final Set<String> METHODS =
            Set.of("SEQUENCIAL", "COLD_FRESH", "MAKE_ORDER", "AGENT_BUY", "VENDOR_DIRECT");
    private static final Set<String> CHARGES = Set.of("FREE", "NOT_FREE", "CHARGE_RECEIVED", "CONDITIONAL_FREE");
    private static final Set<String> UNIONS = Set.of("UNION_DELIVERY", "NOT_UNION_DELIVERY");

    private final String vendorId;

    ProductCheck(String vendorId) {
        this.vendorId = vendorId;
    }

    /** @throws RefusedException at the first thing that is wrong */
    void check(JsonNode product) {
        TEXTS.forEach(field -> Field.text(product, field));
        NUMBERS.forEach(field -> Field.number(product, field));
        Field.flag(product, "requested");
        Field.atMost(product, "sellerProductName", 100);
        if (!product.path("vendorId").asText().equals(vendorId)) {
            throw RefusedException.product("업체코드가 유효하지 않습니다.");
        }
        checkSale(product);
        checkDelivery(product);
        checkItems(product.path("items"));
    }

    private static void checkSale(JsonNode product) {
        for (String field : List.of("saleStartedAt", "saleEndedAt")) {
            if (Times.seconds(product.path(field).asText()).isEmpty()) {
                throw RefusedException.product("[" + field + "] 날짜 형식이 올바르지 않습니다. (yyyy-MM-dd'T'HH:mm:ss)");
            }
        }
        if (product.hasNonNull("displayCategoryCode")) {
            Field.number(product, "displayCategoryCode");
        }
    }

    private static void checkDelivery(JsonNode product) {
        Field.oneOf(product, "deliveryMethod", METHODS);
        Field.oneOf(product, "deliveryChargeType", CHARGES);
        Field.oneOf(product, "unionDeliveryType", UNIONS);
        Field.oneOf(product, "remoteAreaDeliverable", Set.of("Y", "N"));
        if (Courier.of(product.path("deliveryCompanyCode").asText()).isEmpty()) {
            throw RefusedException.product("올바른 택배사 코드를 입력하세요.");
        }
        if (!Set.of(Places.RETURN_CENTER, "NO_RETURN_CENTERCODE")
                .contains(product.path("returnCenterCode").asText())) {
            throw RefusedException.product("올바른 반품지 센터코드를 입력 하세요.");
        }
        if (product.path("outboundShippingPlaceCode").asLong() != Places.OUTBOUND_PLACE) {
            throw RefusedException.product("올바른 출고지 코드를 입력하세요.");
        }
    }

    private static void checkItems(JsonNode items) {
        if (!items.isArray() || items.isEmpty() || items.size() > 200) {
            throw RefusedException.product("옵션(items)은 1개 이상 200개 이하로 입력해야 합니다.");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode item : items) {
            ItemCheck.check(item);
            if (!names.add(item.path("itemName").asText())) {
                throw RefusedException.product(
                        "옵션명이 중복되었습니다. [" + item.path("itemName").asText() + "]");
            }
        }
    }
}
