package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductsTest {

    private static final String ORIGIN = "/v1/products/origin-products/";

    private Store store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new Store(folder, 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void answers_have_the_fields_of_the_samples() {
        Answer created = store.post("/v2/products", store.goods());
        String no = Sample.body(created).path("originProductNo").asText();
        JsonNode search = Sample.of("product-search-01-by-seller-code").request();

        assertThat(created.effect()).isEqualTo("product-created");
        assertThat(created.ref()).isEqualTo("OC-W990001");
        shaped(created, "product-create-01-ok");
        shaped(store.get(Store.PRODUCT + no, ""), "product-get-01-ok");
        shaped(
                store.get("/v2/products/channel-products/" + (Long.parseLong(no) + 10_000_000), ""),
                "product-get-01-ok");
        shaped(store.put(Store.PRODUCT + no, store.goods()), "product-update-01-ok");
        shaped(store.post("/v1/products/search", search), "product-search-01-by-seller-code");
        shaped(status(no, "SUSPENSION", null), "product-change-status-01-suspend");
        shaped(store.call("DELETE", Store.PRODUCT + no, "", null), "product-delete-01-ok");
        shaped(store.get(Store.PRODUCT + no, ""), "product-get-02-not-found");
        shaped(store.post("/v1/products/search", search), "product-search-02-empty");
    }

    @Test
    void pictures_are_told_by_their_content() {
        shaped(store.upload(Store.PNG, Store.PNG), "image-upload-01-ok");
        shaped(store.upload("RIFF....WEBP".getBytes(StandardCharsets.US_ASCII)), "image-upload-02-error");
        assertThat(store.upload("GIF89a, which is declared as a PNG".getBytes(StandardCharsets.US_ASCII))
                        .status())
                .isEqualTo(400);
        assertThat(store.upload(new byte[11][0]).status()).isEqualTo(400);
    }

    @Test
    void picture_must_be_what_it_is_called_and_of_a_size_that_naver_shows() {
        assertThat(store.upload("a.jpg", "image/jpeg", Store.PNG).status()).isEqualTo(400);
        assertThat(store.upload("a.jpg", "image/png", Store.PNG).status()).isEqualTo(400);
        assertThat(store.upload(Store.png(299)).status()).isEqualTo(400);
        assertThat(store.upload(Store.png(4001)).status()).isEqualTo(400);
        assertThat(store.upload(java.util.Arrays.copyOf(Store.PNG, Store.PNG.length / 2))
                        .status())
                .isEqualTo(400);
        assertThat(store.upload(Store.png(4000)).status()).isEqualTo(200);
    }

    @Test
    void image_that_was_not_uploaded_is_refused() {
        ObjectNode goods = store.goods();
        goods.withObject("/originProduct/images/representativeImage")
                .put("url", "https://img.supplier.example/main.jpg");

        Answer answer = store.post("/v2/products", goods);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Sample.body(answer).at("/invalidInputs/0/name").asText())
                .isEqualTo("originProduct.images.representativeImage.url");
        shaped(answer, "product-create-02-error-external-image");
    }

    @Test
    void what_is_missing_is_named() {
        ObjectNode goods = store.goods();
        goods.withObject("/originProduct").remove("leafCategoryId");
        shaped(store.post("/v2/products", goods), "product-create-03-error-required");

        goods.withObject("/originProduct").remove("detailAttribute");
        Answer answer = store.post("/v2/products", goods);
        shaped(answer, "product-update-02-error");
        assertThat(Sample.body(answer).path("message"))
                .isEqualTo(Sample.of("product-update-02-error").response().path("message"));
    }

    @Test
    void update_keeps_stock_and_detail_that_it_leaves_out() {
        String no = store.list(store.plainGoods());
        ObjectNode goods = store.plainGoods();
        goods.withObject("/originProduct").put("salePrice", 21_000).remove("stockQuantity");
        goods.withObject("/originProduct").remove("detailContent");

        assertThat(store.put(Store.PRODUCT + no, goods).status()).isEqualTo(200);

        assertThat(store.read(no).path("stockQuantity").asInt()).isEqualTo(240);
        assertThat(store.read(no).path("salePrice").asInt()).isEqualTo(21_000);
        assertThat(store.read(no).path("detailContent").asText()).startsWith("<div>");
    }

    @Test
    void product_without_stock_is_sold_out_and_needs_stock_to_come_back() {
        String no = store.list(store.plainGoods());
        status(no, "OUTOFSTOCK", null);

        assertThat(store.read(no).path("stockQuantity").asInt()).isZero();
        shaped(status(no, "SALE", null), "product-change-status-03-error");
        assertThat(status(no, "SALE", 50).status()).isEqualTo(200);
        assertThat(store.read(no).path("statusType").asText()).isEqualTo("SALE");
        assertThat(status(no, "SALE", 50).status()).isEqualTo(400);
        assertThat(status(no, "SUSPENSION", null).status()).isEqualTo(200);
        assertThat(status(no, "OUTOFSTOCK", null).status()).isEqualTo(400);
    }

    @Test
    void stock_that_an_option_leaves_out_becomes_zero() {
        String no = store.list(store.goods());
        Answer answer = store.put(ORIGIN + no + "/option-stock", options(no));

        shaped(answer, "product-option-stock-02-omitted-becomes-zero");
        assertThat(answer.effect()).isEqualTo("stock-set");
        assertThat(answer.ref()).isEqualTo("OC-W990001:50");
        JsonNode option = store.read(no).at("/detailAttribute/optionInfo/optionCombinations/1");
        assertThat(option.path("stockQuantity").asInt()).isZero();
        assertThat(option.path("price").asInt()).isEqualTo(500);

        ObjectNode none = options(no);
        ((ObjectNode) none.at("/optionInfo/optionCombinations/0")).put("stockQuantity", 0);
        store.put(ORIGIN + no + "/option-stock", none);
        assertThat(store.read(no).path("statusType").asText()).isEqualTo("OUTOFSTOCK");

        ((ObjectNode) none.at("/optionInfo/optionCombinations/0")).put("id", 1);
        shaped(store.put(ORIGIN + no + "/option-stock", none), "product-option-stock-03-error-unknown-id");
    }

    @Test
    void many_are_updated_together_or_not_at_all() {
        String first = store.list(store.plainGoods());
        String second = store.list(store.plainGoods());
        ObjectNode body = Sample.of("product-multi-update-01-ok").request().deepCopy();
        ((ObjectNode) body.at("/multiProductUpdateRequestVos/0")).put("originProductNo", first);
        ((ObjectNode) body.at("/multiProductUpdateRequestVos/1")).put("originProductNo", "1");

        shaped(store.call("PATCH", ORIGIN + "multi-update", "", body), "product-multi-update-02-error");
        assertThat(store.read(first).path("stockQuantity").asInt()).isEqualTo(240);

        ((ObjectNode) body.at("/multiProductUpdateRequestVos/1")).put("originProductNo", second);
        Answer answer = store.call("PATCH", ORIGIN + "multi-update", "", body);
        shaped(answer, "product-multi-update-01-ok");
        assertThat(answer.effect()).isEqualTo("price-set,stock-set,status-set");
        assertThat(store.read(first).path("salePrice").asInt()).isEqualTo(15_900);
        assertThat(store.read(first).path("stockQuantity").asInt()).isEqualTo(33);
        assertThat(store.read(second).path("statusType").asText()).isEqualTo("SUSPENSION");
    }

    @Test
    void fault_prohibition_takes_the_product_down_for_good() {
        store.faults("prohibition");
        String no = store.list(store.plainGoods());
        store.faults();

        assertThat(store.read(no).path("statusType").asText()).isEqualTo("PROHIBITION");
        assertThat(status(no, "SALE", 5).status()).isEqualTo(400);
    }

    private ObjectNode options(String no) {
        JsonNode now = store.read(no).at("/detailAttribute/optionInfo/optionCombinations");
        ObjectNode body = Sample.of("product-option-stock-02-omitted-becomes-zero")
                .request()
                .deepCopy();
        for (int i = 0; i < 2; i++) {
            ((ObjectNode) body.at("/optionInfo/optionCombinations/" + i))
                    .set("id", now.path(i).path("id"));
        }
        return body;
    }

    private Answer status(String no, String status, @Nullable Integer stock) {
        ObjectNode body = Sample.JSON.createObjectNode().put("statusType", status);
        if (stock != null) {
            body.put("stockQuantity", stock);
        }
        return store.put(ORIGIN + no + "/change-status", body);
    }

    private static void shaped(Answer answer, String sample) {
        assertThat(Sample.fields(Sample.body(answer)))
                .as(sample)
                .isEqualTo(Sample.fields(Sample.of(sample).response()));
    }
}
