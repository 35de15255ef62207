package hub.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hub.SettableClock;
import hub.TestRedis;
import hub.cache.Cached.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Answers that are too old by time, and what hangs on what; two processes over one real Redis. */
class MeanwhileTest {

    private static final List<String> NO_TAGS = List.of();

    private final StringRedisTemplate redis = TestRedis.fresh();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final AtomicInteger loads = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CacheOptions options = TestCaches.shortLived(
            Map.of("advice", List.of("prices"), "prices", List.of("supplier:acme")), "prices", "advice");
    private final Caches here = TestCaches.open(redis, options, clock, meters);
    private final Caches there = TestCaches.open(redis, options, clock, meters);

    /** A process that starts outdates everything: the other one learns it within half a second. */
    @BeforeEach
    void settle() throws InterruptedException {
        Thread.sleep(600);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void old_answer_is_given_at_once_while_one_process_of_all_loads_another() throws InterruptedException {
        ask(here, "prices");
        clock.pass(Duration.ofSeconds(2));
        CountDownLatch partner = new CountDownLatch(1);

        for (int i = 0; i < 10; i++) {
            for (Caches process : List.of(here, there)) {
                Cached old = process.of("prices").get("key", NO_TAGS, () -> {
                    join(partner);
                    return answer();
                });
                assertThat(old.source()).isEqualTo(Source.REFRESHING);
                assertThat(text(old)).isEqualTo("answer 1");
                assertThat(old.age()).isEqualTo(Duration.ofSeconds(2));
            }
        }
        assertThat(loads).as("nobody waited for the partner").hasValue(1);
        partner.countDown();

        for (Caches process : List.of(here, there)) {
            await().until(() -> text(ask(process, "prices")).equals("answer 2"));
            assertThat(ask(process, "prices").source()).isEqualTo(Source.LOCAL);
        }
        assertThat(loads).hasValue(2);
        assertThat(meters.counter("hub.cache.answers", "kind", "prices", "source", "refreshing")
                        .count())
                .isGreaterThanOrEqualTo(20);
        assertThat(meters.counter("hub.cache.reloads", "kind", "prices", "outcome", "ok")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void what_cannot_be_loaded_again_is_not_tried_by_everybody_who_asks() {
        ask(here, "prices");
        clock.pass(Duration.ofSeconds(2));
        AtomicInteger tries = new AtomicInteger();

        for (int i = 0; i < 50; i++) {
            Cached old = here.of("prices").get("key", NO_TAGS, () -> {
                tries.incrementAndGet();
                throw new IllegalStateException("the partner is down");
            });
            assertThat(text(old)).isEqualTo("answer 1");
        }

        await().untilAsserted(
                        () -> assertThat(meters.counter("hub.cache.reloads", "kind", "prices", "outcome", "failed")
                                        .count())
                                .isEqualTo(1));
        assertThat(tries).hasValue(1);
    }

    @Test
    void what_was_outdated_is_not_given_meanwhile() {
        ask(here, "prices");
        clock.pass(Duration.ofSeconds(2));
        here.invalidate("prices");

        assertThat(ask(here, "prices").source()).isEqualTo(Source.LOADED);
    }

    @Test
    void older_than_that_it_is_loaded_by_who_asks_and_if_that_fails_given_as_stale() {
        ask(here, "prices");
        clock.pass(Duration.ofSeconds(12));

        Cached old = there.of("prices").get("key", NO_TAGS, () -> {
            throw new IllegalStateException("the partner is down");
        });
        assertThat(old.source()).as("this process never had it in its memory").isEqualTo(Source.STALE);
        assertThat(ask(there, "prices").source()).isEqualTo(Source.LOADED);
    }

    @Test
    void what_hangs_on_something_that_hangs_on_the_outdated_is_outdated_in_every_process() {
        ask(here, "advice");
        assertThat(ask(there, "advice").source()).isEqualTo(Source.SHARED);

        here.invalidate("supplier:acme");
        long from = System.nanoTime();

        assertThat(text(ask(here, "advice"))).isEqualTo("answer 2");
        await().until(() -> !text(ask(there, "advice")).equals("answer 1"));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void what_others_hang_on_is_not_outdated_by_them() {
        ask(here, "prices");
        here.invalidate("advice");

        assertThat(ask(here, "prices").source()).isEqualTo(Source.LOCAL);
    }

    @Test
    void circle_ends_where_it_began() {
        Dependencies circle = new Dependencies(Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("a")));

        assertThat(circle.of("a", List.of("x"))).containsExactlyInAnyOrder("a", "b", "c", "x");
        assertThat(circle.of("kind", List.of("c"))).containsExactlyInAnyOrder("kind", "c", "a", "b");
    }

    private Cached ask(Caches process, String kind) {
        return process.of(kind).get("key", NO_TAGS, this::answer);
    }

    private Answer answer() {
        return new Answer(("answer " + loads.incrementAndGet()).getBytes(StandardCharsets.UTF_8), false);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Cached cached) {
        return new String(cached.body(), StandardCharsets.UTF_8);
    }
}
