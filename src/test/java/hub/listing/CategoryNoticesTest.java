package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.mapping.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The jq of Coupang's creation: which notices a product gets, with and without what its category demands. */
class CategoryNoticesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path COUPANG = Path.of("routes/markets/coupang");

    @Test
    void category_is_asked_for_by_its_code_and_not_at_all_without_one() throws IOException {
        assertThat(run("category-metadata.request.jq", "{\"category\": \"77413\"}")
                        .path("path")
                        .asText())
                .endsWith("/meta/category-related-metas/display-category-codes/77413");
        assertThat(run("category-metadata.request.jq", "{\"category\": \"\"}").isNull())
                .isTrue();
        assertThat(run("category-metadata.request.jq", "{\"category\": null}").isNull())
                .isTrue();
    }

    @Test
    void what_must_be_said_is_taken_from_the_answer() throws IOException {
        JsonNode known = run("category-metadata.answer.jq", """
                {"code": "SUCCESS", "data": {"noticeCategories": [
                  {"noticeCategoryName": "의류", "noticeCategoryDetailNames": [
                    {"noticeCategoryDetailName": "소재", "required": "MANDATORY"},
                    {"noticeCategoryDetailName": "치수", "required": "OPTIONAL"}]},
                  {"noticeCategoryName": "가구", "noticeCategoryDetailNames": [
                    {"noticeCategoryDetailName": "크기", "required": "OPTIONAL"}]}]}}
                """);

        assertThat(known).isEqualTo(JSON.readTree("""
                {"notices": [{"name": "의류", "details": ["소재"]}, {"name": "가구", "details": ["크기"]}]}
                """));
        assertThat(run("category-metadata.answer.jq", "{\"code\": \"ERROR\", \"message\": \"no such\"}")
                        .path("outcome")
                        .asText())
                .isEqualTo("final");
    }

    @Test
    void notices_are_those_of_the_category_other_goods_first() throws IOException {
        assertThat(notices("{\"notices\": [{\"name\": \"의류\", \"details\": [\"소재\", \"치수\"]}]}"))
                .containsExactly("의류/소재", "의류/치수");
        assertThat(notices("{\"notices\": [{\"name\": \"의류\", \"details\": [\"소재\"]},"
                        + " {\"name\": \"기타 재화\", \"details\": [\"품명 및 모델명\"]}]}"))
                .containsExactly("기타 재화/품명 및 모델명");
    }

    @Test
    void without_a_word_of_coupang_they_are_those_of_other_goods() throws IOException {
        assertThat(notices("null")).hasSize(5).allMatch(notice -> notice.startsWith("기타 재화/"));
        assertThat(notices("{\"notices\": [{\"name\": \"의류\", \"details\": []}]}"))
                .hasSize(5);
    }

    private static List<String> notices(String metadata) throws IOException {
        JsonNode request = run("create-product.request.jq", """
                {"title": "선반", "category": "77413", "metadata": %s, "imageUrls": ["http://127.0.0.1/a.jpg"],
                 "facts": {"outbound-places": {"content": [{"usable": true, "outboundShippingPlaceCode": 1}]},
                   "return-centers": {"data": {"content": [{"usable": true, "returnCenterCode": "1", "shippingPlaceName": "창고",
                     "placeAddresses": [{}]}]}}},
                 "product": {"brand": "", "maker": "", "category": "", "shipping": {"feeWon": 0}, "adultOnly": false,
                   "taxFree": false, "model": "", "keywords": [], "images": ["http://127.0.0.1/a.jpg"], "html": ""},
                 "items": [{"optionKey": "", "values": [], "priceWon": 1000, "stock": 3, "key": "k"}]}
                """.formatted(metadata));
        List<String> notices = new ArrayList<>();
        request.at("/json/items/0/notices")
                .forEach(notice -> notices.add(notice.path("noticeCategoryName").asText() + "/"
                        + notice.path("noticeCategoryDetailName").asText()));
        return notices;
    }

    private static JsonNode run(String file, String input) throws IOException {
        JsonNode partner = JSON.createObjectNode().put("vendorId", "A1").put("account", "main");
        return new Jq(Files.readString(COUPANG.resolve(file)))
                .all(JSON.readTree(input), Map.of("partner", () -> partner))
                .get(0);
    }
}
