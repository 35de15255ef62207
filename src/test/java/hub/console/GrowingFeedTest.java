package hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hub.TestHub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The whole hub with its routes; behind the last page of Ownerclan follow more and more items that nobody has. */
@TestPropertySource(properties = "hub.guard.suppliers.ownerclan.growth-count=500")
class GrowingFeedTest extends OwnerclanFeeds {

    private static final TestHub HUB = new TestHub(() -> GrowingFeedTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) {
        HUB.options(options);
    }

    @Test
    void endless_catalogue_is_held_lists_nothing_new_sells_nothing_sold_out_and_is_forgotten_when_mended()
            throws Exception {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("product")).isEqualTo(1200);
            assertThat(count("cursor where state -> 'wholeAt' is not null")).isPositive();
            assertThat(count("listing")).isPositive();
        });
        assertThat(get(port, "/api/feeds").path("feeds")).as("a first pull").isEmpty();

        HUB.fault("endless", "ownerclan", "allItems");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(get(port, "/api/status").path("routes"))
                        .anyMatch(route -> route.path("id").asText().equals("ownerclan-pull-products")
                                && route.path("held").toString().contains("growth: ")));
        HUB.fault("soldout-all", "ownerclan", "allItems");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(count("product where sku like 'W%' and state = 'active'"))
                    .as("sold out at the supplier")
                    .isZero();
            assertThat(count("listing, jsonb_array_elements(desired -> 'items') i where i ->> 'stock' <> '0'"))
                    .as("nothing is sold any more")
                    .isZero();
        });
        assertThat(count("product where sku like 'M%'")).isBetween(1L, 2000L);
        assertThat(count("listing where sku like 'M%'")).isZero();
        assertThatItIsShown();

        HUB.mend();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(get(port, "/api/feeds").path("feeds")).isEmpty();
            assertThat(count("product")).isEqualTo(1200);
        });
        assertThat(count("product_waiting")).isZero();
        assertThat(count("listing where sku like 'M%'")).isZero();
    }

    private void assertThatItIsShown() throws Exception {
        Browser kim = operator();
        assertThat(kim.get("/holds").body()).contains("새 상품이 너무 많음", "value=\"yes\"");
        assertThat(kim.get("/holds?lang=en").body())
                .contains("Too many products are new")
                .doesNotContain("??");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(kim.get("/pulls/live?lang=en").body()).contains("new products are left out");
            assertThat(text(managementPort, "/actuator/prometheus"))
                    .contains("hub_holds_feeds{application=\"dropship-hub\",guard=\"growth\",state=\"waiting\","
                            + "supplier=\"ownerclan\"} 1.0");
        });
    }
}
