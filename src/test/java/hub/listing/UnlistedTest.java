package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Products for a market on which no route lists anything. */
class UnlistedTest {

    private final DataSource database = TestDatabase.fresh();

    /** Its routes read the market back and list nothing there. */
    private final ListingRig out = new ListingRig(database, 500, Duration.ZERO);

    @Test
    void new_product_is_not_planned_and_is_once_a_route_lists_there() {
        out.product("A", 8_000, 10);
        buys(out);
        out.claim("check-listing");
        out.listings.followRoutes();

        assertThat(out.listings
                        .plan(100)
                        .path("refused")
                        .path("no route lists on acme")
                        .asInt())
                .isEqualTo(1);
        assertThat(out.count("select count(*) from listing")).isZero();

        ListingRig in = new ListingRig(database, 500, Duration.ZERO);
        assertThat(in.claim("create-listing")).isEmpty();
        buys(in);
        in.listings.followRoutes();
        in.listings.plan(100);

        assertThat(in.task("create-listing").path("sku").asText()).isEqualTo("A");
        in.listings.followRoutes();
        assertThat(in.count("select count(*) from product_change"))
                .as("once is enough")
                .isZero();
    }

    @Test
    void what_was_planned_before_is_forgotten_with_its_job_and_what_is_listed_stays() {
        out.product("A", 8_000, 10);
        ListingRig in = new ListingRig(database, 500);
        in.live("A");
        out.product("B", 8_000, 10);
        in.listings.plan(100);
        assertThat(in.listing("B")).containsEntry("state", "planned");

        buys(out);
        out.claim("check-listing");
        out.listings.followRoutes();

        assertThat(out.count("select count(*) from listing where sku = 'B'")).isZero();
        assertThat(out.count("select count(*) from job where kind = 'create-listing'"))
                .isZero();
        out.stock("A", "", 16_000, 10);
        out.listings.plan(100);
        assertThat(out.listing("A")).containsEntry("state", "live").containsEntry("desired_version", 2);
    }

    /** Else nothing of the supplier would be listed. */
    private static void buys(ListingRig rig) {
        rig.jobs.claim("own", "place-order", 1);
    }
}
