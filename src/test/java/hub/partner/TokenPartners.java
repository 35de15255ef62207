package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestRedis;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.Sandbox;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.Simulator;
import hub.sandbox.naver.NaverSimulator;
import hub.sandbox.ownerclan.OwnerclanSimulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

/** The simulators of Naver and Ownerclan, which count who buys tokens, and processes of the hub that call them. */
final class TokenPartners implements AutoCloseable {

    private static final Map<String, JsonNode> CALLS = Map.of(
            "naver", PartnerRig.json("{\"path\": \"/v1/seller/addressbooks-for-page\"}"),
            "ownerclan",
                    PartnerRig.json("{\"path\": \"/v1/graphql\", \"safe\": true, \"json\": {\"query\":"
                            + " \"{ allItems(first: 1) { pageInfo { hasNextPage } } }\"}}"));

    private static final Map<String, Map<String, String>> CREDENTIALS = Map.of(
            "naver", Map.of("client-id", "7sandbox", "client-secret", "$2a$04$kQwErTyUiOpAsDfGhJkLz."),
            "ownerclan", Map.of("username", "user-of-the-test", "password", "password-of-the-test"));

    final AtomicInteger bought = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger buying = new AtomicInteger();
    private final Sandbox sandbox;
    private final List<Partners> opened = new CopyOnWriteArrayList<>();

    /** What is answered instead; asked with whether it is a token, and how many were asked for. */
    volatile BiFunction<Boolean, Integer, Answer> instead = (token, number) -> null;

    TokenPartners(Path state) {
        SandboxOptions options =
                new SandboxOptions(true, 0, 10, 720, 0, 0, 7, state, state.resolve("handoff"), CREDENTIALS);
        sandbox = new Sandbox(
                options,
                new SandboxClock(Clock.systemUTC(), 720),
                Map.of(
                        "naver", (o, clock, store) -> new Counting(new NaverSimulator(o, clock, store)),
                        "ownerclan", (o, clock, store) -> new Counting(new OwnerclanSimulator(o, clock, store))));
        sandbox.start();
    }

    int port() {
        return sandbox.port();
    }

    Partner process(String name, StringRedisTemplate redis, JdbcTemplate database, Clock clock) {
        Partners partners = partners(port(), name, redis, database, clock);
        opened.add(partners);
        return partners.get(name);
    }

    static Partners partners(int port, String name, StringRedisTemplate redis, JdbcTemplate database, Clock clock) {
        MockEnvironment options = new MockEnvironment();
        options.setProperty("hub.sandbox.port", Integer.toString(port));
        Objects.requireNonNull(CREDENTIALS.get(name))
                .forEach((key, value) -> options.setProperty("hub.sandbox.credentials." + name + "." + key, value));
        boolean naver = name.equals("naver");
        options.setProperty("hub.partners." + name + ".auth", naver ? "naver-token" : "login-jwt");
        options.setProperty("hub.partners." + name + ".response-timeout", "3s");
        options.setProperty("hub.partners." + name + ".call-deadline", "8s");
        if (!naver) {
            options.setProperty("hub.partners.ownerclan.auth-fields.service", "ownerclan");
            options.setProperty("hub.partners.ownerclan.auth-fields.userType", "seller");
        }
        return new Partners(
                options,
                PartnerRig.schemes(redis, database, clock),
                new HttpOptions(Map.of()),
                new AnswerWatch() {
                    @Override
                    public void limited(String partner, String operation, Duration retryAfter, String why) {}

                    @Override
                    public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}
                },
                new SimpleMeterRegistry(),
                clock,
                new StaticListableBeanFactory().getBeanProvider(BuildProperties.class),
                new StaticListableBeanFactory().getBeanProvider(Attachments.class));
    }

    /** A process of its own, to be killed: buys a token of Naver, from a Redis at {@code arguments[0]}. */
    public static void main(String[] arguments) {
        StringRedisTemplate redis = TestRedis.template(Integer.parseInt(arguments[0]), 0);
        Partners partners =
                partners(Integer.parseInt(arguments[1]), "naver", redis, PartnerRig.noDatabase(), Clock.systemUTC());
        partners.get("naver").call("list", request("naver"));
    }

    static JsonNode request(String name) {
        return Objects.requireNonNull(CALLS.get(name));
    }

    @Override
    public void close() throws IOException {
        for (Partners partners : opened) {
            partners.destroy();
        }
        sandbox.stop();
    }

    private final class Counting implements Simulator {

        private final Simulator simulator;

        Counting(Simulator simulator) {
            this.simulator = simulator;
        }

        @Override
        public String partner() {
            return simulator.partner();
        }

        @Override
        public String operation(Request request) {
            return simulator.operation(request);
        }

        @Override
        public Answer answer(Request request) {
            boolean token = Set.of("token", "auth").contains(operation(request));
            int number = token ? bought.incrementAndGet() : bought.get();
            if (token) {
                most.accumulateAndGet(buying.incrementAndGet(), Math::max);
            }
            try {
                Answer other = instead.apply(token, number);
                Answer answer = other == null ? simulator.answer(request) : other;
                // Nobody paces these calls; how often Naver may be called is not what is looked at.
                return answer.status() == 429 && !token ? Answer.json(200, "{}") : answer;
            } finally {
                if (token) {
                    buying.decrementAndGet();
                }
            }
        }

        @Override
        public Answer gateway(int status) {
            return simulator.gateway(status);
        }
    }
}
