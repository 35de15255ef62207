package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProfileTest {

    private static final JsonNode GET = json("{\"path\": \"/pages\"}");

    private final PartnerRig rig = new PartnerRig();

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"default, 100, 20, 30, 300", "high-volume, 500, 50, 60, 600", "external-api, 50, 10, 20, 120"})
    void profiles_are_those_of_the_guide(String profile, int connections, int perHost, int keepAlive, int dns) {
        rig.set("http-profile", profile);

        HttpSettings http = rig.partner().settings().http();

        assertThat(http.connections()).isEqualTo(connections);
        assertThat(http.perHost()).isEqualTo(perHost);
        assertThat(http.keepAlive()).isEqualTo(Duration.ofSeconds(keepAlive));
        assertThat(http.dnsTtl()).isEqualTo(Duration.ofSeconds(dns));
    }

    @Test
    void times_that_no_option_gives_are_3_20_and_30_seconds() {
        rig.options.setProperty("hub.partners.plain.auth", "none");
        rig.options.setProperty("hub.partners.plain.budget", "unlimited");
        rig.options.setProperty("hub.partners.plain.base-url", rig.server.url());

        HttpSettings http = rig.partners().get("plain").settings().http();

        assertThat(http.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(http.responseTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(http.callDeadline()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void profile_is_changed_for_all_and_a_key_for_one() {
        rig.options.setProperty("hub.http.profiles.default.per-host", "7");
        rig.set("dns-ttl", "10s");

        HttpSettings http = rig.partner().settings().http();

        assertThat(http.perHost()).isEqualTo(7);
        assertThat(http.connections()).isEqualTo(100);
        assertThat(http.dnsTtl()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void profile_of_ones_own_takes_the_rest_from_default() {
        rig.options.setProperty("hub.http.profiles.quiet.keep-alive", "5s");
        rig.set("http-profile", "quiet");

        HttpSettings http = rig.partner().settings().http();

        assertThat(http.keepAlive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(http.perHost()).isEqualTo(20);
    }

    @Test
    void profile_that_does_not_exist_stops_the_start_with_those_that_do() {
        rig.set("http-profile", "fast");

        assertThatThrownBy(rig::partners)
                .hasMessageContaining("hub.partners.acme.http-profile=fast")
                .hasMessageContaining("[default, external-api, high-volume]");
    }

    @Test
    void more_connections_to_one_host_than_at_all_are_refused() {
        rig.set("connections", "3");
        rig.set("connections-per-host", "4");

        assertThatThrownBy(rig::partners).hasMessageContaining("connections=3, connections-per-host=4");
    }

    @Test
    void no_more_calls_are_at_a_host_than_it_may_have_connections() throws Exception {
        rig.set("connections-per-host", "3");
        AtomicInteger now = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        rig.server.on("/pages", (request, socket) -> {
            seen.add(now.incrementAndGet());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
            now.decrementAndGet();
            answer(200, "{}").play(request, socket);
        });

        callAtOnce(12, true);

        assertThat(seen).hasSize(12).contains(3).allMatch(calls -> calls <= 3);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "20, 18", "50, 45"})
    void catalogue_whose_answers_hang_leaves_a_tenth_of_the_connections_to_orders(int connections, int catalogue) {
        rig.set("connections-per-host", String.valueOf(connections));
        rig.server.on("/pages", RawPartner.late("{}"));
        rig.server.on("/orders", answer(200, "{}"));
        Partner partner = rig.partner();
        ExecutorService callers = Executors.newFixedThreadPool(connections + 5);
        for (int i = 0; i < connections + 5; i++) {
            callers.execute(() -> partner.call("pages", GET));
        }
        await().until(() -> rig.server.requests("/pages").size() == catalogue);

        for (int i = catalogue; i < connections; i++) {
            assertThat(partner.call("order", json("{\"path\": \"/orders\"}"), null, true)
                            .outcome())
                    .isEqualTo("ok");
        }

        assertThat(rig.server.requests("/pages")).hasSize(catalogue);
        callers.shutdownNow();
    }

    @Test
    void connection_is_kept_for_as_long_as_the_profile_says() {
        rig.set("keep-alive", "300ms");
        List<Integer> ports = new CopyOnWriteArrayList<>();
        rig.server.on("/pages", (request, socket) -> {
            ports.add(socket.getPort());
            answer(200, "{}", "Keep-Alive: timeout=60").play(request, socket);
        });
        Partner partner = rig.partner();

        partner.call("pages", GET);
        partner.call("pages", GET);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        partner.call("pages", GET);

        assertThat(ports.get(1)).isEqualTo(ports.get(0));
        assertThat(ports.get(2)).isNotEqualTo(ports.get(0));
    }

    @Test
    void address_is_asked_for_again_when_it_is_old_or_did_not_let_us_in() throws UnknownHostException {
        AtomicInteger asked = new AtomicInteger();
        Addresses addresses = new Addresses(Duration.ofMillis(200), PartnerRig.lookups(asked));

        addresses.resolve("acme.example");
        addresses.resolve("acme.example");
        assertThat(asked).hasValue(1);
        addresses.forget("acme.example");
        addresses.resolve("acme.example");
        assertThat(asked).hasValue(2);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        addresses.resolve("acme.example");
        assertThat(asked).hasValue(3);
    }

    /** Each ends well before it could grow idle: what renews the connection is its age. */
    @Test
    void connection_in_use_lives_no_longer_than_the_address_is_believed() throws InterruptedException {
        rig.set("dns-ttl", "1s");
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        rig.server.on("/pages", (request, socket) -> {
            ports.add(socket.getPort());
            RawPartner.answer(200, "{}").play(request, socket);
        });
        Partner partner = rig.partner();

        for (int call = 0; call < 12; call++) {
            partner.call("pages", GET);
            Thread.sleep(200);
        }

        assertThat(ports).hasSizeBetween(2, 4);
    }

    @Test
    void version_of_the_build_is_told() {
        rig.server.on("/pages", answer(200, "{}"));

        rig.partner().call("pages", GET);

        assertThat(rig.server.requests().get(0).headers()).containsEntry("user-agent", "dropship-hub/1.2.3");
    }

    @Test
    void nothing_of_one_partner_reaches_another_at_the_same_address() {
        rig.server.on("/pages", answer(200, "{}", "Set-Cookie: s=1", "WWW-Authenticate: Basic realm=x"));
        rig.options.setProperty("hub.partners.other.auth", "none");
        rig.options.setProperty("hub.partners.other.budget", "unlimited");
        rig.options.setProperty("hub.partners.other.base-url", rig.server.url());
        Partners partners = rig.partners();

        partners.get("acme").call("pages", json("{\"path\": \"/pages\", \"headers\": {\"X-Only-Acme\": \"secret\"}}"));
        partners.get("other").call("pages", GET);

        assertThat(rig.server.requests().get(0).headers()).containsEntry("x-only-acme", "secret");
        assertThat(rig.server.requests().get(1).headers().keySet())
                .containsExactlyInAnyOrder("accept-encoding", "connection", "host", "user-agent");
    }

    private void callAtOnce(int calls, boolean orders) throws Exception {
        Partner partner = rig.partner();
        ExecutorService callers = Executors.newFixedThreadPool(calls);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Object>> all = new CopyOnWriteArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(callers.submit(() -> {
                go.await();
                return partner.call("pages", GET, null, orders);
            }));
        }
        go.countDown();
        for (Future<Object> call : all) {
            call.get(10, TimeUnit.SECONDS);
        }
        callers.shutdown();
    }
}
