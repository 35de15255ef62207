package hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.SettableClock;
import hub.TestRedis;
import hub.cache.Cached.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/** Two processes over one real Redis; what a process asks and what the other one then gets. */
class AnswerCacheTest {

    private static final String KIND = "product-search";
    private static final List<String> TAGS = List.of("supplier:acme");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StringRedisTemplate redis = TestRedis.fresh();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final AtomicInteger loads = new AtomicInteger();
    private final List<Caches> open = new ArrayList<>();
    private final AnswerCache here = process(redis);
    private final AnswerCache there = process(redis);

    /** A process that starts outdates everything: the other one learns it within half a second. */
    @BeforeEach
    void settle() throws InterruptedException {
        Thread.sleep(600);
    }

    @AfterEach
    void close() {
        open.forEach(Caches::close);
    }

    @Test
    void answer_is_loaded_once_and_found_in_this_process_and_in_the_other() {
        assertThat(ask(here).source()).isEqualTo(Source.LOADED);
        assertThat(ask(here).source()).isEqualTo(Source.LOCAL);
        Cached elsewhere = ask(there);
        assertThat(elsewhere.source()).isEqualTo(Source.SHARED);
        assertThat(elsewhere.body()).asString(StandardCharsets.UTF_8).isEqualTo("answer 1");
    }

    @Test
    void invalidation_holds_at_once_here_and_within_a_second_there() {
        ask(here);
        ask(there);

        open.get(0).invalidate("supplier:acme");
        long from = System.nanoTime();

        assertThat(text(ask(here))).isNotEqualTo("answer 1");
        assertThat(until(() -> !text(ask(there)).equals("answer 1"))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SECOND);
        assertThat(until(() -> text(ask(here)).equals(text(ask(there))))).isTrue();
        assertThat(loads.get())
                .as("once before Redis was told and once behind it, at most once more by the other process")
                .isBetween(2, 4);
    }

    @Test
    void other_tags_stay() {
        ask(here);
        open.get(0).invalidate("supplier:other");

        assertThat(ask(here).source()).isEqualTo(Source.LOCAL);
    }

