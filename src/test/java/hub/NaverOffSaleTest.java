package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.image.Samples;
import hub.partner.Partners;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub and the simulator of Naver, which refuses to suspend what is suspended and to sell what is sold. */
class NaverOffSaleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private PictureRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new PictureRig(data, "--hub.partners.coupang.enabled=false", "--hub.listing.reassert-every=2s");
        rig.pictures.put("/shirt.jpg", Samples.numbered(1, 600));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void product_with_options_goes_off_sale_by_a_lost_answer_and_comes_back_first_without_stock() throws Exception {
        rig.list("shirt", withOptions("r", "b"), "r", "b");
        rig.listed("naver", "shirt");
        loseTheNextAnswer("change-status");

        change("content = content || '{\"openMarket\": false}'");
        await().atMost(PictureRig.LONG).untilAsserted(() -> assertThat(stands()).isEqualTo("suspended 2 2"));
        assertThat(statusAtNaver()).isEqualTo("SUSPENSION");

        stock(0);
        change("content = content || '{\"openMarket\": true}'");
        await().atMost(PictureRig.LONG).untilAsserted(() -> assertThat(stands()).isEqualTo("suspended 3 3"));

        stock(50);
        change("state = 'active'");
        await().atMost(PictureRig.LONG).untilAsserted(() -> assertThat(stands()).isEqualTo("live 4 4"));
        assertThat(statusAtNaver()).isEqualTo("SALE");
    }

    private ObjectNode withOptions(String... keys) {
        ObjectNode content = rig.content("shirt", "shirt.jpg");
        content.withArray("/options").removeAll();
        for (String key : keys) {
            ObjectNode option = content.withArray("/options").addObject().put("key", key);
            option.putArray("values").addObject().put("name", "색상").put("value", key);
        }
        return content;
    }

    private void change(String what) {
        rig.database.sql("update product set " + what + " where sku = 'shirt'").update();
        rig.database
                .sql("insert into product_change values ('ownerclan', 'shirt') on conflict do nothing")
                .update();
    }

    private void stock(int pieces) {
        rig.database
                .sql("update product_stock set stock = ? where sku = 'shirt'")
                .param(pieces)
                .update();
    }

    /** State, desired and sent version. */
    private String stands() {
        return rig.database
                .sql("select concat_ws(' ', state, desired_version, sent_version) from listing"
                        + " where market = 'naver' and sku = 'shirt'")
                .query(String.class)
                .single();
    }

    private String statusAtNaver() {
        String number = rig.database
                .sql("select market_ids ->> 'originProductNo' from listing where market = 'naver' and sku = 'shirt'")
                .query(String.class)
                .single();
        ObjectNode request = JSON.createObjectNode().put("path", "/v2/products/origin-products/" + number);
        return rig.hub
                .getBean(Partners.class)
                .get("naver")
                .call("get-product", request)
                .body()
                .at("/originProduct/statusType")
                .asText();
    }

    private void loseTheNextAnswer(String operation) throws IOException, InterruptedException {
        String faults = "http://127.0.0.1:" + rig.hub.getEnvironment().getRequiredProperty("hub.sandbox.port")
                + "/sandbox/faults";
        String fault = "{\"fault\": \"drop-reply\", \"partner\": \"naver\", \"operation\": \"%s\", \"count\": 1}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(faults))
                .POST(HttpRequest.BodyPublishers.ofString(fault.formatted(operation)))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isLessThan(300);
    }
}
