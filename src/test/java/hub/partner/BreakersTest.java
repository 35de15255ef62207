package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static hub.partner.RawPartner.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestDatabase;
import hub.TestRedis;
import hub.budget.BudgetRule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The breaker of the kamelet as it is shipped, and what a partner that hangs takes from another. */
class BreakersTest {

    private final PartnerRig rig = new PartnerRig("response-timeout", "4s", "call-deadline", "8s");

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void half_open_breaker_lets_one_call_through_and_it_decides() throws Exception {
        try (WatchedProcess hub = new WatchedProcess(rig, TestRedis.fresh(), TestDatabase.fresh())) {
            hub.route("{path: \"/goods\", json: .}", "null", ".");
            Breakers breakers = new Breakers(hub.camel());
            assertThat(breakers.now()).extracting(Breakers.Standing::state).containsExactly(Breakers.State.CLOSED);
            rig.server.on("/goods", answer(503, "{}"));
            call(hub, 0, 12);
            assertThat(rig.server.requests()).hasSize(10);
            assertThat(breakers.now()).singleElement().satisfies(one -> {
                assertThat(one.partner() + "/" + one.operation()).isEqualTo("acme/create");
                assertThat(one.state()).isEqualTo(Breakers.State.OPEN);
                assertThat(one.refused()).isEqualTo(2);
            });

            halfOpen(breakers);
            call(hub, 100, 108);
            assertThat(rig.server.requests()).as("one call, and it failed").hasSize(11);
            assertThat(breakers.now()).extracting(Breakers.Standing::state).containsExactly(Breakers.State.OPEN);

            halfOpen(breakers);
            CountDownLatch answered = new CountDownLatch(1);
            rig.server.on("/goods", (request, socket) -> {
                await(answered);
                answer(200, "{}").play(request, socket);
            });
            List<CompletableFuture<JsonNode>> together = together(hub, 8);
            Awaitility.await()
                    .until(() ->
                            together.stream().filter(CompletableFuture::isDone).count() >= 7);
            answered.countDown();
            assertThat(together.stream().map(one -> one.join().path("outcome").asText()))
                    .containsExactlyInAnyOrder("ok", "retry", "retry", "retry", "retry", "retry", "retry", "retry");
            assertThat(rig.server.requests()).hasSize(12);
            assertThat(breakers.now()).extracting(Breakers.Standing::state).containsExactly(Breakers.State.CLOSED);
        }
    }