    @Test
    void fifty_threads_load_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Cached>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return here.get("key", TAGS, () -> {
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                        return answer();
                    });
                }));
            }
            go.countDown();
            for (Future<Cached> answer : answers) {
                assertThat(text(answer.get())).isEqualTo("answer 1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void what_is_asked_after_an_invalidation_does_not_get_what_was_loaded_before_it() {
        Cached outer = here.get("key", TAGS, () -> {
            Answer before = answer();
            open.get(0).invalidate("supplier:acme");
            return before;
        });

        assertThat(text(outer)).isEqualTo("answer 1");
        assertThat(text(ask(here))).isEqualTo("answer 2");
    }

    @Test
    void answer_ends_with_its_ttl_and_one_with_nothing_in_it_sooner() {
        ask(here);
        here.get("none", TAGS, () -> new Answer(new byte[0], true));

        clock.pass(Duration.ofMinutes(1));
        assertThat(ask(here).source()).isEqualTo(Source.LOCAL);
        assertThat(ask(here).age()).isEqualTo(Duration.ofMinutes(1));
        assertThat(here.get("none", TAGS, this::answer).source()).isEqualTo(Source.LOADED);

        clock.pass(Duration.ofMinutes(59));
        assertThat(ask(here).source()).isEqualTo(Source.LOADED);
    }

    @Test
    void outdated_answer_is_given_while_loading_fails_but_not_for_ever() {
        ask(here);
        open.get(0).invalidate("supplier:acme");
        Supplier<Answer> broken = () -> {
            throw new IllegalStateException("no database");
        };

        assertThat(here.get("key", TAGS, broken).source()).isEqualTo(Source.STALE);
        clock.pass(Duration.ofMinutes(6));
        assertThatThrownBy(() -> here.get("key", TAGS, broken)).hasMessage("no database");
    }

    @Test
    void redis_that_goes_and_comes_back_is_never_an_error() throws IOException, InterruptedException {
        int port = TestRedis.freePort();
        RedisServer server = TestRedis.server(port);
        server.start();
        AnswerCache cache = process(TestRedis.template(port, 0));
        AnswerCache other = process(TestRedis.template(port, 0));
        Thread.sleep(600);
        try {
            ask(cache);
            ask(other);
            server.stop();

            assertThat(text(ask(cache))).isEqualTo("answer 1");
            assertThat(cache.get("new", TAGS, this::answer).source()).isEqualTo(Source.LOADED);
            clock.pass(Duration.ofSeconds(6));
            assertThat(ask(cache).source())
                    .as("older than 5 s, and nobody tells")
                    .isEqualTo(Source.LOADED);
            open.get(2).invalidate("supplier:acme");
            String newest = text(ask(cache));

            server = TestRedis.server(port);
            server.start();
            assertThat(until(() -> !text(ask(other)).equals("answer 1"))).isTrue();
            assertThat(newest).isEqualTo("answer 4");
        } finally {
            server.stop();
        }
    }

    @Test
    void large_answer_is_compressed_in_redis_and_a_short_one_is_not() {
        String large = "상품 ".repeat(5_000);
        here.get("large", TAGS, () -> new Answer(large.getBytes(StandardCharsets.UTF_8), false));
        here.get("short", TAGS, () -> new Answer(new byte[30], false));

        assertThat(sizes()).hasSize(2).anyMatch(size -> size < 200).allMatch(size -> size < 1_000);
        assertThat(text(there.get("large", TAGS, this::answer))).isEqualTo(large);
    }

    @Test
    void outdated_answers_do_not_pile_up_in_redis() {
        for (int commit = 0; commit < 50; commit++) {
            ask(here);
            open.get(0).invalidate("supplier:acme");
        }

        assertThat(sizes()).hasSize(1);
    }

    @Test
    void process_that_starts_believes_nothing_that_was_kept_before() {
        ask(here);
        Caches anew = TestCaches.open(redis, KIND);
        open.add(anew);

        assertThat(ask(anew.of(KIND)).source()).isEqualTo(Source.LOADED);
    }

    @Test
    void what_was_loaded_under_other_versions_is_no_entry() {
        Packing packing = new Packing(100, 1_000);
        byte[] kept = packing.pack(new Entry(new byte[5], false, "a.b", 7));

        assertThat(packing.unpack(kept, "a.b"))
                .hasValueSatisfying(entry -> assertThat(entry.loadedAt()).isEqualTo(7));
        assertThat(packing.unpack(kept, "a.c")).isEmpty();
        assertThat(packing.unpack(kept, "a.b.c")).isEmpty();
    }

    @Test
    void what_is_no_entry_or_unpacks_to_too_much_is_loaded_again() {
        Packing packing = new Packing(100, 1_000);
        byte[] bomb = new Packing(100, 1 << 20).pack(new Entry(new byte[1 << 20], false, "", 0));

        assertThat(bomb).hasSizeLessThan(2_000);
        assertThat(packing.unpack(bomb, "")).isEmpty();
        assertThat(packing.unpack(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, ""))
                .isEmpty();
        assertThat(packing.unpack("junk".getBytes(StandardCharsets.UTF_8), "")).isEmpty();
    }

    @Test
    void process_keeps_no_more_than_a_thousand_and_nothing_too_large() {
        for (int i = 0; i < 3_000; i++) {
            here.get("key " + i, TAGS, this::answer);
        }
        here.get("huge", TAGS, () -> new Answer(new byte[600_000], false));

        assertThat(until(() -> open.get(0).views().get(0).entries() <= 1_000)).isTrue();
        assertThat(here.get("huge", TAGS, this::answer).source()).isEqualTo(Source.LOADED);
    }

    @Test
    void view_counts_what_was_saved() {
        ask(here);
        ask(here);
        ask(here);
        ask(there);

        assertThat(open.get(0).views().get(0).hitRatio()).isEqualTo(2.0 / 3);
        assertThat(open.get(1).views().get(0).shared()).isEqualTo(1);
    }

    private Cached ask(AnswerCache cache) {
        return cache.get("key", TAGS, this::answer);
    }

    private Answer answer() {
        return new Answer(("answer " + loads.incrementAndGet()).getBytes(StandardCharsets.UTF_8), false);
    }

    private static String text(Cached cached) {
        return new String(cached.body(), StandardCharsets.UTF_8);
    }

    private AnswerCache process(StringRedisTemplate over) {
        Caches caches = TestCaches.open(over, KIND, clock);
        open.add(caches);
        return caches.of(KIND);
    }

    private List<Long> sizes() {
        return redis.keys("hub:cache:" + KIND + ":*").stream()
                .map(key -> redis.execute((RedisCallback<Long>)
                        connection -> connection.stringCommands().strLen(key.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    private static boolean until(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
