package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hub.SettableClock;
import hub.TestDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A partner that refuses one operation of ours and answers the others, as where an API group was not asked for. */
class PermissionsTest {

    private static final JsonNode ORDERS = json("{\"path\": \"/orders\"}");
    private static final String NO = "{\"code\": \"X\", \"message\": \"no permission for this API\"}";

    private final SettableClock clock = new SettableClock(PartnerRig.NOW);
    private final Stops stops = new Stops(JdbcClient.create(TestDatabase.fresh()), Clock.systemUTC());
    private final List<String> pauses = new ArrayList<>();
    private final PartnerRig rig = new PartnerRig();
    private final Partner partner = rig.partners(new Watch(), clock).get("acme");
    private final AtomicInteger skus = new AtomicInteger();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void operation_that_lacks_its_permission_pauses_the_others_once_and_then_waits_alone() {
        rig.server.on("/goods", answer(403, NO)).on("/orders", answer(200, "{}"));
        create();
        assertThat(pauses).as("at first it may be that we are refused").hasSize(1);

        clock.pass(Duration.ofMinutes(1));
        assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
        for (int call = 0; call < 25; call++) {
            clock.pass(Duration.ofMinutes(1));
            create();
            assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
        }

        assertThat(pauses).hasSize(1);
        assertThat(rig.server.requests("/goods")).hasSize(1 + 7);
        assertThat(stops.all()).singleElement().satisfies(stop -> {
            assertThat(stop.kind()).isEqualTo(Stop.Kind.WRITING);
            assertThat(stop.operation()).isEqualTo("create");
            assertThat(stop.why()).contains("no permission for this API", "ask the partner for it");
        });
    }

    @Test
    void partner_that_refuses_us_is_asked_three_times_and_pauses_each_time() {
        rig.server.on("/goods", answer(403, NO)).on("/orders", answer(200, "{}"));
        assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
        rig.server.on("/orders", answer(403, NO));
        for (int call = 0; call < 10; call++) {
            create();
            clock.pass(Duration.ofMinutes(1));
        }

        assertThat(pauses).hasSize(3);
        assertThat(rig.server.requests("/goods")).hasSize(3);
        assertThat(stops.all()).singleElement().extracting(Stop::kind).isEqualTo(Stop.Kind.CREDENTIALS);
    }

    @Test
    void calls_that_are_refused_together_count_once() throws Exception {
        CyclicBarrier together = new CyclicBarrier(6);
        rig.server.on("/goods", (request, socket) -> {
            await(together);
            answer(403, NO).play(request, socket);
        });
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        for (int call = 0; call < 6; call++) {
            calls.add(CompletableFuture.runAsync(this::create, threads));
        }
        for (CompletableFuture<Void> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(rig.server.requests("/goods")).hasSize(6);
        assertThat(stops.all()).as("as one refusal of three").isEmpty();
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("not all came", e);
        }
    }

    @Test
    void what_was_on_its_way_when_we_were_refused_proves_nothing() {
        rig.server.on("/goods", answer(403, NO)).on("/orders", answer(200, "{}"));
        create();
        clock.pass(Duration.ofSeconds(30));
        assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
        create();

        assertThat(pauses).hasSize(2);
    }

    @Test
    void operation_that_is_refused_until_a_time_pauses_all_until_then_each_time() {
        rig.server.on("/goods", answer(403, NO, "Retry-After: 60")).on("/orders", answer(200, "{}"));
        for (int call = 0; call < 2; call++) {
            create();
            clock.pass(Duration.ofMinutes(2));
            assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
        }

        assertThat(pauses).hasSize(2);
    }

    @Test
    void one_request_that_is_refused_pauses_the_others_once() {
        refuseOne(answer(403, NO));

        assertThat(pauses).hasSize(1);
        assertThat(stops.all()).isEmpty();
    }

    @Test
    void one_request_that_a_firewall_keeps_back_pauses_the_others_once() {
        refuseOne(answer(403, "<html><title>403 Forbidden</title></html>", "Content-Type: text/html"));

        assertThat(pauses).hasSize(1);
        assertThat(stops.all()).isEmpty();
    }

    private void refuseOne(RawPartner.Reply no) {
        rig.server
                .on("/orders", answer(200, "{}"))
                .on(
                        "/goods",
                        (request, socket) ->
                                (request.body().contains("\"sku\":0}") ? no : answer(200, "{}")).play(request, socket));
        for (int call = 0; call < 8; call++) {
            assertThatThrownBy(() -> partner.call("create", goods(0)))
                    .asInstanceOf(InstanceOfAssertFactories.type(PartnerCallException.class))
                    .extracting(PartnerCallException::retryAfter)
                    .isEqualTo(Duration.ofMinutes(call == 0 ? 1 : 10));
            clock.pass(Duration.ofMinutes(2));
            assertThat(partner.call("orders", ORDERS).outcome()).isEqualTo("ok");
            assertThat(partner.call("create", goods(1)).outcome()).isEqualTo("ok");
        }
    }

    private static JsonNode goods(int sku) {
        return json("{\"path\": \"/goods\", \"json\": {\"sku\": " + sku + "}}");
    }

    private void create() {
        JsonNode post = goods(skus.getAndIncrement());
        assertThatThrownBy(() -> partner.call("create", post)).isInstanceOf(PartnerCallException.class);
    }

    private final class Watch extends StopsWatch {

        Watch() {
            super(stops);
        }

        @Override
        public Duration limited(String partner, String operation, String why) {
            pauses.add(why);
            return Duration.ofMinutes(1);
        }

        @Override
        public void limited(String partner, String operation, Duration retryAfter, String why) {
            pauses.add(why);
        }
    }
}
