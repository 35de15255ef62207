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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that cannot be believed change nothing; a pull goes on where it was; nothing ends at the first absence. */
class PullsTest {

    private static final int CATALOGUE = 40;
    private static CatalogRig rig;

    @BeforeAll
    static void open() {
        rig = new CatalogRig(TestDatabase.fresh(), TestRedis.fresh());
    }

    @BeforeEach
    void clear() {
        rig.clear();
    }

    @Test
    void catalogue_that_is_empty_is_never_believed() {
        assertRefused(begin(), page(List.of(), null, null), "never believed");
    }

    @Test
    void page_that_names_itself_is_refused() {
        Pull pull = begin();
        read(pull, page(skus(0, 10), "n1", null));

        assertRefused(pull, page(skus(10, 20), "n1", null), "leads back");
    }

    @Test
    void half_a_page_is_refused() {
        whole();

        assertRefused(begin(), page(skus(0, 5), "n1", null), "usually has 20");
    }

    @Test
    void empty_page_in_between_is_refused() {
        Pull pull = begin();
        read(pull, page(skus(0, 10), "n1", null));

        assertRefused(pull, page(List.of(), "n2", null), "empty");
    }

    @Test
    void catalogue_that_ends_early_is_refused() {
        whole();
        Pull pull = begin();
        read(pull, page(skus(0, 20), "n1", null));

        assertRefused(pull, page(skus(20, 22), null, null), "ends after 22");
    }

    @Test
    void total_that_shrinks_is_refused_at_the_first_page() {
        whole();

        assertRefused(begin(), page(skus(0, 20), "n1", 21), "declares 21");
    }

    @Test
    void fewer_items_than_declared_are_refused() {
        assertRefused(begin(), page(skus(0, 10), null, 40), "only 10 of 40");
    }

    @Test
    void error_and_page_without_items_are_refused() {
        assertRefused(begin(), json("{\"items\": [], \"error\": \"token expired\"}"), "token expired");
        assertRefused(begin(), json("{\"items\": [], \"error\": {\"code\": \"E7\"}}"), "{\"code\":\"E7\"}");
        assertRefused(begin(), json("{\"rows\": []}"), "no items");
    }

    @Test
    void pull_that_was_killed_goes_on_with_the_page_it_was_at() {
        Pull killed = begin();
        read(killed, page(skus(0, 20), "n1", null));

        Pull resumed = begin();

        assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
        assertThat(resumed.state().path("page").asInt()).isEqualTo(2);
        assertThat(resumed.startedAt()).isEqualTo(killed.startedAt());
        read(resumed, page(skus(20, CATALOGUE), null, null));
        assertThat(rig.pulls.readTo(SUPPLIER)).contains(killed.startedAt());
    }

    @Test
    void what_a_database_set_back_to_a_backup_lost_is_stored_again_though_redis_knows_it() {
        whole();
        rig.backUp();
        rig.store(List.of(product("S1", 200)));
        assertThat(rig.known.changed(List.of(product("S1", 200)))).isEmpty();

        rig.restore();
        begin();

        assertThat(rig.known.changed(List.of(product("S1", 200))))
                .extracting(Product::sku)
                .containsExactly("S1");
        assertThat(rig.restores.last()).as("orders and listings look up first").isPresent();
    }

    @Test
    void pull_under_which_the_database_is_set_back_begins_anew_and_stores_again_what_was_lost() {
        whole();
        rig.backUp();
        Pull pull = begin();
        rig.pulls.items(pull, pull.state(), page(skus(0, 20), "n1", null), null);
        List<Product> dearer = List.of(product("S1", 200));
        rig.pulls.advance(pull, pull.state(), page(skus(0, 20), "n1", null), skus(0, 20), List.of(), rig.store(dearer));
        Instant readTo = rig.pulls.readTo(SUPPLIER).orElseThrow();
        rig.pass(Duration.ofMinutes(1));

        rig.restore();

        assertThatThrownBy(() -> readAsBefore(pull, page(skus(20, CATALOGUE), null, null)))
                .hasMessageContaining("set back");
        rig.pulls.breakOff(pull, "set back");
        assertThat(rig.pulls.readTo(SUPPLIER)).contains(readTo);
        Pull next = begin();
        assertThat(next.state().path("page").asInt()).isEqualTo(1);
        assertThat(rig.known.changed(dearer)).isEqualTo(dearer);
    }

