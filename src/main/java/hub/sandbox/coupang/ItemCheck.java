package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Whether one option of a product may be registered. Source: article 360033877853, table of {@code items}. */
final class ItemCheck {

    private static final List<String> NUMBERS = List.of(
            "originalPrice",
            "salePrice",
            "maximumBuyCount",
            "maximumBuyForPerson",
            "maximumBuyForPersonPeriod",
            "outboundShippingTimeDay",
            "unitCount");
    private static final Set<String> IMAGES = Set.of("REPRESENTATION", "DETAIL", "USED_PRODUCT");
    private static final Set<String> CONTENTS = Set.of(
            "IMAGE", "IMAGE_NO_SPACE", "TEXT", "IMAGE_TEXT", "TEXT_IMAGE", "IMAGE_IMAGE", "TEXT_TEXT", "TITLE", "HTML");

    private ItemCheck() {}

    /** @throws RefusedException at the first thing that is wrong */
    static void check(JsonNode item) {
        Field.text(item, "itemName");
        Field.atMost(item, "itemName", 150);
        NUMBERS.forEach(field -> Field.number(item, field));
        Field.oneOf(item, "adultOnly", Set.of("EVERYONE", "ADULT_ONLY"));
        Field.oneOf(item, "taxType", Set.of("TAX", "FREE"));
        Field.text(item, "parallelImported");
        Field.text(item, "overseasPurchased");
        Field.flag(item, "pccNeeded");
        checkPrice(item);
        checkImages(item);
        checkAttributes(item);
        checkContents(item);
        checkTags(item.path("searchTags"));
    }

    private static void checkPrice(JsonNode item) {
        long price = item.path("salePrice").asLong();
        if (price <= 0 || price % 10 != 0 || item.path("originalPrice").asLong() % 10 != 0) {
            throw RefusedException.product("가격은 최소 10원 단위로 입력가능합니다. (1원단위 입력 불가)");
        }
        if (item.path("maximumBuyCount").asLong() > 99_999) {
            throw RefusedException.product("재고수량은 최대 99999까지 입력 가능합니다.");
        }
    }

    private static void checkImages(JsonNode item) {
        Field.list(item, "images");
        int main = 0;
        for (JsonNode image : item.path("images")) {
            Field.number(image, "imageOrder");
            Field.oneOf(image, "imageType", IMAGES);
            Field.atMost(image, "vendorPath", 200);
            main += image.path("imageType").asText().equals("REPRESENTATION") ? 1 : 0;
            boolean hosted = !image.path("cdnPath").asText("").isEmpty();
            if (!hosted && !fetchable(image.path("vendorPath").asText(""))) {
                throw RefusedException.product(
                        "이미지 경로가 유효하지 않습니다. [" + image.path("vendorPath").asText("") + "]");
            }
        }
        if (main != 1 || item.path("images").size() > 10) {
            throw RefusedException.product("대표이미지는 1개, 기타이미지는 최대 9개까지 등록 가능합니다.");
        }
    }

    /** Coupang fetches from ports 80 and 443 only; here a loopback host may have any. */
    private static boolean fetchable(String path) {
        try {
            URI uri = URI.create(path);
            String host = uri.getHost();
            boolean web = host != null && Set.of("http", "https").contains(uri.getScheme());
            return web && (Set.of(-1, 80, 443).contains(uri.getPort()) || loopback(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static void checkAttributes(JsonNode item) {
        Field.list(item, "attributes");
        for (JsonNode attribute : item.path("attributes")) {
            Field.text(attribute, "attributeTypeName");
            Field.atMost(attribute, "attributeTypeName", 25);
            Field.atMost(attribute, "attributeValueName", 30);
        }
    }

    private static void checkContents(JsonNode item) {
        Field.list(item, "contents");
        if (item.path("contents").isEmpty()) {
            throw RefusedException.product("상세 컨텐츠(contents)를 입력하세요.");
        }
        for (JsonNode content : item.path("contents")) {
            Field.oneOf(content, "contentsType", CONTENTS);
            Field.list(content, "contentDetails");
            for (JsonNode detail : content.path("contentDetails")) {
                Field.text(detail, "content");
                Field.oneOf(detail, "detailType", Set.of("IMAGE", "TEXT"));
            }
        }
    }

    private static void checkTags(JsonNode tags) {
        if (tags.size() > 20) {
            throw RefusedException.product("검색어는 최대 20개까지 입력 가능합니다.");
        }
        for (JsonNode tag : tags) {
            if (tag.asText().length() > 20) {
                throw RefusedException.product("검색어는 20자 이내로 입력 가능합니다. [" + tag.asText() + "]");
            }
        }
    }
}
