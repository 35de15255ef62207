package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Goods;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One product as it is now: the invented goods, what Ownerclan adds to them, and what has changed since.
 *
 * @param imageUrl of its picture
 */
record Item(Goods goods, Change now, String imageUrl) {

    /** Quantity that stands for "plenty"; orders do not make it less. */
    static final int PLENTY = 9999;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VENDORS = 40;

    /** Codes of one category: Ownerclan's own (it is Naver's) and Coupang's. */
    private record Category(String key, String name, String fullName, String coupang) {

        ObjectNode json() {
            return JSON.createObjectNode().put("key", key).put("name", name).put("fullName", fullName);
        }
    }

    private static final Category SHELVES = new Category("50003307", "선반", "생활/건강>수납/정리용품>선반", "77413");

    private static final Map<String, Category> CATEGORIES = Map.of(
            "생활/주방", SHELVES,
            "가구/인테리어", new Category("50001226", "수납장", "가구/인테리어>수납가구>수납장", "77713"),
            "패션잡화", new Category("50000644", "토트백", "패션잡화>여성가방>토트백", "69431"),
            "디지털/가전", new Category("50001378", "휴대폰케이스", "디지털/가전>휴대폰액세서리>휴대폰케이스", "62571"),
            "스포츠/레저", new Category("50001025", "캠핑의자", "스포츠/레저>캠핑>캠핑의자", "81432"),
            "반려동물", new Category("50006669", "방석", "생활/건강>반려동물>방석", "63024"));

    static String key(int number) {
        return "W%06d".formatted(number + 1);
    }

    /** The number behind a key, or -1 when it is no key of ours. */
    static int number(String key) {
        return key.matches("W\\d{6,9}") ? Integer.parseInt(key.substring(1)) - 1 : -1;
    }

    /** How it starts out. */
    static Change original(Goods goods, long updatedAt) {
        int number = goods.number();
        boolean gone = number % 97 == 96;
        boolean away = number % 193 == 192;
        String status = gone ? "discontinued" : away ? "unavailable" : goods.soldOut() ? "soldout" : "available";
        int[] quantities = goods.options().isEmpty()
                ? new int[] {number % 5 == 1 && !goods.soldOut() ? PLENTY : goods.stock()}
                : goods.options().stream()
                        .mapToInt(option -> goods.soldOut() ? 0 : option.stock())
                        .toArray();
        return new Change(number, updatedAt, goods.won(), status, quantities);
    }

    String key() {
        return key(goods.number());
    }

    String name() {
        return goods.name();
    }

    String vendorKey() {
        return "V%04d".formatted(1 + goods.number() % VENDORS);
    }

    /** Of one vendor now and then another than usual, so that his products split into two orders. */
    String shippingType() {
        return goods.number() % 11 == 4 ? "free" : goods.number() % 13 == 7 ? "uponArrival" : "inAdvance";
    }

    long shippingFee() {
        return shippingType().equals("free") ? 0 : goods.number() % 3 == 0 ? 2500 : 3000;
    }

    int boxQuantity() {
        return goods.number() % 17 == 3 ? 10 : 0;
    }

    boolean openmarketSellable() {
        return goods.number() % 50 != 49;
    }

    boolean prohibited() {
        return goods.number() % 101 == 100;
    }

    String grade() {
        return goods.number() % 4 == 0 ? "B" : "A";
    }

    String categoryKey() {
        return category().key();
    }

    List<String> attributes() {
        if (prohibited()) {
            return List.of("PROHIBIT");
        }
        return switch (goods.number() % 120) {
            case 37 -> List.of("OPENMARKET", "ATTR_H_FOOD");
            case 73 -> List.of("OPENMARKET", "ATTR_OVERSEA");
            default -> List.of("OPENMARKET", "IS_SALE");
        };
    }

    /** The place of the option with these values in order, or -1. */
    int option(List<String> values) {
        if (goods.options().isEmpty()) {
            return values.isEmpty() ? 0 : -1;
        }
        for (int i = 0; i < goods.options().size(); i++) {
            if (values.equals(List.of(goods.options().get(i).value()))) {
                return i;
            }
        }
        return -1;
    }

