package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a buyer's basket: some pieces of a product, of one of its options when it has any.
 *
 * @param option null when the product has none
 */
record Purchase(Product product, @Nullable ObjectNode option, int quantity) {

    private static final Map<String, String> TAXES =
            Map.of("DUTYFREE", "TAX_EXEMPTION", "SMALL", "SMALL", "TAX", "TAXATION");
    private static final Map<String, String> POLICIES = Map.of("FREE", "무료", "CONDITIONAL_FREE", "조건부무료");

    long goodsWon() {
        return quantity * (product.price() + optionWon());
    }

    long deliveryWon() {
        JsonNode fee = product.origin().at("/deliveryInfo/deliveryFee");
        boolean free = switch (fee.path("deliveryFeeType").asText()) {
            case "FREE" -> true;
            case "CONDITIONAL_FREE" ->
                goodsWon() >= fee.path("freeConditionalAmount").asLong();
            default -> false;
        };
        return free ? 0 : fee.path("baseFee").asLong();
    }

    /** Takes the pieces from the stock. */
    void take() {
        ObjectNode from = option == null ? product.origin() : option;
        from.put("stockQuantity", from.path("stockQuantity").asInt() - quantity);
        product.settle();
    }

    /** As a new product order shows it; addresses and dates are the buyer's. */
    ObjectNode productOrder(String id, String packageNumber) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("productOrderId", id)
                .put("productOrderStatus", "PAYED")
                .put("placeOrderStatus", "NOT_YET")
                .put("productId", String.valueOf(product.channelNumber()))
                .put("originalProductId", String.valueOf(product.number()))
                .put("merchantChannelId", "ncp_0001")
                .put("productName", product.name());
        if (option != null) {
            JsonNode info = product.origin().at("/detailAttribute/optionInfo");
            shown.put("productOption", OptionRules.shown(info, option))
                    .put("optionCode", option.path("id").asText())
                    .put("optionManageCode", option.path("sellerManagerCode").asText());
        }
        shown.put("sellerProductCode", product.code())
                .put("productClass", option == null ? "단일상품" : "조합형옵션상품")
                .put("quantity", quantity)
                .put("initialQuantity", quantity)
                .put("remainQuantity", quantity);
        return money(shown).put("packageNumber", packageNumber).put("expectedDeliveryMethod", "DELIVERY");
    }

    /** Commissions are invented: 3 % for the payment, 2 % for the sale. */
    private ObjectNode money(ObjectNode shown) {
        long paid = goodsWon();
        JsonNode fee = product.origin().at("/deliveryInfo/deliveryFee");
        return shown.put("unitPrice", product.price())
                .put("optionPrice", optionWon())
                .put("totalProductAmount", paid)
                .put("productDiscountAmount", 0)
                .put("totalPaymentAmount", paid)
                .put("initialPaymentAmount", paid)
                .put("remainPaymentAmount", paid)
                .put("deliveryFeeAmount", deliveryWon())
                .put("deliveryDiscountAmount", 0)
                .put("sectionDeliveryFee", 0)
                .put(
                        "deliveryPolicyType",
                        POLICIES.getOrDefault(fee.path("deliveryFeeType").asText(), "유료"))
                .put("shippingFeeType", deliveryWon() == 0 ? "무료" : "선결제")
                .put("expectedSettlementAmount", paid - paid * 5 / 100)
                .put("paymentCommission", paid * 3 / 100)
                .put("saleCommission", paid * 2 / 100)
                .put("channelCommission", 0)
                .put(
                        "taxType",
                        TAXES.getOrDefault(
                                product.origin().at("/detailAttribute/taxType").asText(), "TAXATION"))
                .put("inflowPath", "네이버쇼핑")
                .put(
                        "deliveryAttributeType",
                        product.origin()
                                .at("/deliveryInfo/deliveryAttributeType")
                                .asText())
                .put("mallId", "sandboxmall");
    }

    private long optionWon() {
        return option == null ? 0 : option.path("price").asLong();
    }
}
