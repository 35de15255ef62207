package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a product must be to be created or updated.
 *
 * <p>A missing object is named in the message alone, a missing or bad value in {@code invalidInputs} too: Naver's list
 * may be empty. Source: OpenAPI 2.0.0-RC and the product pages.
 */
final class ProductRules {

    private static final String ORIGIN = "originProduct.";
    private static final String REQUIRED = "필수 입력 항목입니다.";
    private static final List<String> OBJECTS =
            List.of("images", "deliveryInfo", "detailAttribute", "deliveryInfo.deliveryFee");
    private static final List<String> VALUES = List.of(
            "statusType",
            "leafCategoryId",
            "name",
            "detailContent",
            "images.representativeImage.url",
            "salePrice",
            "stockQuantity",
            "deliveryInfo.deliveryType",
            "deliveryInfo.deliveryAttributeType",
            "deliveryInfo.claimDeliveryInfo.returnDeliveryFee",
            "deliveryInfo.claimDeliveryInfo.exchangeDeliveryFee",
            "detailAttribute.afterServiceInfo.afterServiceTelephoneNumber",
            "detailAttribute.afterServiceInfo.afterServiceGuideContent",
            "detailAttribute.originAreaInfo.originAreaCode",
            "detailAttribute.minorPurchasable",
            "detailAttribute.productInfoProvidedNotice.productInfoProvidedNoticeType");
    private static final List<String> CHANNEL_VALUES =
            List.of("naverShoppingRegistration", "channelProductDisplayStatusType");
    private static final Set<String> FEE_TYPES =
            Set.of("FREE", "CONDITIONAL_FREE", "PAID", "UNIT_QUANTITY_PAID", "RANGE_QUANTITY_PAID");

    private final JsonNode origin;
    private final List<RefusedException.Invalid> invalid = new ArrayList<>();

    private ProductRules(JsonNode origin) {
        this.origin = origin;
    }

    /** @throws RefusedException naming everything that is wrong */
    static void check(ObjectNode origin, ObjectNode channel, Set<String> states, Images images) {
        ProductRules rules = new ProductRules(origin);
        OBJECTS.forEach(rules::objectThere);
        VALUES.forEach(path -> rules.there(ORIGIN + path, rules.at(path)));
        CHANNEL_VALUES.forEach(path -> rules.there("smartstoreChannelProduct." + path, channel.path(path)));
        rules.refuse();
        rules.oneOf("statusType", states);
        rules.values();
        rules.delivery();
        rules.notice();
        rules.saleDate("saleStartDate");
        rules.saleDate("saleEndDate");
        OptionRules.check(origin.at("/detailAttribute/optionInfo"), rules.invalid);
        rules.refuse();
        rules.pictures(images);
    }

    private void values() {
        range("salePrice", 1, 999_999_990);
        range("stockQuantity", 0, 99_999_999);
        optional("saleType", Set.of("NEW", "OLD"));
        optional("detailAttribute.taxType", Set.of("TAX", "DUTYFREE", "SMALL"));
    }

    private void delivery() {
        oneOf("deliveryInfo.deliveryType", Set.of("DELIVERY", "DIRECT"));
        oneOf("deliveryInfo.deliveryFee.deliveryFeeType", FEE_TYPES);
        if (at("deliveryInfo.deliveryType").asText().equals("DELIVERY")) {
            oneOf("deliveryInfo.deliveryCompany", Dispatches.COURIERS);
        }
        if (!at("deliveryInfo.deliveryFee.deliveryFeeType").asText().equals("FREE")) {
            range("deliveryInfo.deliveryFee.baseFee", 0, 100_000);
        }
        for (String id : List.of("shippingAddressId", "returnAddressId")) {
            JsonNode address = at("deliveryInfo.claimDeliveryInfo." + id);
            if (!address.isMissingNode() && !AddressBook.knows(address.asLong())) {
                bad("deliveryInfo.claimDeliveryInfo." + id, "존재하지 않는 주소록입니다.");
            }
        }
    }

    /** The notice of type {@code HOME_APPLIANCES} stands under {@code homeAppliances}. */
    private void notice() {
        String path = "detailAttribute.productInfoProvidedNotice.";
        String type = at(path + "productInfoProvidedNoticeType").asText();
        StringBuilder key = new StringBuilder();
        for (String word : type.split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            key.append(
                    key.isEmpty() || lower.isEmpty()
                            ? lower
                            : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        if (!at(path + key).isObject()) {
            there(ORIGIN + path + key, at(path + key));
        }
    }

    private void saleDate(String path) {
        JsonNode date = at(path);
        if (date.isMissingNode() || date.isNull()) {
            return;
        }
        try {
            int minute = OffsetDateTime.parse(date.asText()).getMinute();
            if (minute != 0 && minute != 59) {
                bad(path, "정시 또는 59분으로만 입력할 수 있습니다.");
            }
        } catch (DateTimeException e) {
            bad(path, "날짜 형식이 올바르지 않습니다.");
        }
    }

    private void pictures(Images images) {
        picture("images.representativeImage.url", at("images.representativeImage.url"), images);
        JsonNode more = at("images.optionalImages");
        if (more.size() > 9) {
            bad("images.optionalImages", "추가 이미지는 9개까지 등록할 수 있습니다.");
            refuse();
        }
        for (int i = 0; i < more.size(); i++) {
            picture("images.optionalImages[" + i + "].url", more.path(i).path("url"), images);
        }
        if (!invalid.isEmpty()) {
            throw RefusedException.product("상품 이미지는 이미지 등록 API로 업로드한 URL만 입력할 수 있습니다.", invalid);
        }
    }

    private void picture(String path, JsonNode url, Images images) {
        if (!images.issued(url.asText())) {
            bad(path, "등록되지 않은 이미지 URL입니다.");
        }
    }

    private void objectThere(String path) {
        if (!at(path).isObject()) {
            throw RefusedException.product(path + " 항목을 입력해 주세요.");
        }
    }

    private void there(String name, JsonNode value) {
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank())) {
            invalid.add(new RefusedException.Invalid(name, "NotNull", REQUIRED));
        }
    }

    private void range(String path, long min, long max) {
        JsonNode value = at(path);
        if (!value.isIntegralNumber() || value.asLong() < min || value.asLong() > max) {
            bad(path, min + " 이상 " + max + " 이하의 정수를 입력해 주세요.");
        }
    }

    private void oneOf(String path, Set<String> values) {
        if (!values.contains(at(path).asText())) {
            bad(path, "허용되지 않는 값입니다.");
        }
    }

    private void optional(String path, Set<String> values) {
        if (!at(path).isMissingNode()) {
            oneOf(path, values);
        }
    }

    private void bad(String path, String message) {
        invalid.add(new RefusedException.Invalid(ORIGIN + path, "INVALID", message));
    }

    private JsonNode at(String path) {
        return origin.at("/" + path.replace('.', '/'));
    }

    private void refuse() {
        if (invalid.isEmpty()) {
            return;
        }
        RefusedException.Invalid first = invalid.get(0);
        String name = first.name().substring(first.name().indexOf('.') + 1);
        throw RefusedException.product(
                first.type().equals("NotNull") ? name + " 항목을 입력해 주세요." : name + " 항목을 확인해 주세요. " + first.message(),
                invalid);
    }
}
