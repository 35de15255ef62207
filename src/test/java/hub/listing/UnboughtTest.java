package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Products of a supplier whose purchase orders no route takes. */
class UnboughtTest {

    private static final String REASON = "nothing buys from own: no route takes its purchase orders";

    private final DataSource database = TestDatabase.fresh();
    private final ListingRig rig = new ListingRig(database, 500, Duration.ZERO);

    @Test
    void product_is_not_listed_and_one_that_is_listed_is_taken_off_sale_and_says_why() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.product("B", 8_000, 10);
        rig.listings.followRoutes();

        JsonNode report = rig.listings.plan(100);

        assertThat(report.path("refused").path(REASON).asInt()).isEqualTo(1);
        assertThat(rig.count("select count(*) from listing")).isEqualTo(1);
        assertThat(rig.listing("A")).containsEntry("reason", REASON);
        JsonNode off = rig.task("update-listing");
        assertThat(off.path("items").get(0).path("stock").asInt(-1)).isZero();
        rig.ok(off, "{}");
        assertThat(rig.listing("A")).as("after the market took it").containsEntry("reason", REASON);

        rig.listings.followRoutes();
        assertThat(rig.count("select count(*) from product_change"))
                .as("once is enough")
                .isZero();
    }

    @Test
    void listing_that_no_market_was_sent_is_forgotten() {
        ListingRig full = new ListingRig(database, 0, Duration.ZERO);
        full.product("A", 8_000, 10);
        full.listings.plan(100);
        assertThat(full.listing("A")).containsEntry("state", "planned");
        full.claim("check-listing");
        full.listings.followRoutes();
        full.listings.plan(100);
        assertThat(full.count("select count(*) from listing")).isZero();
    }

    @Test
    void everything_is_listed_again_once_a_route_buys() {
        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.product("B", 8_000, 10);
        rig.listings.followRoutes();
        rig.listings.plan(100);
        rig.ok(rig.task("update-listing"), "{}");
        rig.dueNow();
        rig.ok(rig.task("check-listing"), "{\"state\": \"live\", \"reason\": \"OUTOFSTOCK\"}");
        assertThat(rig.listing("A")).containsEntry("reason", REASON + "; OUTOFSTOCK");

        ListingRig restarted = new ListingRig(database, 500, Duration.ZERO);
        restarted.listings.followRoutes();
        assertThat(restarted.listings.plan(100).path("taken").asInt())
                .as("not before routes run")
                .isZero();
        restarted.jobs.claim("own", "place-order", 1);
        restarted.claim("create-listing");
        restarted.listings.followRoutes();
        restarted.listings.plan(100);

        JsonNode again = restarted.task("update-listing");
        assertThat(again.path("items").get(0).path("stock").asInt()).isEqualTo(8);
        assertThat(restarted.task("create-listing").path("sku").asText()).isEqualTo("B");
        assertThat(restarted.count("select count(*) from listing where reason is not null"))
                .isZero();
    }

    @Test
    void nothing_happens_while_routes_may_still_be_starting_nor_when_one_stands_still_later() {
        ListingRig starting = new ListingRig(10);
        starting.product("A", 8_000, 10);
        starting.live("A");
        starting.listings.followRoutes();
        assertThat(starting.count("select count(*) from product_change")).isZero();

        rig.product("A", 8_000, 10);
        rig.live("A");
        rig.jobs.claim("own", "place-order", 1);
        rig.listings.followRoutes();
        assertThat(rig.count("select count(*) from product_change")).isZero();
        assertThat(rig.count("select count(*) from unbought_supplier")).isZero();
    }
}
