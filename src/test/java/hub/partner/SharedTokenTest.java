package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import hub.TestRedis;
import hub.sandbox.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import redis.embedded.RedisServer;

/** Two processes of the hub, one Redis, and a partner that counts the tokens it gives. */
class SharedTokenTest {

    private static final int CALLERS = 5;

    @TempDir
    private Path state;

    private final int redisPort = TestRedis.freePort();
    private final RedisServer server = TestRedis.server(redisPort);
    private final Clock clock = Clock.systemUTC();
    private JdbcTemplate database = new JdbcTemplate(TestDatabase.fresh());
    private TokenPartners partners;

    @BeforeEach
    void start() throws IOException {
        server.start();
        partners = new TokenPartners(state);
    }

    @AfterEach
    void stop() throws IOException {
        partners.close();
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"naver", "ownerclan"})
    void ten_callers_in_two_processes_buy_one(String name) throws Exception {
        slowly();

        assertThat(together(name, process(name), process(name))).containsOnly("ok");

        assertThat(partners.bought).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"naver", "ownerclan"})
    void ten_callers_in_two_processes_whose_token_is_refused_buy_one_more(String name) throws Exception {
        Partner one = process(name);
        Partner other = process(name);
        assertThat(together(name, one, other)).containsOnly("ok");
        partners.instead = (token, number) -> !token && number < 2 ? Answer.text(401, "expired") : null;

        assertThat(together(name, one, other)).containsOnly("ok");

        assertThat(partners.bought).hasValue(2);
        assertThat(partners.most).hasValue(1);
    }

    @Test
    void token_that_nobody_accepts_is_bought_twice_by_all_processes_together() throws Exception {
        partners.instead = (token, number) -> token ? null : Answer.text(401, "revoked");
        List<Partner> processes = List.of(process("naver"), process("naver"), process("naver"));

        for (int call = 0; call < 6; call++) {
            Partner process = processes.get(call % 3);
            assertThatThrownBy(() -> call("naver", process))
                    .isInstanceOfSatisfying(
                            PartnerCallException.class,
                            e -> assertThat(e.status()).isEqualTo(401));
        }

        assertThat(partners.bought).hasValue(2);
    }

    @Test
    void password_that_is_refused_is_tried_once_by_all_processes_together() {
        partners.instead = (token, number) -> token ? Answer.text(401, "Unauthorized") : null;

        for (Partner process : List.of(process("ownerclan"), process("ownerclan"), process("ownerclan"))) {
            assertThatThrownBy(() -> call("ownerclan", process)).isInstanceOf(PartnerCallException.class);
        }

        assertThat(partners.bought).hasValue(1);
    }

    @Test
    void token_is_renewed_before_it_ends_by_one_of_two_and_the_other_takes_it() throws Exception {
        Partner one = process("naver");
        assertThat(call("naver", one)).isEqualTo("ok");
        Clock later = Clock.offset(clock, Duration.ofMinutes(169)); // 11 minutes are left of the 180
        assertThat(call("naver", at(later))).isEqualTo("ok");
        assertThat(partners.bought)
                .as("not asked for yet: Naver would only give the same")
                .hasValue(1);

        Clock due = Clock.offset(clock, Duration.ofMinutes(171));
        partners.instead = (token, number) -> token
                ? Answer.json(200, "{\"access_token\": \"the-next-one\", \"expires_in\": 10800}")
                : Answer.json(200, "{}");
        assertThat(together("naver", at(due), at(due))).containsOnly("ok");

        assertThat(partners.bought).hasValue(2);
    }

    @Test
    void token_that_holds_is_used_while_another_cannot_be_had() throws Exception {
        assertThat(call("naver", process("naver"))).isEqualTo("ok");
        Clock due = Clock.offset(clock, Duration.ofMinutes(175));
        partners.instead = (token, number) -> token ? Answer.text(503, "away") : null;
        Partner process = at(due);

        for (int call = 0; call < 5; call++) {
            assertThat(call("naver", process)).isEqualTo("ok");
        }

        assertThat(partners.bought)
                .as("asked again half a minute later, not with each call")
                .hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"naver", "ownerclan"})
    void without_redis_ten_callers_in_two_processes_buy_one(String name) throws Exception {
        server.stop();
        slowly();

        assertThat(together(name, process(name), process(name))).containsOnly("ok");

        assertThat(partners.bought).hasValue(1);
    }

    @Test
    void without_redis_a_token_that_is_refused_is_taken_from_all_and_bought_once_more() throws Exception {
        server.stop();
        Partner one = process("naver");
        Partner other = process("naver");
        assertThat(together("naver", one, other)).containsOnly("ok");
        partners.instead = (token, number) -> !token && number < 2 ? Answer.text(401, "expired") : null;

        assertThat(together("naver", one, other)).containsOnly("ok");

        assertThat(partners.bought).hasValue(2);
        assertThat(partners.most).hasValue(1);
    }

    @Test
    void token_stays_the_one_of_all_when_redis_goes_and_when_it_comes_back_empty() throws Exception {
        assertThat(call("naver", process("naver"))).isEqualTo("ok");

        server.stop();
        assertThat(call("naver", process("naver"))).isEqualTo("ok");
        server.start();
        assertThat(call("naver", process("naver"))).isEqualTo("ok");

        assertThat(partners.bought).hasValue(1);
    }

    @Test
    void without_redis_and_postgres_each_process_buys_one_for_itself_and_shares_again_when_one_is_back()
            throws Exception {
        server.stop();
        JdbcTemplate there = database;
        database = PartnerRig.noDatabase();
        slowly();

        assertThat(together("naver", process("naver"), process("naver"))).containsOnly("ok");
        assertThat(partners.bought).hasValue(2);

        database = there;
        assertThat(together("naver", process("naver"), process("naver"))).containsOnly("ok");
        assertThat(partners.bought).hasValue(3);
    }

    @Test
    void process_that_is_killed_while_it_buys_is_followed_when_its_lease_ends() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        partners.instead = (token, number) -> {
            if (token && number == 1) {
                asked.countDown();
                waitFor(killed);
            }
            return null;
        };
        Process child = child();
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        long begun = System.nanoTime();
        child.destroyForcibly().waitFor();
        Partner process = process("naver");

        assertThatThrownBy(() -> call("naver", process)).hasMessageContaining("another process is buying one");
        assertThat(partners.bought).as("nobody knows yet that it is dead").hasValue(1);
        String outcome = "";
        while (!outcome.equals("ok") && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
            outcome = callOrWhy("naver", process);
        }
        killed.countDown();

        assertThat(outcome).isEqualTo("ok");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("a call takes 8 s at most, the lease 5 s more")
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(22));
        assertThat(partners.bought).hasValue(2);
    }

    @Test
    void what_lies_in_redis_shows_neither_token_nor_credential_and_cannot_be_forged() throws Exception {
        partners.instead = (token, number) -> token
                ? Answer.json(200, "{\"access_token\": \"canary-token-4711\", \"expires_in\": 10800}")
                : Answer.json(200, "{}");
        assertThat(call("naver", process("naver"))).isEqualTo("ok");
        StringRedisTemplate redis = redis();
        String key = Objects.requireNonNull(redis.keys("hub:token:naver:*"))
                .iterator()
                .next();
        String sealed = Objects.requireNonNull(redis.opsForValue().get(key));

        assertThat(key + sealed + new String(java.util.Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary", "7sandbox", "kQwErTy");
        assertThat(redis.getExpire(key)).isBetween(10_700L, 10_800L);
        assertThat(database.queryForList("select value from shared_token", String.class))
                .as("the same lies in Postgres, and no turn is left")
                .containsExactly(sealed);

        forge(redis, key, (sealed.charAt(0) == 'A' ? 'B' : 'A') + sealed.substring(1));
        assertThat(call("naver", process("naver"))).isEqualTo("ok");
        forge(redis, key, "no base 64 at all");
        assertThat(call("naver", process("naver"))).isEqualTo("ok");
        assertThat(partners.bought).hasValue(3);
    }

    private void forge(StringRedisTemplate redis, String key, String value) {
        redis.opsForValue().set(key, value);
        database.update("update shared_token set value = ? where key = ?", value, key);
    }

    /** A token takes a while, so that everybody asks while it is bought. */
    private void slowly() {
        partners.instead = (token, number) -> {
            if (token) {
                waitFor(new CountDownLatch(1), 300);
            }
            return null;
        };
    }

    private Partner process(String name) {
        return partners.process(name, redis(), database, clock);
    }

    private Partner at(Clock time) {
        return partners.process("naver", redis(), database, time);
    }

    private StringRedisTemplate redis() {
        return TestRedis.template(redisPort, 0);
    }

    private Process child() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        TokenPartners.class.getName(),
                        Integer.toString(redisPort),
                        Integer.toString(partners.port()))
                .redirectError(new File(state.toFile(), "child.err"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String call(String name, Partner process) {
        return process.call("list", TokenPartners.request(name)).outcome();
    }

    private static String callOrWhy(String name, Partner process) {
        try {
            return call(name, process);
        } catch (PartnerCallException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<String> together(String name, Partner... processes) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CyclicBarrier start = new CyclicBarrier(CALLERS * processes.length);
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS * processes.length; i++) {
                Partner process = processes[i % processes.length];
                Callable<String> call = () -> {
                    start.await();
                    return callOrWhy(name, process);
                };
                calls.add(threads.submit(call));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> made : calls) {
                outcomes.add(made.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        waitFor(latch, 60_000);
    }

    private static void waitFor(CountDownLatch latch, long millis) {
        try {
            boolean unused = latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
