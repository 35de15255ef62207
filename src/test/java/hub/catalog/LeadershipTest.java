package hub.catalog;

import static hub.catalog.CatalogRig.SUPPLIER;
import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestDatabase;
import hub.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that does not lead the reading of a supplier, or leads it no more. */
class LeadershipTest {

    @SuppressWarnings("NullAway.Init")
    private static CatalogRig rig;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void clear() {
        rig.clear();
        rig.pass(Duration.ofHours(1));
    }

    @Test
    void page_in_hand_is_not_stored_and_the_place_stays_as_the_next_process_left_it() {
        Pull overtaken = rig.pulls.begin(SUPPLIER, false);
        rig.store(List.of(product("S1", 100)));
        rig.jdbc.update("insert into cursor (partner, name, state) values (?, 'products', '{\"total\": 7}')", SUPPLIER);

        rig.lead = false;

        assertThatThrownBy(() -> rig.store(List.of(product("S1", 90), product("S2", 90))))
                .isInstanceOf(ReadElsewhereException.class)
                .hasMessageContaining(SUPPLIER);
        assertThatThrownBy(() -> rig.pulls.advance(
                        overtaken, overtaken.state(), page(), List.of("S1"), List.of(), Upserted.NOTHING))
                .isInstanceOf(ReadElsewhereException.class);
        rig.pulls.breakOff(overtaken, "read elsewhere");
        assertThat(rig.jdbc.queryForList("select sku || ' ' || cost_won from product_stock", String.class))
                .containsExactly("S1 100");
        assertThat(rig.jdbc.queryForObject("select state::text from cursor where name = 'products'", String.class))
                .isEqualTo("{\"total\": 7}");
        assertThat(overtaken.progress().failure()).isEqualTo("read elsewhere");
    }

    @Test
    void process_that_stands_by_reads_nothing() {
        rig.store(List.of(product("S1", 100)));
        rig.jdbc.update("update product set detail_due = true, due_at = now()");
        rig.lead = false;

        assertThat(rig.pulls.due(SUPPLIER, "10m")).isFalse();
        assertThat(rig.pulls.details(SUPPLIER, 5)).isEmpty();

        rig.lead = true;
        assertThat(rig.pulls.due(SUPPLIER, "10m")).isTrue();
        assertThat(rig.pulls.details(SUPPLIER, 5)).containsExactly("S1");
    }

    @Test
    void process_that_leads_again_reads_at_once() {
        assertThat(rig.pulls.due(SUPPLIER, "10m")).isTrue();
        read(rig.pulls.begin(SUPPLIER, true));
        rig.lead = false;
        assertThat(rig.pulls.due(SUPPLIER, "10m")).isFalse();

        rig.lead = true;

        assertThat(rig.pulls.due(SUPPLIER, "10m")).isTrue();
    }

    @Test
    void pull_that_is_asked_for_where_another_process_reads_is_begun_by_that_one() {
        assertThat(rig.pulls.due(SUPPLIER, "10m")).isTrue();
        read(rig.pulls.begin(SUPPLIER, true));
        assertThat(rig.pulls.due(SUPPLIER, "10m")).isFalse();

        rig.lead = false;
        assertThat(rig.pulls.isReadElsewhere(SUPPLIER)).isTrue();
        rig.pulls.ask(SUPPLIER, true);
        rig.pulls.takeAsked();
        assertThat(rig.jdbc.queryForObject("select count(*) from cursor where name = 'asked'", Long.class))
                .as("left to the process that reads")
                .isEqualTo(1);
        rig.lead = true;
        rig.pulls.takeAsked();

        assertThat(rig.pulls.due(SUPPLIER, "10m")).isTrue();
        assertThat(rig.pulls.begin(SUPPLIER, true).isWhole()).isTrue();
        rig.pulls.takeAsked();
        assertThat(rig.pulls.due(SUPPLIER, "10m")).as("once").isFalse();
    }

    /** They are looked for each second, whether or not the supplier's own route runs. */
    @Test
    void looking_for_what_was_asked_for_keeps_no_lead() {
        rig.pulls.due(SUPPLIER, "10m", "pages");
        int before = rig.asked;

        rig.pulls.takeAsked();
        rig.ranges.take();

        assertThat(rig.asked).isEqualTo(before);
    }

    @Test
    void range_is_left_to_the_process_that_reads() {
        rig.pulls.due(SUPPLIER, "10m", "pages");
        rig.ranges.ask(SUPPLIER, "1", null, "kim");

        rig.lead = false;
        rig.ranges.take();
        assertThat(state()).isEqualTo("asked");

        rig.lead = true;
        rig.ranges.take();
        assertThat(state()).isEqualTo("running");
        Pull range = rig.pulls.begin(SUPPLIER, false);
        assertThat(range.range()).isNotNull();

        rig.lead = false;
        rig.pulls.breakOff(range, "read elsewhere");

        assertThat(state()).as("whoever leads goes on with it").isEqualTo("running");
        rig.jdbc.update("update backfill set beat_at = now() - interval '1 minute'");
        rig.ranges.take();
        assertThat(rig.jdbc.queryForObject(
                        "select beat_at < now() - interval '50 seconds' from backfill", Boolean.class))
                .as("nobody beats for it here")
                .isTrue();
    }

    private static String state() {
        return String.valueOf(rig.jdbc.queryForObject("select state from backfill", String.class));
    }

    private static void read(Pull pull) {
        rig.pulls.items(pull, pull.state(), page(), null);
        List<Product> products = List.of(product("S1", 100));
        rig.pulls.advance(pull, pull.state(), page(), List.of(), products, rig.store(products));
    }

    private static JsonNode page() {
        try {
            return new ObjectMapper().readTree("{\"items\": [\"S1\"], \"next\": null}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
