package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Calls in flight follow what the partner can take. */
class ConcurrencyTest {

    private static final Duration SLOW = Duration.ofMillis(50);

    private static final JsonNode GET = PartnerRig.json("{\"path\": \"/list\"}");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Concurrency concurrency = new Concurrency("acme", 20, SLOW, Duration.ofSeconds(5), meters);

    @Test
    void slow_answers_lower_the_limit_to_one_and_quick_ones_raise_it_again() throws Exception {
        for (int call = 0; call < 60; call++) {
            Concurrency.Slot slot = concurrency.enter("list", () -> true).orElseThrow();
            if (limit() > 1) {
                Thread.sleep(SLOW.toMillis() + 5);
            }
            slot.ended(false);
        }
        assertThat(limit()).isEqualTo(1);
        assertThat(meters.get("hub.partner.concurrency.limit").gauge().value()).isEqualTo(1);

        for (int round = 0; round < 60; round++) {
            List<Concurrency.Slot> together = new ArrayList<>();
            for (int call = limit(); call > 0; call--) {
                together.add(concurrency.enter("list", () -> true).orElseThrow());
            }
            together.forEach(slot -> slot.ended(false));
        }
        assertThat(limit()).isEqualTo(20);
    }

    @Test
    void refused_calls_lower_the_limit_of_their_operation_only() {
        concurrency.enter("orders", () -> true).orElseThrow().ended(false);
        for (int call = 0; call < 50; call++) {
            concurrency.enter("list", () -> true).orElseThrow().ended(true);
        }

        assertThat(limit()).isEqualTo(1);
        assertThat(level(concurrency, "orders").limit()).isEqualTo(20);
        assertThat(level(concurrency, "list").lately()).startsWith(20, 18, 16).endsWith(2, 1);
    }

    @Test
    void call_over_the_limit_waits_for_its_turn_and_none_is_lost() {
        Concurrency one = new Concurrency("acme", 3, Duration.ofSeconds(1), Duration.ofSeconds(20), meters);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore done = new Semaphore(0);
        ExecutorService callers = Executors.newFixedThreadPool(40);
        try {
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                calls.add(CompletableFuture.runAsync(
                        () -> {
                            Concurrency.Slot slot =
                                    one.enter("list", () -> true).orElseThrow();
                            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inFlight.decrementAndGet();
                            slot.ended(false);
                            done.release();
                        },
                        callers));
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        } finally {
            callers.shutdownNow();
        }

        assertThat(done.availablePermits()).isEqualTo(200);
        assertThat(most.get()).isBetween(1, 3);
        assertThat(level(one, "list").inFlight()).isZero();
    }

    @Test
    void call_that_waits_for_too_long_is_told_so() {
        Concurrency one = new Concurrency("acme", 1, SLOW, Duration.ofMillis(100), meters);
        Concurrency.Slot slot = one.enter("list", () -> true).orElseThrow();

        assertThat(one.enter("list", () -> true)).isEqualTo(Optional.empty());

        slot.ended(false);
        assertThat(one.enter("list", () -> true)).isPresent();
    }

    @Test
    void call_waits_as_long_as_others_end_and_it_has_time() {
        Concurrency one = new Concurrency("acme", 1, Duration.ofSeconds(1), Duration.ofMillis(200), meters);
        assertThat(placesOfEight(one, () -> true)).hasSize(8).doesNotContain(false);
        assertThat(placesOfEight(one, () -> false)).contains(true, false);
    }

    /**
     * Which of eight calls found a place, where one ends every 80 ms: the last would wait for more than half a second.
     */
    private static List<Boolean> placesOfEight(Concurrency one, BooleanSupplier hasTime) {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Boolean>> calls = new ArrayList<>();
            for (int call = 0; call < 8; call++) {
                calls.add(CompletableFuture.supplyAsync(() -> called(one, hasTime), callers));
            }
            return calls.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdownNow();
        }
    }

    private static boolean called(Concurrency one, BooleanSupplier hasTime) {
        Optional<Concurrency.Slot> slot = one.enter("list", hasTime);
        slot.ifPresent(taken -> {
            LockSupport.parkNanos(Duration.ofMillis(80).toNanos()); // the partner answers
            taken.ended(false);
        });
        return slot.isPresent();
    }

    @Test
    void partner_that_refuses_for_a_while_is_called_less_at_once_and_every_call_is_made_once() throws Exception {
        try (PartnerRig rig = new PartnerRig("connections", "10")) {
            Partner partner = rig.partner();
            rig.server.on("/list", RawPartner.answer(503, "{}"));
            for (int call = 0; call < 12; call++) {
                assertThatThrownBy(() -> partner.call("list", GET)).isInstanceOf(PartnerCallException.class);
            }
            assertThat(level(partner).limit()).isLessThan(4);
            assertThat(rig.server.requests()).hasSize(12);

            rig.server.on("/list", RawPartner.answer(200, "{}"));
            for (int call = 0; call < 4; call++) {
                assertThat(partner.call("list", GET).outcome()).isEqualTo("ok");
            }
            assertThat(level(partner).inFlight()).isZero();
            assertThat(level(partner).most()).isEqualTo(10);
        }
    }

    private static Concurrency.Level level(Partner of) {
        return Objects.requireNonNull(of.concurrency().get("list"));
    }

    private static Concurrency.Level level(Concurrency of, String operation) {
        return Objects.requireNonNull(of.levels().get(operation));
    }

    private int limit() {
        return level(concurrency, "list").limit();
    }
}
