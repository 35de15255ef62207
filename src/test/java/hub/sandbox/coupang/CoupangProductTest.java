package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.coupang.Vendor.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoupangProductTest {

    private static final String PRODUCTS = Vendor.PRODUCTS + "/seller-products";
    private static final String ITEMS = Vendor.PRODUCTS + "/vendor-items/";

    @TempDir
    private Path folder;

    private Vendor vendor;

    @BeforeEach
    void open() {
        vendor = new Vendor(folder, 0);
    }

    @Test
    void creation_answers_in_both_envelopes_by_turns() {
        Reply first = vendor.create("OC-1", 10);
        Reply second = vendor.create("OC-2", 10);

        assertShape(first, "product-create-01-ok");
        assertShape(second, "product-create-02-ok-nested-envelope");
        assertThat(second.body().path("code").asText()).isEqualTo("200");
        assertThat(first.effect()).isEqualTo("product-created");
        assertThat(first.ref()).isEqualTo("OC-1-0,OC-1-1");
    }

    @Test
    void approval_takes_one_to_two_hours_and_brings_the_ids() {
        long id = Vendor.idOf(vendor.create("OC-1", 10));
        assertThat(statusName(id)).isEqualTo("심사중");
        vendor.pass(Duration.ofMinutes(15));
        assertShape(vendor.get(PRODUCTS + "/" + id), "product-get-01-awaiting-approval");
        assertThat(statusName(id)).isEqualTo("승인대기중");
        vendor.pass(Duration.ofMinutes(44));
        assertThat(statusName(id)).isEqualTo("승인대기중");
        vendor.pass(Duration.ofMinutes(61));

        Reply approved = vendor.get(PRODUCTS + "/" + id);
        assertShape(approved, "product-get-02-approved");
        assertThat(approved.data().path("statusName").asText()).isEqualTo("승인완료");
        assertThat(approved.data().path("items").path(1).path("vendorItemId").asLong())
                .isPositive();
    }

    @Test
    void denied_product_says_why_in_its_history() {
        long id = Vendor.idOf(vendor.create("OC-1", 10, "deny"));
        vendor.pass(Duration.ofHours(2));

        assertThat(statusName(id)).isEqualTo("승인반려");
        Reply histories = vendor.get(PRODUCTS + "/" + id + "/histories");
        assertShape(histories, "product-histories-01-denied");
        assertThat(histories.data().path(0).path("comment").asText()).isEqualTo("대표이미지 규격 미달");
    }

    @Test
    void about_one_product_in_a_hundred_is_denied() {
        for (int number = 0; number < 300; number++) {
            vendor.create("OC-W" + number, 10);
        }
        vendor.pass(Duration.ofHours(3));

        int denied = vendor.get(PRODUCTS + "?vendorId=" + Vendor.ID + "&maxPerPage=100&status=DENIED")
                .data()
                .size();
        assertThat(denied).isBetween(1, 12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sellerProductName",
                "deliveryMethod",
                "outboundShippingPlaceCode",
                "returnCharge",
                "requested",
                "items"
            })
    void required_field_of_the_product_is_required(String field) {
        ObjectNode product = Vendor.product("OC-1", 10);
        product.remove(field);
        assertThat(create(product).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itemName",
                "salePrice",
                "maximumBuyCount",
                "unitCount",
                "adultOnly",
                "taxType",
                "images",
                "contents",
                "attributes"
            })
    void required_field_of_an_item_is_required(String field) {
        ObjectNode product = Vendor.product("OC-1", 10);
        ((ObjectNode) product.path("items").path(1)).remove(field);
        assertThat(create(product).status()).isEqualTo(400);
    }

    @Test
    void refusals_have_the_documented_texts() {
        assertText(
                create(Vendor.product("OC-1", 10).put("returnCenterCode", "999")),
                "product-create-05-error-return-center");
        assertText(vendor.get(PRODUCTS + "?maxPerPage=2"), "product-list-03-error-no-vendor");
        assertText(vendor.get(timeFrame("09:00:00", "10:00:00")), "product-timeframe-01-error-range");
        ObjectNode product = Vendor.product("OC-1", 10);
        attribute(product).put("attributeValueName", "40 개입");
        Reply unit = create(product);
        assertShape(unit, "product-create-04-error-attribute");
        assertThat(unit.message())
                .isEqualTo(body("product-create-04-error-attribute")
                        .path("message")
                        .asText());
    }

    @Test
    void image_of_a_loopback_host_may_have_any_port() {
        assertThat(create(withImage("http://127.0.0.1:9090/images/1.jpg")).status())
                .isEqualTo(200);
        assertThat(create(withImage("http://img.example:9090/1.jpg")).status()).isEqualTo(400);
        assertThat(create(withImage("https://img.example:443/1.jpg")).status()).isEqualTo(200);
        assertThat(create(withImage("ftp://img.example/1.jpg")).status()).isEqualTo(400);
        assertThat(create(withImage("https://img.example/" + "x".repeat(200))).status())
                .isEqualTo(400);
    }

    @Test
    void missing_mandatory_option_is_a_warning_on_creation() {
        ObjectNode product = Vendor.product("OC-1", 10);
        attribute(product).put("attributeTypeName", "무게");
        assertShape(create(product), "product-create-03-success-with-missing-mandatory-options");
        assertShape(
                vendor.create("OC-2", 10, "success-with-error-items"),
                "product-create-03-success-with-missing-mandatory-options");
    }

    @Test
    void lists_are_paged_and_shaped_as_documented() {
        vendor.create("OC-1", 10);
        vendor.create("OC-2", 10);
        String list = PRODUCTS + "?vendorId=" + Vendor.ID + "&maxPerPage=2&nextToken=";

        Reply first = vendor.get(list + "1");
        assertShape(first, "product-list-01-page");
        assertThat(first.body().path("nextToken").asText()).isEqualTo("2");
        Reply last = vendor.get(list + "2");
        assertShape(last, "product-list-02-last-page");
        assertThat(last.body().path("nextToken").asText()).isEmpty();
        assertShape(vendor.get(timeFrame("09:00:00", "09:10:00")), "product-timeframe-02-ok");
        assertThat(vendor.get(list.replace("maxPerPage=2", "maxPerPage=101") + "1")
                        .status())
                .isEqualTo(400);
        assertShape(vendor.get(PRODUCTS + "/inflow-status"), "product-inflow-status-01");
    }

    @Test
    void own_code_is_found_a_minute_after_creation() {
        String path = PRODUCTS + "/external-vendor-sku-codes/OC-1-0";
        vendor.create("OC-1", 10);
        assertShape(vendor.get(path), "product-by-sku-02-none");
        vendor.pass(Duration.ofMinutes(1));
        assertShape(vendor.get(path), "product-by-sku-01-found");
    }

    @Test
    void waiting_product_cannot_be_changed_and_an_approved_one_can() {
        long id = Vendor.idOf(vendor.create("OC-1", 10));
        String partial = "{\"sellerProductId\":" + id + ",\"deliveryCharge\":3500}";
        vendor.pass(Duration.ofMinutes(15));
        assertText(
                vendor.call("PUT", PRODUCTS + "/" + id + "/partial", partial),
                "product-update-03-partial-error-awaiting");
        assertThat(vendor.put(PRODUCTS + "/" + id + "/approvals").message()).contains("잠시 후 다시");
        vendor.pass(Duration.ofHours(2));

        assertShape(vendor.call("PUT", PRODUCTS + "/" + id + "/partial", partial), "product-update-02-partial-ok");
        assertThat(vendor.get(PRODUCTS + "/" + id).data().path("deliveryCharge").asInt())
                .isEqualTo(3500);
    }

    @Test
    void update_keeps_the_options_their_ids_and_their_price() {
        List<Long> items = vendor.listed("OC-1", 10);
        long id = 990_000_001;
        ObjectNode document = ((ObjectNode) vendor.get(PRODUCTS + "/" + id).data()).put("requested", true);
        ((ObjectNode) document.path("items").path(0)).put("salePrice", 100);

        assertShape(vendor.call("PUT", PRODUCTS, document.toString()), "product-update-01-ok");
        assertThat(statusName(id)).isEqualTo("심사중");
        vendor.pass(Duration.ofHours(2));
        JsonNode item = vendor.get(PRODUCTS + "/" + id).data().path("items").path(0);
        assertThat(item.path("vendorItemId").asLong()).isEqualTo(items.get(0));
        assertThat(item.path("salePrice").asLong()).isEqualTo(19_900);

        ((ArrayNode) document.path("items")).remove(0);
        assertThat(vendor.call("PUT", PRODUCTS, document.toString()).status()).isEqualTo(400);
    }

    @Test
    void product_is_deleted_once_all_options_are_stopped() {
        List<Long> items = vendor.listed("OC-1", 10);
        String path = PRODUCTS + "/990000001";
        assertText(vendor.call("DELETE", path, ""), "product-delete-01-error");
        items.forEach(item ->
                assertThat(vendor.put(ITEMS + item + "/sales/stop").status()).isEqualTo(200));
        assertShape(vendor.call("DELETE", path, ""), "product-delete-02-ok");
        assertText(vendor.put(ITEMS + items.get(0) + "/quantities/5"), "item-quantity-02-error-deleted");
    }

    @Test
    void price_moves_in_tens_from_half_to_double() {
        long item = vendor.listed("OC-1", 10).get(0);
        String prices = ITEMS + item + "/prices/";

        assertShape(vendor.put(prices + "19500"), "item-price-01-ok");
        assertText(vendor.put(prices + "9000"), "item-price-02-error-range");
        assertText(vendor.put(prices + "19555?forceSalePriceUpdate=true"), "item-price-03-error-unit");
        assertThat(vendor.put(prices + "9750").status()).isEqualTo(200);
        assertThat(vendor.put(prices + "19510").status()).isEqualTo(400);
        Reply forced = vendor.put(prices + "49000?forceSalePriceUpdate=true");
        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.ref()).isEqualTo(item + ":49000");
        assertThat(forced.effect()).isEqualTo("price-set");
    }

    @Test
    void stock_and_sale_of_an_option_can_be_set_and_read() {
        long item = vendor.listed("OC-1", 10).get(0);

        Reply stock = vendor.put(ITEMS + item + "/quantities/0");
        assertShape(stock, "item-quantity-01-ok");
        assertThat(stock.ref()).isEqualTo(item + ":0");
        assertText(vendor.put(ITEMS + item + "/sales/stop"), "item-stop-01-ok");
        Reply inventory = vendor.get(ITEMS + item + "/inventories");
        assertShape(inventory, "item-inventory-01-ok");
        assertThat(inventory.data().path("amountInStock").asInt()).isZero();
        assertThat(inventory.data().path("onSale").asBoolean()).isFalse();
        assertText(vendor.put(ITEMS + item + "/sales/resume"), "item-resume-01-ok");
        assertThat(vendor.put(ITEMS + item + "/original-prices/25905").status()).isEqualTo(400);
        assertThat(vendor.put(ITEMS + item + "/original-prices/26000").status()).isEqualTo(200);
    }

    @Test
    void option_that_does_not_exist_yet_is_refused() {
        assertText(vendor.put(ITEMS + "null/quantities/5"), "item-quantity-03-error-not-approved");
        assertText(vendor.put(ITEMS + "9910000/prices/100"), "item-quantity-03-error-not-approved");
        assertText(vendor.put(ITEMS + "1/sales/stop"), "item-stop-02-error-unknown");
        assertText(vendor.get(ITEMS + "1/inventories"), "item-inventory-02-error");
    }

    @Test
    void categories_and_places_are_shaped_as_documented() {
        String predict = Vendor.API + "v1/categorization/predict";
        assertShape(vendor.call("POST", predict, "{\"productName\":\"접이식 주방 선반\"}"), "category-predict-01");
        assertShape(vendor.call("POST", predict, "{\"productName\":\"상품\"}"), "category-predict-02-insufficient");
        assertText(vendor.call("POST", predict, "{\"productName\":\"\"}"), "category-predict-03-error");
        assertShape(
                vendor.get(Vendor.PRODUCTS + "/meta/category-related-metas/display-category-codes/77413"),
                "category-meta-01");
        assertShape(
                vendor.get("/v2/providers/marketplace_openapi/apis/api/v2/vendor/shipping-place/outbound?pageSize=50"),
                "outbound-places-01");
        assertShape(
                vendor.get(Vendor.API + "v5/vendors/" + Vendor.ID + "/returnShippingCenters?pageNum=1"),
                "return-centers-01");
    }

    @Test
    void restart_keeps_products_and_their_pending_approval() {
        long id = Vendor.idOf(vendor.create("OC-1", 10));
        vendor.restart();
        assertThat(statusName(id)).isEqualTo("심사중");
        vendor.pass(Duration.ofHours(2));
        vendor.restart();
        assertThat(statusName(id)).isEqualTo("승인완료");
        assertThat(Vendor.idOf(vendor.create("OC-2", 10))).isEqualTo(id + 1);
    }

    private Reply create(ObjectNode product) {
        return vendor.call("POST", PRODUCTS, product.toString());
    }

    private String statusName(long id) {
        return vendor.get(PRODUCTS + "/" + id).data().path("statusName").asText();
    }

    private static String timeFrame(String from, String to) {
        return PRODUCTS + "/time-frame?vendorId=" + Vendor.ID + "&createdAtFrom=2026-03-01T" + from
                + "&createdAtTo=2026-03-01T" + to;
    }

    private static ObjectNode attribute(ObjectNode product) {
        return (ObjectNode) product.path("items").path(0).path("attributes").path(0);
    }

    private static ObjectNode withImage(String path) {
        ObjectNode product = Vendor.product("OC-1", 10);
        ((ObjectNode) product.path("items").path(0).path("images").path(0)).put("vendorPath", path);
        return product;
    }

    private static JsonNode body(String sample) {
        return Vendor.sample(sample).path("response").path("body");
    }

    private static void assertShape(Reply reply, String sample) {
        Shape.assertSame(reply, sample);
    }

    /** Status and message as in the sample, but for the ids in it. */
    private static void assertText(Reply reply, String sample) {
        assertShape(reply, sample);
        assertThat(reply.message()).isEqualTo(body(sample).path("message").asText());
    }
}