    @Test
    void what_was_lost_is_noticed_also_when_as_much_is_stored_anew() {
        whole();
        rig.backUp();
        rig.store(List.of(product("S1", 200)));
        rig.restore();

        assertThatThrownBy(() -> rig.store(List.of(product("S2", 300)))).hasMessageContaining("set back");

        assertThat(rig.known.changed(List.of(product("S1", 200)))).hasSize(1);
        assertThat(rig.store(List.of(product("S2", 300))).updated()).isEqualTo(1);
    }

    private static void readAsBefore(Pull pull, JsonNode answer) {
        List<String> skus = new ArrayList<>();
        JsonNode asked = pull.state();
        rig.pulls.items(pull, asked, answer, null).forEach(sku -> skus.add(sku.asText()));
        rig.pulls.advance(pull, asked, answer, skus, List.of(), Upserted.NOTHING);
    }

    @Test
    void changes_are_asked_for_by_the_clock_of_a_supplier_that_is_behind() {
        rig.behind = Duration.ofMinutes(15);
        Pull whole = begin();
        read(whole, page(skus(0, CATALOGUE), null, null));
        rig.pass(Duration.ofMinutes(1));

        Pull changes = rig.pulls.begin(SUPPLIER, true);

        Instant theirs = whole.startedAt().minus(rig.behind);
        assertThat(Instant.parse(changes.state().path("since").asText())).isBeforeOrEqualTo(theirs);
    }

    @Test
    void place_that_the_supplier_does_not_know_any_more_is_given_up_and_the_catalogue_read_from_its_first_page() {
        Pull brokenOff = begin();
        read(brokenOff, page(skus(0, 20), "n1", null));
        assertRefused(brokenOff, json("{\"items\": [], \"error\": \"try later\"}"), "try later");
        rig.pulls.breakOff(brokenOff, "try later");

        Pull resumed = begin();
        assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
        assertRefused(resumed, json("{\"items\": [], \"error\": \"cursor is not known\"}"), "cursor is not known");
        rig.pulls.breakOff(resumed, "cursor is not known");

        Pull anew = begin();
        assertThat(anew.state().path("page").asInt()).isEqualTo(1);
        read(anew, page(skus(0, 20), "m1", null));
        read(anew, page(skus(20, CATALOGUE), null, null));
        assertThat(rig.pulls.readTo(SUPPLIER)).contains(anew.startedAt());
    }

    @Test
    void place_at_which_the_supplier_fails_again_and_again_is_given_up_too() {
        Pull brokenOff = begin();
        read(brokenOff, page(skus(0, 20), "n1", null));
        rig.pulls.breakOff(brokenOff, "status 500");

        for (int failure = 0; failure < 6; failure++) {
            Pull resumed = begin();
            assertThat(resumed.state().path("next").asText()).isEqualTo("n1");
            rig.pulls.breakOff(resumed, "status 500");
            rig.pulls.breakOff(resumed, "another page of the same pull");
        }

        assertThat(begin().state().path("page").asInt()).isEqualTo(1);
    }

    @Test
    void pull_of_one_answer_that_was_killed_or_broken_off_begins_at_its_first_page_and_misses_nothing_then() {
        whole();
        for (boolean killed : new boolean[] {true, false}) {
            Pull pull = inOneAnswer();
            read(pull, page(skus(0, 5), "2", CATALOGUE));
            if (!killed) {
                rig.pulls.breakOff(pull, "Postgres was away");
            }
        }

        Pull again = inOneAnswer();
        assertThat(again.state().path("page").asInt()).isEqualTo(1);
        assertThat(again.state().path("next").isNull()).isTrue();
        read(again, page(skus(0, 20), "2", CATALOGUE - 1));
        read(again, page(skus(20, 39), null, CATALOGUE - 1));

        assertThat(again.isMore()).isFalse();
        assertThat(rig.jdbc.queryForList("select sku from product where missing_since is not null", String.class))
                .as("the whole answer was seen, so what it lacks is missing")
                .containsExactly("S39");
    }

