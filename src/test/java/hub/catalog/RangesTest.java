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
import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import hub.catalog.backfill.RangeRefusedException;
import hub.catalog.backfill.RangeRefusedException.Why;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.GrowthBounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ranges are read between two usual pulls, and leave what those know as it was. The rig's clock says 2026-03-01 09:00
 * KST.
 */
class RangesTest {

    @SuppressWarnings("NullAway.Init")
    private static CatalogRig rig;

    @SuppressWarnings("NullAway.Init")
    private static Backfills backfills;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
        backfills = new Backfills(JdbcClient.create(rig.database()), new ObjectMapper());
    }

    @BeforeEach
    void clear() {
        rig.clear();
        rig.pass(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pages | 0                          |            | NEEDS_PAGES
            pages | 2026-02-01                 |            | NEEDS_PAGES
            pages | １                         |            | NEEDS_PAGES
            pages | 1000000                    |            | NEEDS_PAGES
            pages | 3                          | 2          | REVERSED
            pages | 3                          | x          | NEEDS_PAGES
            time  | 3                          |            | NEEDS_TIME
            time  | 2026-02-30                 |            | NEEDS_TIME
            time  | 2026-02-01T09:00:00        |            | NEEDS_TIME
            time  | -999999999-01-01           |            | NEEDS_TIME
            time  | 2026-02-01                 | +999999999-12-31 | NEEDS_TIME
            time  | 2027-01-01                 |            | FUTURE
            time  | 2026-03-02T00:00:00+09:00  |            | FUTURE
            time  | 2026-02-01                 | 2027-01-01 | FUTURE
            time  | 2026-02-02                 | 2026-02-01 | REVERSED
            ''    | 1                          |            | NO_RANGES
            """)
    void range_that_cannot_be_read_is_refused_and_nothing_is_asked_for(
            String kind, String from, @Nullable String to, Why why) {
        rig.ranges.reads(SUPPLIER, kind);

        assertThatThrownBy(() -> rig.ranges.ask(SUPPLIER, from, to, "kim"))
                .isInstanceOfSatisfying(
                        RangeRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));

        assertThat(backfills.all()).isEmpty();
    }

    @Test
    void supplier_that_is_not_read_is_refused_with_those_that_are() {
        rig.ranges.reads(SUPPLIER, "time");

        assertThatThrownBy(() -> rig.ranges.ask("nobody", "2026-02-01", null, "kim"))
                .hasMessageContaining("nobody is not read by this hub; it reads acme");
        backfills.ask("nobody", "2026-02-01", null, "command line");
        rig.ranges.take();

        assertThat(range("nobody").state()).isEqualTo("refused");
        assertThat(range("nobody").why()).contains("it reads acme");
    }

    @Test
    void days_are_koreas_and_both_ends_belong_to_the_range() {
        Pull pull = ranged("time", "2026-02-01", "2026-02-02");

        assertThat(pull.state().path("since").asText()).isEqualTo("2026-01-31T15:00:00Z");
        assertThat(pull.state().path("until").asText()).isEqualTo("2026-02-02T14:59:59.999Z");
        assertThat(pull.state().path("next").isNull()).isTrue();
    }

    @Test
    void today_may_be_the_end_and_no_end_is_none() {
        assertThat(ranged("time", "2026-02-01", "2026-03-01").state().has("until"))
                .isTrue();
        rig.clear();
        assertThat(ranged("time", "2026-02-01T09:00:00+09:00", null).state().has("until"))
                .isFalse();
    }

    @Test
    void range_leaves_the_usual_pull_where_it_was_and_ends_nothing() {
        whole();
        Pull open = rig.pulls.begin(SUPPLIER, false);
        read(open, page(skus(0, 20), "n1"));
        String before = cursor();

        Pull pull = ranged("time", "2026-02-01", null);
        read(pull, page(skus(0, 3), "n2"));
        read(pull, page(List.of("S3", "NEW"), null));

        assertThat(cursor())
                .as("watermark, total, page size and the open place")
                .isEqualTo(before);
        assertThat(rig.jdbc.queryForObject("select count(*) from product where missing_since is not null", Long.class))
                .isZero();
        assertThat(rig.state("NEW")).isEqualTo("active");
        Backfill done = range(SUPPLIER);
        assertThat(done.state()).isEqualTo("done");
        assertThat(List.of(done.pages(), done.items(), done.rejected())).isEqualTo(List.of(2, 5L, 0L));
        Pull resumed = rig.pulls.begin(SUPPLIER, false);
        assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
    }

    @Test
    void small_pages_of_a_range_are_no_reason_to_doubt_the_feed_and_half_of_it_no_reason_to_hold_it() {
        whole();
        read(ranged("time", "2026-02-01", null), page(List.of("S1"), null));

        assertThat(rig.jdbc.queryForObject("select count(*) from feed_hold", Long.class))
                .isZero();
    }

    @Test
    void pages_that_follow_one_another_end_with_the_last_that_was_asked_for() {
        Pull pull = ranged("pages", "3", "4");
        assertThat(pull.state().path("next").asInt()).isEqualTo(3);
        assertThat(pull.state().path("page").asInt()).isEqualTo(3);
        assertThat(pull.progress().ofPages()).isEqualTo(2);

        read(pull, then(skus(0, 10), 4));
        assertThat(range(SUPPLIER).pages()).isEqualTo(1);
        read(pull, then(skus(10, 20), 5));

        assertThat(pull.isMore()).isFalse();
        assertThat(range(SUPPLIER).state()).isEqualTo("done");
    }

    @Test
    void numbered_pages_of_a_range_are_asked_for_at_once() {
        Pull pull = ranged("pages", "3", "6");
        read(pull, numbered(3, 9));
        List<Integer> ahead = new ArrayList<>();
        pull.ahead().forEachRemaining(asked -> ahead.add(asked.path("page").asInt()));

        assertThat(ahead).containsExactly(4, 5, 6);
        assertThat(pull.progress().pages()).isEqualTo(1);
        assertThat(pull.progress().ofPages()).isEqualTo(4);
    }

    @Test
    void page_behind_the_catalogue_breaks_the_range_off() {
        Pull pull = ranged("pages", "300", null);

        assertThatThrownBy(() -> read(pull, page(List.of(), null)))
                .hasMessageContaining("the catalogue ends before it");
        rig.pulls.breakOff(pull, "page 300 is not believed: the catalogue ends before it");

        assertThat(range(SUPPLIER).state()).isEqualTo("failed");
        assertThat(range(SUPPLIER).why()).contains("ends before");
    }

    @Test
    void rejected_items_are_counted() {
        Pull pull = ranged("time", "2026-02-01", null);
        JsonNode answer = page(skus(0, 10), null);
        List<Product> mapped = new ArrayList<>();
        rig.pulls.items(pull, pull.state(), answer, null).stream()
                .skip(2)
                .forEach(sku -> mapped.add(product(sku.asText(), 100)));
        rig.pulls.advance(pull, pull.state(), answer, List.of(), mapped, rig.store(mapped));

        assertThat(range(SUPPLIER).rejected()).isEqualTo(2);
        assertThat(range(SUPPLIER).items()).isEqualTo(10);
    }

    @Test
    void range_of_a_killed_hub_goes_on_by_itself_behind_the_last_page() {
        Pull killed = ranged("time", "2026-02-01", null);
        read(killed, page(skus(0, 20), "n1"));
        rig.jdbc.execute("update backfill set beat_at = now() - interval '1 minute'");

        Ranges anew = new Ranges(backfills, rig.leadership(), rig.clock());
        anew.reads(SUPPLIER, "time");
        anew.take();
        Pull resumed = anew.begin(
                        SUPPLIER,
                        Believed.of(
                                0,
                                0,
                                0.6,
                                new FeedGuards(rig.jdbc).accepted(SUPPLIER),
                                new GrowthBounds(0.5, 100, 1000)))
                .orElseThrow();

        assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
        assertThat(resumed.state().path("page").asInt()).isEqualTo(2);
        assertThat(resumed.progress().items()).isEqualTo(20);
    }

    @Test
    void same_range_asked_for_again_goes_on_where_it_was_broken_off_and_another_begins_anew() {
        Pull broken = ranged("time", "2026-02-01", null);
        read(broken, page(skus(0, 20), "n1"));
        rig.pulls.breakOff(broken, "HTTP 503");
        assertThat(range(SUPPLIER).state()).isEqualTo("failed");

        assertThat(ranged("time", "2026-02-01", null).state().path("next").asText())
                .isEqualTo("n1");
        rig.jdbc.execute("update backfill set state = 'failed'");
        assertThat(ranged("time", "2026-02-02", null).state().path("page").asInt())
                .isEqualTo(1);
    }

    @Test
    void second_range_of_a_supplier_waits_for_its_asker() {
        ranged("time", "2026-02-01", null);

        assertThatThrownBy(() -> rig.ranges.ask(SUPPLIER, "2026-02-03", null, "lee"))
                .hasMessageContaining("is being read or waits to be, from 2026-02-01");
        assertThat(range(SUPPLIER).askedBy()).isEqualTo("kim");
    }

    @Test
    void range_is_due_before_the_usual_pull_and_does_not_move_it() {
        assertThat(rig.pulls.due(SUPPLIER, "1h", "time")).isTrue();
        assertThat(rig.pulls.due(SUPPLIER, "1h", "time")).isFalse();
        rig.ranges.ask(SUPPLIER, "2026-02-01", null, "kim");
        rig.ranges.take();

        assertThat(rig.pulls.due(SUPPLIER, "1h", "time")).isTrue();
        assertThat(rig.pulls.due(SUPPLIER, "1h", "time"))
                .as("beginning it failed: not again at once")
                .isFalse();
        read(rig.pulls.begin(SUPPLIER, true), page(skus(0, 3), null));

        assertThat(rig.pulls.due(SUPPLIER, "1h", "time")).isFalse();
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.pulls.due(SUPPLIER, "1h", "time")).isTrue();
    }

    @Test
    void running_range_is_seen_in_the_meters() {
        rig.pulls.due(SUPPLIER, "1h", "pages");
        read(ranged("pages", "3", "5"), then(skus(0, 10), 4));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        new PullMeters(rig.pulls, meters).count();

        assertThat(meters.get("hub.pull.pages")
                        .tag("supplier", SUPPLIER)
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("hub.pull.pages.known").gauge().value()).isEqualTo(3);
        assertThat(meters.get("hub.pull.items").gauge().value()).isEqualTo(10);
    }

    @Test
    void suppliers_that_can_be_asked_are_known_each_by_what() {
        rig.ranges.reads("whole-only", "");
        rig.ranges.reads(SUPPLIER, "pages");

        assertThat(rig.ranges.kinds()).containsEntry(SUPPLIER, hub.catalog.backfill.RangeKind.PAGES);
        assertThat(rig.ranges.kinds()).doesNotContainKey("whole-only");
    }

    @Test
    void time_that_is_left_follows_from_the_pace() {
        Backfill half = backfill(10, 30);

        assertThat(half.etaSeconds(Objects.requireNonNull(half.beganAt()).plusSeconds(5)))
                .isEqualTo(10);
        assertThat(backfill(10, null).etaSeconds(rig.now())).isNull();
    }

    private static Backfill backfill(int pages, @Nullable Integer of) {
        return new Backfill(
                SUPPLIER, "1", null, "running", "kim", rig.now(), rig.now(), null, null, pages, of, 0, 0, "");
    }

    private static Backfill range(String supplier) {
        return backfills.of(supplier).orElseThrow();
    }

    /** Asks for a range and begins it, as the routes do. */
    private static Pull ranged(String kind, String from, @Nullable String to) {
        rig.ranges.reads(SUPPLIER, kind);
        rig.ranges.ask(SUPPLIER, from, to, "kim");
        rig.ranges.take();
        Pull pull = rig.pulls.begin(SUPPLIER, true);
        assertThat(pull.isWhole()).isFalse();
        return pull;
    }

    private static void whole() {
        Pull pull = rig.pulls.begin(SUPPLIER, false);
        read(pull, page(skus(0, 20), "n1"));
        read(pull, page(skus(20, 40), null));
    }

    private static String cursor() {
        Map<String, Object> row = rig.jdbc.queryForMap(
                "select state::text as state from cursor where partner = ? and name = 'products'", SUPPLIER);
        return String.valueOf(row.get("state"));
    }

    private static void read(Pull pull, JsonNode answer) {
        List<Product> page = new ArrayList<>();
        JsonNode asked = pull.state();
        rig.pulls.items(pull, asked, answer, null).forEach(sku -> page.add(product(sku.asText(), 100)));
        Upserted upserted = page.isEmpty() ? Upserted.NOTHING : rig.store(page);
        rig.pulls.advance(pull, asked, answer, List.of(), page, upserted);
    }

    private static List<String> skus(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "S" + i).toList();
    }

    private static JsonNode numbered(int page, int pages) {
        return json("{\"items\": " + list(skus(page * 10, page * 10 + 10)) + ", \"page\": " + page + ", \"pages\": "
                + pages + "}");
    }

    private static JsonNode then(List<String> skus, int next) {
        return json("{\"items\": " + list(skus) + ", \"next\": " + next + "}");
    }

    private static JsonNode page(List<String> skus, @Nullable String next) {
        return json("{\"items\": " + list(skus) + ", \"next\": " + (next == null ? "null" : "\"" + next + "\"") + "}");
    }

    private static String list(List<String> skus) {
        return skus.isEmpty() ? "[]" : "[\"" + String.join("\", \"", skus) + "\"]";
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