    @Test
    void calls_that_were_held_back_neither_open_a_breaker_nor_close_it() throws Exception {
        try (WatchedProcess hub = new WatchedProcess(rig, TestRedis.fresh(), TestDatabase.fresh())) {
            hub.route("{path: \"/goods\", json: .}", "null", ".");
            Breakers breakers = new Breakers(hub.camel());
            rig.server.on("/goods", answer(200, "{}"));
            stop(hub);
            for (int sku = 0; sku < 12; sku++) {
                JsonNode held = hub.work("{\"sku\": %d}".formatted(sku));
                assertThat(held.path("outcome").asText()).isEqualTo("retry");
                assertThat(held.path("reason").asText()).contains("it is stopped (writing)");
                assertThat(Instant.parse(held.path("notBefore").asText()))
                        .isAfter(Instant.now().plusSeconds(600));
            }
            assertThat(rig.server.requests()).isEmpty();
            assertThat(breakers.now()).singleElement().satisfies(one -> {
                assertThat(one.state()).isEqualTo(Breakers.State.CLOSED);
                assertThat(one.failed()).isZero();
            });

            breakers.all().forEach(ResilienceProcessor::transitionToOpenState);
            halfOpen(breakers);
            call(hub, 100, 103);
            assertThat(breakers.now()).extracting(Breakers.Standing::state).containsExactly(Breakers.State.HALF_OPEN);

            hub.stops.lift("acme", Stop.Kind.WRITING, "create");
            hub.stops.accepted("acme", "create", () -> "");
            call(hub, 200, 201);
            assertThat(rig.server.requests()).hasSize(1);
            assertThat(breakers.now()).extracting(Breakers.Standing::state).containsExactly(Breakers.State.CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 4_000}) // of many calls, a process takes several at once
    void budget_of_a_day_is_not_used_by_calls_that_are_not_made(int calls) throws Exception {
        BudgetRule day = new BudgetRule("day", calls, Duration.ofDays(1), 0, 0, false, List.of(), null);
        try (WatchedProcess hub = new WatchedProcess(rig, TestRedis.fresh(), TestDatabase.fresh(), day)) {
            hub.route("{path: \"/goods\", json: .}", "null", ".");
            rig.server.on("/goods", answer(503, "{}"));
            call(hub, 0, 10);
            call(hub, 10, 50);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(used(hub)).as("open breaker").isEqualTo(10));

            stop(hub);
            new Breakers(hub.camel()).all().forEach(ResilienceProcessor::transitionToCloseState);
            call(hub, 50, 90);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(used(hub)).as("stopped").isEqualTo(10));
            assertThat(rig.server.requests()).hasSize(10);
        }
    }

    /** What was taken at once and not asked for in time is given up at the next call. */
    private static int used(WatchedProcess hub) {
        hub.work("{\"sku\": 1000}");
        return hub.budgets.view().get(0).used();
    }

    private static void stop(WatchedProcess hub) {
        String credentials = hub.partner.settings().credentialsDigest();
        for (int i = 0; i < Stop.Kind.WRITING.most(); i++) {
            hub.stops.refused(
                    new Refusal("acme", "create", Stop.Kind.WRITING, "create", credentials, "the field is missing"));
        }
    }

    @Test
    void supplier_that_hangs_takes_neither_threads_nor_connections_of_a_market() throws Exception {
        try (RawPartner market = new RawPartner()) {
            market.on("/orders", answer(200, "{}"));
            rig.options.setProperty("hub.partners.market.base-url", market.url());
            rig.options.setProperty("hub.partners.market.auth", "none");
            rig.options.setProperty("hub.partners.market.budget", "unlimited");
            rig.server.on("/goods", late("{}"));
            Partners partners = rig.partners();
            Partner slow = partners.get("acme");
            Partner quick = partners.get("market");

            List<CompletableFuture<Duration>> hanging = IntStream.range(0, 100)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> fails(slow), BreakersTest::thread))
                    .toList();
            Awaitility.await().until(() -> rig.server.requests().size() == 18); // two connections are left to orders
            List<CompletableFuture<Duration>> orders = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> answers(quick), BreakersTest::thread))
                    .toList();

            assertThat(orders).allSatisfy(order -> assertThat(order.join()).isLessThan(Duration.ofSeconds(2)));
            assertThat(hanging.stream().filter(call -> !call.isDone()).count())
                    .as("the supplier hangs still")
                    .isGreaterThanOrEqualTo(20);
            assertThat(slow.concurrency().values())
                    .singleElement()
                    .satisfies(level -> assertThat(level.inFlight()).isEqualTo(20));
            assertThat(hanging).allSatisfy(call -> assertThat(call.join()).isLessThan(Duration.ofSeconds(9)));
            assertThat(rig.server.requests().size())
                    .as("no call beyond its place")
                    .isLessThan(60);
        }
    }

    @Test
    void order_finds_a_connection_though_all_hang_that_the_catalogue_may_have() throws Exception {
        rig.set("connections-per-host", "2");
        rig.server.on("/goods", late("{}"));
        rig.server.on("/orders", answer(200, "{}"));
        try (WatchedProcess hub = new WatchedProcess(rig, TestRedis.fresh(), TestDatabase.fresh())) {
            hub.orders().route("{path: \"/orders\", json: .}", "null", ".");
            IntStream.range(0, 5).forEach(call -> thread(() -> fails(hub.partner)));
            Awaitility.await().until(() -> rig.server.requests("/goods").size() == 1);

            assertThat(hub.work("{\"sku\": 1}").path("outcome").asText()).isEqualTo("ok");
            assertThat(rig.server.requests("/goods")).hasSize(1);
        }
    }

    private static void halfOpen(Breakers breakers) {
        breakers.all().forEach(ResilienceProcessor::transitionToHalfOpenState);
    }

    /** Each another sku, so that nothing is a repeat. */
    private static void call(WatchedProcess hub, int from, int to) {
        for (int sku = from; sku < to; sku++) {
            hub.work("{\"sku\": %d}".formatted(sku));
        }
    }

    private static List<CompletableFuture<JsonNode>> together(WatchedProcess hub, int calls) {
        List<CompletableFuture<JsonNode>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String item = "{\"sku\": %d}".formatted(1000 + i);
            all.add(CompletableFuture.supplyAsync(() -> hub.work(item), BreakersTest::thread));
        }
        return all;
    }

    private static Duration fails(Partner partner) {
        Instant begun = Instant.now();
        assertThat(catchThrowableOfType(
                        PartnerCallException.class, () -> partner.call("list", json("{\"path\": \"/goods\"}"))))
                .isNotNull();
        return Duration.between(begun, Instant.now());
    }

    private static Duration answers(Partner partner) {
        Instant begun = Instant.now();
        assertThat(partner.call("orders", json("{\"path\": \"/orders\"}")).outcome())
                .isEqualTo("ok");
        return Duration.between(begun, Instant.now());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    }
}