    @Test
    void place_of_pages_means_nothing_to_one_answer() {
        read(begin(), page(skus(0, 20), "n1", null));

        Pull pull = begin();
        assertThat(pull.state().path("page").asInt()).isEqualTo(2);
        rig.pulls.pages(pull, List.of().iterator());

        assertThat(pull.state().path("page").asInt()).isEqualTo(1);
        assertThat(pull.state().path("next").isNull()).isTrue();
    }

    @Test
    void one_answer_that_declares_too_few_items_is_refused_before_any_of_it_is_stored() {
        whole();

        assertRefused(inOneAnswer(), page(skus(0, 10), "2", 20), "the supplier declares 20 products");
    }

    @Test
    void half_a_pull_ends_nothing() {
        whole();
        whole();
        Pull killed = begin();
        read(killed, page(skus(0, 20), "n1", null));
        Pull resumed = begin();
        read(resumed, page(skus(20, 39), null, null));
        Pull again = begin();
        read(again, page(skus(0, 20), "n1", null));
        read(begin(), page(skus(20, 39), null, null));

        assertThat(rig.state("S39")).isEqualTo("active");
    }

    @Test
    void place_that_is_a_day_old_is_given_up() {
        read(begin(), page(skus(0, 20), "n1", null));
        rig.pass(Duration.ofHours(24));

        assertThat(begin().state().path("page").asInt()).isEqualTo(1);
    }

    @Test
    void incremental_pull_reaches_back_behind_the_last_one_and_a_whole_one_comes_each_day() {
        whole();
        Pull changes = rig.pulls.begin(SUPPLIER, true);
        assertThat(changes.isWhole()).isFalse();
        assertThat(changes.state().path("since").asText())
                .isEqualTo(rig.now().minus(Duration.ofMinutes(10)).toString());

        read(changes, page(List.of(), null, null));
        assertThat(rig.state("S0")).isEqualTo("active");
        rig.pass(Duration.ofHours(24));
        assertThat(rig.pulls.begin(SUPPLIER, true).isWhole()).isTrue();
    }

    @Test
    void product_ends_when_two_whole_pulls_in_a_row_did_not_have_it() {
        whole();
        rig.changes();

        whole(39);
        assertThat(rig.state("S39")).isEqualTo("active");
        assertThat(rig.changes()).isEmpty();
        whole(39);

        assertThat(rig.state("S39")).isEqualTo("ended");
        assertThat(rig.changes()).containsExactly("S39");
    }

    @Test
    void product_that_was_missing_once_starts_anew_when_it_is_back() {
        whole();
        whole(39);
        whole();
        whole(39);

        assertThat(rig.state("S39")).isEqualTo("active");
    }

    @Test
    void product_that_ended_and_is_offered_again_as_it_was_is_active_again() {
        whole();
        whole(39);
        whole(39);
        whole();

        assertThat(rig.state("S39")).isEqualTo("active");
    }

    @Test
    void return_that_redis_took_for_known_is_stored_by_the_next_pull() {
        whole();
        whole(39);
        whole(39);
        rig.known.remember(List.of(product("S39", 100)));

        whole();
        whole();

        assertThat(rig.state("S39")).isEqualTo("active");
    }

    @Test
    void too_many_missing_products_are_not_believed_and_none_ends() {
        whole();
        for (int pull = 0; pull < 3; pull++) {
            whole(34);
        }

        assertThat(rig.jdbc.queryForObject("select count(*) from product where state = 'ended'", Integer.class))
                .isZero();
    }

    @Test
    void item_that_is_there_but_cannot_be_mapped_does_not_end() {
        whole();
        rig.rejects.add(List.of(new Reject(SUPPLIER, "S39", "options[0].costWon", "no price", "", "")));
        whole(39);
        whole(39);

        assertThat(rig.state("S39")).isEqualTo("active");
    }

