package hub.catalog;

import static hub.catalog.CatalogRig.SUPPLIER;
import static hub.catalog.CatalogRig.product;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.TestRedis;
import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A long range gives way to usual pulls. The supplier has a range of 12 pages and 2 of changes, each takes a minute,
 * and a usual pull is due 5 minutes after the one before.
 */
class RangeTurnsTest {

    private static final int RANGE = 12;
    private static final int USUAL = 2;
    private static final String EVERY = "5m";
    private static final List<String> IN_TURN =
            List.of("r1", "r2", "r3", "r4", "r5", "u1", "u2", "r6", "r7", "r8", "r9", "r10", "u1", "u2", "r11", "r12");

    @SuppressWarnings("NullAway.Init")
    private static DataSource database;

    @SuppressWarnings("NullAway.Init")
    private static StringRedisTemplate redis;

    @SuppressWarnings("NullAway.Init")
    private static Backfills backfills;

    /** What is killed and started again. */
    private CatalogRig hub = new CatalogRig(database, redis);

    /** Pages that the supplier was asked for: {@code r3} of the range, {@code u1} of a usual pull. */
    private final List<String> asked = new ArrayList<>();

    private boolean numbered;
    private boolean usualFails;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        redis = TestRedis.fresh();
        backfills = new Backfills(JdbcClient.create(database), new ObjectMapper());
    }

    @BeforeEach
    void askForARangeBehindAUsualPull() {
        hub.clear();
        assertThat(turn()).isTrue();
        assertThat(asked).containsExactly("u1", "u2");
        asked.clear();
        hub.ranges.ask(SUPPLIER, "2026-01-01", "2026-02-01", "kim");
    }

    @Test
    void usual_pull_goes_first_when_it_becomes_due_and_the_range_goes_on_behind_its_last_page() {
        assertThat(turn()).isTrue();
        assertThat(asked).containsExactly("r1", "r2", "r3", "r4", "r5");
        assertThat(range().state()).isEqualTo("running");
        assertThat(range().pages()).isEqualTo(5);

        assertThat(turn()).isTrue();
        assertThat(asked).endsWith("r5", "u1", "u2");

        turns();
        assertThat(asked).containsExactlyElementsOf(IN_TURN);
        assertThatTheRangeIsDone();
    }

    @Test
    void range_of_a_hub_that_is_killed_while_it_rests_goes_on_in_the_next_one() {
        turn();
        kill();

        turns();

        assertThat(asked).containsExactlyElementsOf(IN_TURN);
        assertThatTheRangeIsDone();
    }

    @Test
    void hub_that_is_killed_in_the_usual_pull_goes_on_with_both() {
        turn();
        assertThat(due()).isTrue();
        Pull usual = hub.pulls.begin(SUPPLIER, true);
        answer(usual, usual.state());
        kill();

        turns();

        assertThat(asked).containsExactlyElementsOf(IN_TURN);
        assertThatTheRangeIsDone();
    }

    @Test
    void numbered_pages_that_are_on_their_way_are_stored_and_no_others_are_asked_for() {
        numbered = true;
        assertThat(due()).isTrue();
        Pull pull = hub.pulls.begin(SUPPLIER, true);
        answer(pull, pull.state());
        Iterator<JsonNode> ahead = pull.ahead();
        List<JsonNode> onTheirWay = List.of(ahead.next(), ahead.next(), ahead.next());
        assertThat(ahead.hasNext()).isTrue();
        hub.pass(Duration.ofMinutes(5));

        answer(pull, onTheirWay.get(2));
        assertThat(ahead.hasNext())
                .as("a split that was promised a page and gets none waits for none")
                .isTrue();
        JsonNode promised = ahead.next();
        assertThat(ahead.hasNext()).isFalse();
        assertThat(pull.isMore()).isFalse();
        answer(pull, onTheirWay.get(0));
        answer(pull, onTheirWay.get(1));
        answer(pull, promised);
        kill();
        turns();

        assertThat(asked)
                .containsExactly(
                        "r1", "r4", "r2", "r3", "r5", "u1", "u2", "r6", "r7", "r8", "r9", "r10", "u1", "u2", "r11",
                        "r12");
        assertThatTheRangeIsDone();
    }

    @Test
    void range_and_usual_pulls_that_fail_take_turns() {
        usualFails = true;
        IntStream.range(0, 6).forEach(i -> turn());
        assertThat(asked).containsExactly("r1", "r2", "r3", "r4", "r5", "u1", "r6", "u1", "r7", "u1");

        usualFails = false;
        turns();

        assertThat(asked).endsWith("u1", "r8", "r9", "u1", "u2", "r10", "r11", "r12");
        assertThatTheRangeIsDone();
    }

    @Test
    void usual_pull_that_a_person_asks_for_goes_first_too() {
        assertThat(due()).isTrue();
        Pull pull = hub.pulls.begin(SUPPLIER, true);
        answer(pull, pull.state());
        CompletableFuture<PullProgress> usual = hub.pulls.start(SUPPLIER, false).orElseThrow();
        answer(pull, pull.state());
        assertThat(pull.isMore()).isFalse();

        turn();

        assertThat(asked).containsExactly("r1", "r2", "u1", "u2");
        assertThat(usual).isCompletedWithValueMatching(done -> done.pages() == USUAL && done.from() == null);
        turns();
        assertThatTheRangeIsDone();
    }

    @Test
    void answer_that_is_cut_into_pages_is_read_to_its_end() {
        assertThat(due()).isTrue();
        Pull pull = hub.pulls.begin(SUPPLIER, true);
        pull.takeInOneAnswer();
        while (pull.isMore()) {
            answer(pull, pull.state());
        }

        assertThat(asked).hasSize(RANGE);
        assertThatTheRangeIsDone();
    }

    @Test
    void range_that_fails_while_it_gives_way_is_asked_for_again_and_goes_on() {
        assertThat(due()).isTrue();
        Pull pull = hub.pulls.begin(SUPPLIER, true);
        hub.pass(Duration.ofMinutes(5));
        answer(pull, pull.state());
        assertThat(pull.isMore()).isFalse();
        hub.pulls.breakOff(pull, "HTTP 503");
        assertThat(range().state()).isEqualTo("failed");

        hub.ranges.ask(SUPPLIER, "2026-01-01", "2026-02-01", "kim");
        turns();

        assertThat(asked).startsWith("r1", "r2", "u1", "u2", "r3");
        assertThatTheRangeIsDone();
    }

    private void assertThatTheRangeIsDone() {
        assertThat(asked.stream().filter(page -> page.startsWith("r")))
                .as("every page once")
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, RANGE)
                        .mapToObj(page -> "r" + page)
                        .toList());
        assertThat(range().state()).isEqualTo("done");
        assertThat(List.of(range().pages(), range().items(), range().rejected()))
                .isEqualTo(List.of(RANGE, (long) RANGE, 0L));
        assertThat(hub.jdbc.queryForObject("select count(*) from product", Integer.class))
                .isEqualTo(RANGE + USUAL);
        assertThat(hub.jdbc.queryForObject("select count(*) from product where missing_since is not null", Long.class))
                .isZero();
    }

    private void turns() {
        for (int i = 0; i < 2 * RANGE && !range().isOver(); i++) {
            turn();
        }
    }

    /** What the route does whenever its timer fires; answers whether it was time for anything. */
    private boolean turn() {
        boolean due = due();
        if (due) {
            Pull pull = hub.pulls.begin(SUPPLIER, true);
            while (pull.isMore()) {
                pull.ahead().forEachRemaining(page -> answer(pull, page));
            }
        }
        return due;
    }

    private boolean due() {
        hub.ranges.take();
        return hub.pulls.due(SUPPLIER, EVERY, "time");
    }

    private void answer(Pull pull, JsonNode page) {
        boolean ranged = page.has("until");
        String sku = (ranged ? "r" : "u") + page.path("page");
        asked.add(sku);
        hub.pass(Duration.ofMinutes(1));
        if (!ranged && usualFails) {
            hub.pulls.breakOff(pull, "HTTP 503");
            return;
        }
        JsonNode answer = answer(sku, page.path("page").asInt(), ranged ? RANGE : USUAL);
        hub.pulls.items(pull, page, answer, null);
        List<Product> products = List.of(product(sku, 100));
        hub.pulls.advance(pull, page, answer, List.of(), products, hub.store(products));
    }

    private JsonNode answer(String sku, int page, int of) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("items").add(sku);
        if (numbered) {
            return answer.put("page", page).put("pages", of);
        }
        return answer.put("next", page == of ? null : "behind " + page);
    }

    /** Nothing of the process is left, and 15 s are over. */
    private void kill() {
        CatalogRig next = new CatalogRig(database, redis);
        next.pass(Duration.between(next.now(), hub.now()));
        next.jdbc.execute("update backfill set beat_at = now() - interval '1 minute'");
        hub = next;
    }

    private static Backfill range() {
        return backfills.of(SUPPLIER).orElseThrow();
    }
}
