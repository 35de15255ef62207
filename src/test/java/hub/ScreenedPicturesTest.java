package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.image.Pictures;
import hub.image.Samples;
import hub.listing.Listings;
import hub.partner.Partners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub and the simulator of Coupang, which fetches pictures from their own addresses. */
@TestInstance(Lifecycle.PER_CLASS)
class ScreenedPicturesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    private PictureRig rig;

    @BeforeAll
    void start() throws IOException {
        rig = new PictureRig(data, "--hub.partners.naver.enabled=false");
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void pictures_that_the_market_would_refuse_are_left_out_and_the_others_go_by_their_addresses() {
        rig.pictures.put("/oblong.jpg", Samples.file("jpg", 900, 600));
        rig.pictures.put("/good.jpg", Samples.file("jpg", 600, 600));
        rig.pictures.put("/small.jpg", Samples.file("jpg", 499, 499));
        rig.pictures.put("/still.gif", Samples.file("gif", 600, 600));
        rig.pictures.put("/good.png", Samples.file("png", 500, 500));
        rig.list("mixed", "oblong.jpg", "good.jpg", "small.jpg", "still.gif", "good.png");
        created("mixed");

        assertThat(rig.leftOut("coupang", "mixed"))
                .containsOnly(
                        Map.entry("oblong.jpg", "wrong-shape"),
                        Map.entry("small.jpg", "too-small"),
                        Map.entry("still.gif", "wrong-format"));
        JsonNode images = shown("mixed");
        assertThat(images.findValuesAsText("vendorPath")).containsExactly(rig.url("good.jpg"), rig.url("good.png"));
        assertThat(images.findValuesAsText("imageType")).containsExactly("REPRESENTATION", "DETAIL");

        rig.list("again", "good.jpg", "small.jpg");
        created("again");
        assertThat(rig.fetched).as("its header is remembered").containsEntry("/good.jpg", 1);
    }

    @Test
    void listing_that_had_no_picture_is_tried_again_when_a_good_one_lies_at_the_same_address() {
        rig.pictures.put("/later.jpg", Samples.numbered(1, 300));
        rig.list("later", "later.jpg");
        await().atMost(PictureRig.LONG)
                .until(() -> rig.state("coupang", "later").equals("failed"));
        assertThat(rig.leftOut("coupang", "later")).containsOnly(Map.entry("later.jpg", "too-small"));
        lookAgain("later");
        assertThat(rig.leftOut("coupang", "later")).as("it is as bad as before").hasSize(1);
        assertThat(rig.state("coupang", "later")).isEqualTo("failed");

        rig.pictures.put("/later.jpg", Samples.numbered(1, 600));
        lookAgain("later");

        created("later");
        assertThat(rig.leftOut("coupang", "later")).isEmpty();
    }

    @Test
    void listing_is_asked_for_again_after_a_process_that_died_when_it_had_found_the_picture_good() {
        rig.pictures.put("/found.jpg", Samples.numbered(4, 300));
        rig.list("found", "found.jpg");
        await().atMost(PictureRig.LONG)
                .until(() -> rig.state("coupang", "found").equals("failed"));
        rig.pictures.put("/found.jpg", Samples.numbered(4, 600));
        aDayLater("found");
        assertThat(rig.hub.getBean(Pictures.class).lookAgain(10)).isNotEmpty();

        lookAgain("found");

        created("found");
        assertThat(rig.leftOut("coupang", "found")).isEmpty();
    }

    @Test
    void picture_that_its_product_does_not_show_any_more_is_not_named_any_more() {
        rig.pictures.put("/bad.jpg", Samples.numbered(2, 300));
        rig.pictures.put("/fine.jpg", Samples.numbered(3, 600));
        rig.list("replaced", "bad.jpg", "fine.jpg");
        created("replaced");
        Pictures pictures = rig.hub.getBean(Pictures.class);
        pictures.tidy();
        assertThat(rig.leftOut("coupang", "replaced")).containsOnly(Map.entry("bad.jpg", "too-small"));

        rig.database
                .sql("update product set content = content #- '{images,0}' where sku = 'replaced'")
                .update();
        pictures.tidy();

        assertThat(rig.leftOut("coupang", "replaced")).isEmpty();
    }

    /** As the route does, a day later. */
    private void lookAgain(String sku) {
        aDayLater(sku);
        Pictures pictures = rig.hub.getBean(Pictures.class);
        JsonNode good = pictures.lookAgain(10);
        rig.hub.getBean(Listings.class).again(good);
        pictures.healed(good);
    }

    private void aDayLater(String sku) {
        rig.database
                .sql("update image_refused set looked_at = now() - interval '25 hours' where sku = :sku")
                .param("sku", sku)
                .update();
        rig.database
                .sql("update image_source set checked_at = now() - interval '25 hours'")
                .update();
    }

    private void created(String sku) {
        await().atMost(PictureRig.LONG)
                .untilAsserted(() -> assertThat(rig.state("coupang", sku))
                        .as(sku + ": " + rig.reason("coupang", sku))
                        .isIn("pending", "live"));
    }

    private JsonNode shown(String sku) {
        String id = rig.database
                .sql("select market_ids ->> 'sellerProductId' from listing where market = 'coupang' and sku = :sku")
                .param("sku", sku)
                .query(String.class)
                .single();
        JsonNode request = JSON.createObjectNode()
                .put("path", "/v2/providers/seller_api/apis/api/v1/marketplace/seller-products/" + id);
        return rig.hub
                .getBean(Partners.class)
                .get("coupang")
                .call("check", request)
                .body()
                .at("/data/items/0/images");
    }
}