    @Test
    void stock_of_what_cannot_be_mapped_any_more_is_unknown_until_it_is_mapped_again() {
        whole();
        rig.changes();
        rig.rejects.add(List.of(new Reject(SUPPLIER, "S39", "options[0].stock", "no number", "", "")));
        whole(39);

        assertThat(stock("S39")).isNull();
        assertThat(rig.changes()).containsExactly("S39");
        assertThat(stock("S38")).isEqualTo(5);
        whole(39);
        assertThat(rig.changes())
                .as("told once, or it would never be known for too long")
                .isEmpty();
        whole();
        assertThat(stock("S39")).isEqualTo(5);
        assertThat(rig.changes()).containsExactly("S39");
    }

    private static @Nullable Integer stock(String sku) {
        return rig.jdbc.queryForObject("select stock from product_stock where sku = ?", Integer.class, sku);
    }

    @Test
    void item_that_could_not_be_mapped_and_is_gone_ends_like_any_other() {
        whole();
        rig.rejects.add(List.of(
                new Reject(SUPPLIER, "S39", "options[0].costWon", "no price", "", ""),
                new Reject(SUPPLIER, "item 7", "sku", "no number", "", "")));
        rig.jdbc.update("update product_reject set last_at = '2026-02-28T23:00:00Z'");
        whole(39);
        whole(39);

        assertThat(rig.state("S39")).isEqualTo("ended");
        assertThat(rig.rejected()).isEmpty();
    }

    @Test
    void reject_of_an_item_that_is_there_stays() {
        whole();
        rig.rejects.add(List.of(new Reject(SUPPLIER, "S7", "options[0].costWon", "no price", "", "")));
        rig.jdbc.update("update product_reject set last_at = '2026-02-28T23:00:00Z'");
        whole(39);

        assertThat(rig.rejected()).containsExactly("S7 options[0].costWon");
    }

    @Test
    void refused_call_is_no_page_whatever_it_holds() {
        JsonNode nothing = page(List.of(), null, null);
        Pull pull = begin();
        assertThatThrownBy(() -> rig.pulls.items(pull, pull.state(), nothing, "acme/products is refused (status 404)"))
                .isInstanceOf(PageRefusedException.class)
                .hasMessageContaining("status 404");
    }

    @Test
    void number_of_pages_that_is_none_is_refused_and_not_taken_for_the_last_page() {
        for (String pages : List.of("1000000000000", "1000001", "-1", "0", "2.5", "\"6\"", "true")) {
            assertRefused(
                    begin(), json("{\"items\": [\"S1\"], \"page\": 1, \"pages\": " + pages + "}"), pages + " pages");
        }
    }

    @Test
    void number_of_products_that_is_none_is_refused_and_not_taken_for_unknown() {
        for (String total : List.of("\"280\"", "-1", "2.5", "true")) {
            assertRefused(begin(), json("{\"items\": [\"S1\"], \"total\": " + total + "}"), total + " products");
        }
    }

    @Test
    void numbered_pages_are_asked_for_at_once_and_a_killed_pull_goes_on_behind_the_last_gap() {
        Pull pull = begin();
        read(pull, pull.ahead().next(), numbered(1, 10, 4));
        List<JsonNode> ahead = new ArrayList<>();
        pull.ahead().forEachRemaining(ahead::add);
        assertThat(ahead).extracting(asked -> asked.path("page").asInt()).containsExactly(2, 3, 4);

        read(pull, ahead.get(2), numbered(4, 10, 4));
        read(pull, ahead.get(0), numbered(2, 10, 4));
        rig.pulls.breakOff(pull, "killed");

        Pull resumed = begin();
        assertThat(resumed.ahead())
                .toIterable()
                .extracting(asked -> asked.path("page").asInt())
                .containsExactly(3, 4);
    }

