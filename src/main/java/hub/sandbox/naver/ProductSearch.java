package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finding products by the seller's own code, state and day; all of them without a condition. */
final class ProductSearch {

    private static final int MAX_SIZE = 500;

    private final Shelf shelf;

    ProductSearch(Shelf shelf) {
        this.shelf = shelf;
    }

    Answer search(Call call) {
        JsonNode body = call.body();
        int page = number(body, "page", 1, Integer.MAX_VALUE);
        int size = number(body, "size", 50, MAX_SIZE);
        List<Product> found =
                shelf.all().stream().filter(product -> fits(product, body)).toList();
        List<Product> shown =
                found.stream().skip((page - 1L) * size).limit(size).toList();
        int pages = (found.size() + size - 1) / size;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode contents = answer.putArray("contents");
        shown.forEach(product -> contents.add(content(product)));
        answer.put("page", page)
                .put("size", size)
                .put("totalElements", found.size())
                .put("totalPages", pages);
        if (!found.isEmpty()) {
            answer.putObject("sort").put("sorted", true).putArray("fields");
        }
        return call.plain(answer.put("first", page == 1).put("last", page >= pages));
    }

    private static boolean fits(Product product, JsonNode body) {
        Set<String> states = new HashSet<>();
        body.path("productStatusTypes").forEach(state -> states.add(state.asText()));
        return (states.isEmpty() || states.contains(product.status())) && coded(product, body) && dated(product, body);
    }

    private static boolean coded(Product product, JsonNode body) {
        String code = body.path("sellerManagementCode").asText();
        boolean byCode = body.path("searchKeywordType").asText().equals("SELLER_CODE");
        return !byCode || product.code().equals(code);
    }

    private static boolean dated(Product product, JsonNode body) {
        Instant time =
                body.path("periodType").asText().equals("PROD_MOD_DAY") ? product.modified() : product.registered();
        String day = Kst.day(time).toString();
        return day.compareTo(body.path("fromDate").asText("")) >= 0
                && (!body.hasNonNull("toDate")
                        || day.compareTo(body.path("toDate").asText()) <= 0);
    }

    private static ObjectNode content(Product product) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("originProductNo", product.number());
        content.putArray("channelProducts").add(channelProduct(product));
        return content;
    }

    private static ObjectNode channelProduct(Product product) {
        JsonNode origin = product.origin();
        JsonNode delivery = origin.path("deliveryInfo");
        String category = origin.path("leafCategoryId").asText();
        ObjectNode found = JsonNodeFactory.instance
                .objectNode()
                .put("originProductNo", product.number())
                .put("channelProductNo", product.channelNumber())
                .put("channelServiceType", "STOREFARM")
                .put("categoryId", category)
                .put("name", product.name())
                .put("sellerManagementCode", product.code())
                .put("statusType", product.status())
                .put(
                        "channelProductDisplayStatusType",
                        product.channel()
                                .path("channelProductDisplayStatusType")
                                .asText())
                .put("salePrice", product.price())
                .put("discountedPrice", product.price())
                .put("stockQuantity", product.stock())
                .put(
                        "knowledgeShoppingProductRegistration",
                        product.channel().path("naverShoppingRegistration").asBoolean())
                .put(
                        "deliveryAttributeType",
                        delivery.path("deliveryAttributeType").asText())
                .put("deliveryFee", delivery.at("/deliveryFee/baseFee").asLong())
                .put(
                        "returnFee",
                        delivery.at("/claimDeliveryInfo/returnDeliveryFee").asLong())
                .put(
                        "exchangeFee",
                        delivery.at("/claimDeliveryInfo/exchangeDeliveryFee").asLong())
                .put("wholeCategoryName", "카테고리>" + category);
        found.set("representativeImage", origin.at("/images/representativeImage"));
        return found.put("regDate", Kst.text(product.registered())).put("modifiedDate", Kst.text(product.modified()));
    }

    private static int number(JsonNode body, String name, int otherwise, int max) {
        int number = body.path(name).asInt(otherwise);
        if (number < 1 || number > max) {
            throw RefusedException.product(
                    name + " 항목을 확인해 주세요.",
                    List.of(new RefusedException.Invalid(name, "INVALID", "1 이상 " + max + " 이하만 입력할 수 있습니다.")));
        }
        return number;
    }
}