    /** Won; the price of the item with what the option costs more. */
    long optionPrice(int option) {
        return now.won()
                + (goods.options().isEmpty() ? 0 : goods.options().get(option).extraWon());
    }

    ArrayNode optionAttributes(int option) {
        ArrayNode attributes = JSON.createArrayNode();
        if (!goods.options().isEmpty()) {
            Goods.Option chosen = goods.options().get(option);
            attributes.addObject().put("name", chosen.name()).put("value", chosen.value());
        }
        return attributes;
    }

    /** Every field of the type Item. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", Listing.id("Item", key())).put("key", key());
        json.put("createdAt", Catalog.createdAt(goods.number())).put("updatedAt", now.updatedAt());
        json.put("name", name()).put("model", "M-" + goods.number()).put("production", goods.maker());
        json.put("origin", goods.origin().equals("국산") ? "대한민국" : goods.origin());
        json.put("isUsed", false).put("wholesale", false).putNull("wholessalePrice");
        json.put("price", now.won()).put("isPublic", true);
        boolean fixed = goods.number() % 10 == 9;
        json.put("pricePolicy", fixed ? "fixed" : "free");
        json.put("fixedPrice", fixed ? (Long) (goods.won() * 13 / 100 * 10) : null);
        ArrayNode keywords = json.putArray("searchKeywords");
        List.of(name().split(" ", -1)).forEach(keywords::add);
        json.set("category", category().json());
        json.put("content", "<p>" + name() + "</p><p><img src=\"" + imageUrl + "\"></p>");
        json.put("shippingFee", shippingFee()).put("shippingType", shippingType());
        json.putArray("images").add(imageUrl);
        json.put("status", now.status()).set("options", options());
        boolean returnable = goods.number() % 29 != 5;
        json.put("taxFree", goods.taxFree()).put("adultOnly", false).put("returnable", returnable);
        json.put("noReturnReason", returnable ? null : "위생 상품");
        json.put("guaranteedShippingPeriod", 3).put("openmarketSellable", openmarketSellable());
        json.put("boxQuantity", boxQuantity()).put("closingTime", "14:00:00").put("returnCriteria", "vendor");
        ArrayNode attributes = json.putArray("attributes");
        attributes().forEach(attributes::add);
        json.putArray("similarItems");
        json.set("metadata", metadata());
        return json;
    }

    private Category category() {
        return CATEGORIES.getOrDefault(goods.category(), SHELVES);
    }

    /** A category by its key. */
    static Optional<ObjectNode> category(String key) {
        return CATEGORIES.values().stream()
                .filter(category -> category.key().equals(key))
                .map(Category::json)
                .findFirst();
    }

    private ArrayNode options() {
        ArrayNode options = JSON.createArrayNode();
        for (int i = 0; i < now.quantities().length; i++) {
            ObjectNode option = options.addObject().put("key", Integer.toString(i));
            option.put("price", optionPrice(i)).putNull("fixedPrice").put("quantity", now.quantities()[i]);
            option.put("status", now.quantities()[i] == 0 ? "soldout" : now.status());
            option.set("optionAttributes", optionAttributes(i));
            option.putObject("metadata");
        }
        return options;
    }

    /** An object or the same as JSON text, in turns, as the real one does. */
    private JsonNode metadata() {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("vendorKey", vendorKey())
                .put("returnAddressCode", "RA" + vendorKey().substring(1));
        metadata.put("vendorNotice", "").put("coupangCategoryCode", category().coupang());
        metadata.put("smartstoreCategoryCode", category().key()).put("st11CategoryCode", "1011500");
        metadata.put("auctionCategoryCode", "").put("gmarketCategoryCode", "").put("interparkCategoryCode", "");
        ObjectNode notice = metadata.putObject("productNotificationInformation").put("code", "35");
        notice.putArray("categorySpecific");
        notice.putArray("common");
        metadata.putArray("certificateInformation");
        metadata.put("returnShippingFee", 3000).put("grade", grade());
        return goods.number() % 2 == 0 ? metadata : metadata.textNode(metadata.toString());
    }
}