    @Test
    void numbered_pages_end_the_pull_in_whatever_order_they_come() {
        Pull pull = begin();
        read(pull, pull.ahead().next(), numbered(1, 10, 3));
        List<JsonNode> ahead = new ArrayList<>();
        pull.ahead().forEachRemaining(ahead::add);
        read(pull, ahead.get(1), numbered(3, 10, 3));
        assertThat(pull.isMore()).isTrue();
        read(pull, ahead.get(0), numbered(2, 10, 3));

        assertThat(pull.isMore()).isFalse();
        assertThat(rig.pulls.readTo(SUPPLIER)).contains(pull.startedAt());
    }

    @Test
    void page_with_another_number_than_asked_for_is_refused() {
        Pull pull = begin();
        assertRefused(pull, json("{\"items\": [\"S1\"], \"page\": 7, \"pages\": 9}"), "says that it is page 7");
    }

    @Test
    void sku_that_came_twice_in_a_pull_is_not_known_afterwards() {
        Pull pull = begin();
        read(pull, page(List.of("S1", "S2"), "n1", null));
        read(pull, page(List.of("S2", "S3"), null, null));

        assertThat(rig.known.changed(List.of(product("S1", 100), product("S2", 100))))
                .extracting(Product::sku)
                .containsExactly("S2");
    }

    @Test
    void details_go_round_the_catalogue_with_what_changed_first() {
        whole();
        rig.products.upsert(List.of(CatalogRig.line("S7", "9")));

        List<String> first = rig.pulls.details(SUPPLIER, 3);
        assertThat(first).startsWith("S7").hasSize(3);
        rig.products.upsert(List.of(product("S7", 1)));
        Collection<String> all = new java.util.TreeSet<>(first);
        for (int round = 0; round < CATALOGUE / 3; round++) {
            all.addAll(rig.pulls.details(SUPPLIER, 3));
        }
        assertThat(all).hasSize(CATALOGUE);
    }

    @Test
    void pull_that_comes_no_further_is_made_less_and_less_often_until_it_is_done() {
        List<Long> waits = new ArrayList<>();
        assertThat(rig.pulls.due("gone", "20m")).isTrue();
        for (int i = 0; i < 7; i++) {
            rig.pulls.breakOff(rig.pulls.begin("gone", false), "is refused (status 404)");
            assertThat(againAt("gone")).isAfter(rig.now());
            waits.add(secondsUntilDue("gone"));
        }
        assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 900L, 900L);

        read(rig.pulls.begin("gone", false), page(skus(0, 10), null, null));
        assertThat(againAt("gone")).isNull();
        assertThat(secondsUntilDue("gone")).isEqualTo(1200);
        rig.pulls.breakOff(rig.pulls.begin("gone", false), "is refused (status 404)");
        assertThat(secondsUntilDue("gone")).isEqualTo(30);
    }

    @Test
    void pull_that_fails_further_on_each_time_is_made_again_soon() {
        assertThat(rig.pulls.due("shaky", "10m")).isTrue();
        for (int i = 0; i < 4; i++) {
            Pull pull = rig.pulls.begin("shaky", false);
            read(pull, page(skus(i * 10, i * 10 + 10), "n" + i, null));
            rig.pulls.breakOff(pull, "got status 503");
            rig.pulls.breakOff(pull, "another of its pages");

            assertThat(secondsUntilDue("shaky")).isEqualTo(30);
        }
    }

    @Test
    void operator_who_asks_does_not_wait_for_a_supplier_that_failed_often() {
        assertThat(rig.pulls.due("asked", "10m")).isTrue();
        for (int i = 0; i < 5; i++) {
            rig.pulls.breakOff(rig.pulls.begin("asked", false), "is refused (status 410)");
        }
        assertThat(rig.pulls.due("asked", "10m")).isFalse();

        assertThat(rig.pulls.start("asked", false)).isPresent();

        assertThat(rig.pulls.due("asked", "10m")).isTrue();
    }

    @Test
    void pull_whose_budget_is_spent_for_a_moment_rests_and_is_whole_still() {
        assertThat(rig.pulls.due("resting", "10m")).isTrue();
        Pull pull = rig.pulls.begin("resting", false);
        read(pull, page(skus(0, 10), "n1", null));

        rig.pulls.putBack(pull, "The budget is spent for another 349 ms", 349);
        rig.pulls.putBack(pull, "The budget is spent for another 349 ms", 349);

        assertThat(pull.isMore()).isFalse();
        assertThat(pull.progress().running()).isTrue();
        assertThat(secondsUntilDue("resting")).isEqualTo(1);
        assertThat(rig.pulls.begin("resting", false)).isSameAs(pull);
        assertThat(pull.isMore()).isTrue();
        read(pull, page(skus(10, 20), null, null));
        assertThat(pull.sawEverything()).isTrue();
        assertThat(secondsUntilDue("resting")).isEqualTo(600);
    }

    @Test
    void pull_whose_budget_is_spent_for_long_is_broken_off_and_goes_on_then() {
        assertThat(rig.pulls.due("spent", "10m")).isTrue();
        Pull pull = rig.pulls.begin("spent", false);
        read(pull, page(skus(0, 10), "n1", null));

        rig.pulls.putBack(pull, "The budget is spent for another 90000 ms", 90_000);

        assertThat(againAt("spent")).isEqualTo(rig.now().plusSeconds(90));
        assertThat(secondsUntilDue("spent")).isEqualTo(90);
        assertThat(rig.pulls.begin("spent", false).state().path("next").asText())
                .isEqualTo("n1");
    }

    private static @Nullable Instant againAt(String supplier) {
        return rig.pulls.progress().stream()
                .filter(pull -> pull.supplier().equals(supplier))
                .map(PullProgress::againAt)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static long secondsUntilDue(String supplier) {
        for (long seconds = 0; seconds < 10_000; seconds++) {
            if (rig.pulls.due(supplier, supplier.equals("gone") ? "20m" : "10m")) {
                return seconds;
            }
            rig.pass(Duration.ofSeconds(1));
        }
        throw new AssertionError("never due again");
    }

    private static void whole() {
        whole(CATALOGUE);
    }

    /** A whole pull of the first so many products in pages of 20. */
    private static void whole(int products) {
        rig.pass(Duration.ofMinutes(10));
        Pull pull = begin();
        read(pull, page(skus(0, 20), "n1", null));
        read(pull, page(skus(20, products), null, null));
    }

    private static Pull begin() {
        return rig.pulls.begin(SUPPLIER, false);
    }

    /** Its pages come in one answer, and are as small as we like. */
    private static Pull inOneAnswer() {
        rig.pass(Duration.ofMinutes(10));
        Pull pull = begin();
        rig.pulls.pages(pull, List.of().iterator());
        return pull;
    }

    private static JsonNode numbered(int page, int size, int pages) {
        String skus = skus((page - 1) * size, page * size).stream()
                .map(sku -> "\"" + sku + "\"")
                .collect(java.util.stream.Collectors.joining(", "));
        return json("{\"items\": [" + skus + "], \"page\": " + page + ", \"pages\": " + pages + "}");
    }

    private static void read(Pull pull, JsonNode answer) {
        read(pull, pull.state(), answer);
    }

    private static void read(Pull pull, JsonNode asked, JsonNode answer) {
        List<Product> page = new ArrayList<>();
        rig.pulls.items(pull, asked, answer, null).forEach(sku -> page.add(product(sku.asText(), 100)));
        Upserted upserted = page.isEmpty() ? Upserted.NOTHING : rig.store(page);
        rig.pulls.advance(pull, asked, answer, List.of(), page, upserted);
    }

    private static void assertRefused(Pull pull, JsonNode answer, String why) {
        assertThatThrownBy(() -> rig.pulls.items(pull, pull.state(), answer, null))
                .isInstanceOf(PageRefusedException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("nothing of it was stored");
    }

    private static List<String> skus(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "S" + i).toList();
    }

    private static JsonNode page(List<String> skus, @Nullable String next, @Nullable Integer total) {
        String items = skus.isEmpty() ? "" : "\"" + String.join("\", \"", skus) + "\"";
        return json("{\"items\": [" + items + "], \"next\": " + (next == null ? "null" : "\"" + next + "\"")
                + ", \"total\": " + total + "}");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
