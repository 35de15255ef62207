package hub.partner;

import static org.apache.hc.core5.http.io.entity.EntityUtils.toByteArray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestRedis;
import hub.VirtualTime;
import hub.budget.BudgetOptions;
import hub.budget.BudgetRule;
import hub.budget.BudgetSpentException;
import hub.budget.CallBudgets;
import hub.budget.VirtualBudgets;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import hub.sandbox.coupang.CoupangSimulator;
import hub.sandbox.naver.NaverSimulator;
import hub.signing.NaverSecret;
import hub.signing.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A day of two hub processes against one simulator whose hidden limits change, on a virtual clock;
 * {@code bench/day/run.sh} starts it. Process 1 dies at hour 8 and comes back at hour 9, Redis is emptied at hour 15.
 *
 * <p>Real: the shipped options, the budgets with their script in a Redis, {@link Partner} with its signing and its
 * learning from answers, the simulator. In place of sockets a call takes a drawn time on its way there and back.
 */
public final class DayBench {

    private static final Instant MIDNIGHT = Instant.parse("2026-02-28T15:00:00Z"); // 0:00 in Korea
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Long> RUSH = Set.of(11L, 20L);

    private final String name;
    private final boolean naver;
    private final int hours;
    private final long hour;
    private final VirtualTime time;
    private final VirtualBudgets redis;
    private final StandardEnvironment environment = new StandardEnvironment();
    private final List<BudgetRule> rules;
    private final BudgetOptions options;
    private final PartnerSettings settings;
    private final Simulator simulator;
    private final Judge judge;
    private final Random random = new Random(7);
    private final CallBudgets[] budgets = new CallBudgets[2];
    private final Partner[] partners = new Partner[2];
    private final boolean[] alive = {true, true};
    private final List<Long> orderWaits = new ArrayList<>();
    private final Map<Integer, Long> worstOrder = new TreeMap<>();
    private String token = "";
    private long tokenUntil;

    private DayBench(String name, int hours, int minutes) throws Exception {
        this.name = name;
        this.naver = name.equals("naver");
        this.hours = hours;
        this.hour = minutes * 60_000L;
        this.time = new VirtualTime(MIDNIGHT, Duration.ofMillis(hours * hour));
        this.redis = new VirtualBudgets(time);
        new YamlPropertySourceLoader()
                .load("hub", new FileSystemResource("application.yaml"))
                .forEach(environment.getPropertySources()::addLast);
        Binder binder = Binder.get(environment);
        this.rules = binder.bind("hub.partners." + name + ".budget", Bindable.listOf(BudgetRule.class))
                .get();
        this.options = binder.bind("hub.budget", BudgetOptions.class).get();
        AuthSchemes schemes = new AuthSchemes();
        StringRedisTemplate away = TestRedis.template(TestRedis.freePort(), 0);
        PartnerSettings bound = java.util.Objects.requireNonNull(new PartnerBinding(
                        environment,
                        List.of(
                                schemes.none(),
                                schemes.coupangHmac(time),
                                schemes.naverToken(time, away, PartnerRig.noDatabase()),
                                schemes.loginJwt(time, away, PartnerRig.noDatabase()),
                                schemes.keyAndSession(),
                                schemes.idAndKey()),
                        binder.bindOrCreate("hub.http", HttpOptions.class))
                .read()
                .get(name));
        this.settings = bound;
        Path folder = Files.createTempDirectory("day");
        Map<String, String> keys = new HashMap<>();
        bound.credentials().keySet().forEach(key -> keys.put(key, bound.reveal(key)));
        SandboxOptions sandbox = new SandboxOptions(true, 9090, 10, 1, 0, 0, 7, folder, folder, Map.of(name, keys));
        SandboxClock clock = new SandboxClock(time, 1);
        SandboxStore store = new SandboxStore(folder.resolve("day.jsonl"));
        this.simulator =
                naver ? new NaverSimulator(sandbox, clock, store) : new CoupangSimulator(sandbox, clock, store);
        this.judge = new Judge(time, MIDNIGHT.toEpochMilli(), hour);
    }

    /**
     * Arguments: naver or coupang, hours, and how many minutes one of them lasts. Ends with 1 when the day was not as
     * it has to be.
     */
    public static void main(String[] args) throws Exception {
        System.exit(new DayBench(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2])).run() ? 0 : 1);
    }

    private boolean run() {
        long begun = System.nanoTime();
        for (int process = 0; process < 2; process++) {
            start(process);
            int one = process;
            time.worker(() -> pulse(one));
            for (int caller = 0; caller < 4; caller++) {
                time.worker(() -> catalogue(one, 0));
                time.worker(() -> catalogue(one, naver ? 1 : 0));
            }
        }
        ArrayDeque<Long> orders = new ArrayDeque<>();
        time.worker(() -> buyers(orders));
        for (int caller = 0; caller < 8; caller++) {
            int one = caller % 2;
            time.worker(() -> orders(one, orders));
        }
        time.worker(this::events);
        time.run();
        return report((System.nanoTime() - begun) / 1_000_000_000);
    }

    private void start(int process) {
        budgets[process] = redis.process(name, rules, options);
        CallBudgets own = budgets[process];
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        partners[process] = new Partner(
                settings,
                new Way(),
                authentication(),
                Attachments.NONE,
                watch(own),
                new CallCount(settings, watch(own), meters),
                meters,
                Clock.systemUTC());
        alive[process] = true;
    }

    private void events() {
        for (int hour = 0; ; hour++) {
            int[] limit = limit(hour);
            if (simulator instanceof NaverSimulator shop) {
                shop.allow(limit[0], limit[1]);
            } else if (simulator instanceof CoupangSimulator shop) {
                shop.allow(limit[0]);
            }
            judge.allow(limit[0], limit[1]);
            if (hour == 8) {
                alive[1] = false;
            } else if (hour == 9) {
                start(1);
            } else if (hour == 15) {
                redis.flush();
            }
            time.sleep(this.hour);
        }
    }

    /** The hidden limits by the hour: calls a second, and how many a bucket holds. */
    private int[] limit(int hour) {
        if (!naver) {
            return (hour >= 3 && hour < 6) || (hour >= 13 && hour < 15) ? new int[] {5, 5} : new int[] {10, 10};
        } else if ((hour >= 6 && hour < 9) || (hour >= 16 && hour < 18)) {
            return new int[] {1, 2};
        } else if (hour >= 13 && hour < 16) {
            return new int[] {4, 8};
        }
        return hour >= 18 && hour < 22 ? new int[] {5, 5} : new int[] {2, 4};
    }

    private void pulse(int process) {
        for (int beat = 0; ; beat++) {
            if (alive[process]) {
                VirtualBudgets.catchUp(budgets[process]);
                if (beat % 7 == 0) {
                    VirtualBudgets.beat(budgets[process]);
                }
            }
            time.sleep(300);
        }
    }

    private void catalogue(int process, int api) throws IOException {
        String operation = naver ? List.of("search-products", "list-addresses").get(api) : "list-outbound-places";
        JsonNode request = request(operation);
        while (true) {
            call(process, operation, request, "catalogue");
        }
    }

    /** Poisson: an order each 20 s, and each 4 s for half of the hour from 11:00 and 20:00 on. */
    private void buyers(ArrayDeque<Long> orders) {
        while (true) {
            long since = time.millis() - MIDNIGHT.toEpochMilli();
            boolean rush = since % hour < hour / 2 && RUSH.contains(since / hour % 24);
            time.sleep((long) (-Math.log(1 - random.nextDouble()) * (rush ? 4_000 : 20_000)));
            orders.add(time.millis());
        }
    }

    private void orders(int process, ArrayDeque<Long> orders) throws IOException {
        String operation = naver ? "changed-orders" : "list-orders";
        JsonNode request = request(operation);
        while (true) {
            Long came = alive[process] ? orders.poll() : null;
            if (came == null) {
                time.sleep(50);
                continue;
            }
            long left = call(process, operation, request, CallBudgets.ORDERS);
            while (left < 0) {
                left = call(process, operation, request, CallBudgets.ORDERS);
            }
            orderWaits.add(left - came);
            worstOrder.merge((int) ((came - MIDNIGHT.toEpochMilli()) / hour), left - came, Math::max);
        }
    }

    /** When the call left; below zero when it was not made or refused, after the pause that was asked for. */
    private long call(int process, String operation, JsonNode request, String lane) {
        CallBudgets own = budgets[process];
        if (!alive[process]) {
            time.sleep(1_000);
            return -1;
        }
        try {
            time.sleep(own.spend(name, operation, lane));
        } catch (BudgetSpentException e) {
            time.sleep(e.retryAfter().toMillis());
            return -1;
        }
        if (!alive[process] || own != budgets[process]) {
            return -1;
        }
        long left = time.millis();
        try {
            partners[process].call(operation, request);
            return left;
        } catch (PartnerCallException e) {
            time.sleep(Math.max(1, e.retryAfter().toMillis()));
            return -1;
        }
    }

    private JsonNode request(String operation) throws IOException {
        String v = "/v2/providers/openapi/apis/api/v5/vendors/" + (naver ? "" : settings.reveal("vendor-id"));
        return JSON.readTree(
                switch (operation) {
                    case "search-products" ->
                        "{\"path\":\"/v1/products/search\",\"safe\":true,\"json\":{\"page\":1,\"size\":50}}";
                    case "list-addresses" -> "{\"path\":\"/v1/seller/addressbooks-for-page\"}";
                    case "changed-orders" ->
                        "{\"path\":\"/v1/pay-order/seller/product-orders/last-changed-statuses\",\"query\":{\"lastChangedFrom\":"
                                + "\"2026-03-01T00:00:00.000+09:00\",\"lastChangedTo\":\"2026-03-01T00:10:00.000+09:00\"}}";
                    case "list-orders" ->
                        "{\"path\":\"" + v + "/ordersheets\",\"query\":\"createdAtFrom=2026-03-01%2B09:00&createdAtTo="
                                + "2026-03-01%2B09:00&status=ACCEPT&maxPerPage=50\"}";
                    default ->
                        "{\"path\":\"/v2/providers/marketplace_openapi/apis/api/v2/vendor/shipping-place/outbound\","
                                + "\"query\":\"pageSize=10&pageNum=1\"}";
                });
    }

    /** The network and the server: there in 5 to 45 ms, now and then in 150, and back again. */
    private final class Way implements Sending {

        private final PartnerClock heard = new PartnerClock();

        @Override
        public Incoming send(HttpUriRequestBase request, boolean onDisk, Deadline deadline) throws IOException {
            long left = time.millis();
            time.sleep(way());
            String target = request.getRequestUri();
            String[] parts = target.split("\\?", 2);
            Map<String, String> headers = new HashMap<>();
            for (var header : request.getHeaders()) {
                headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
            }
            byte[] body = request.getEntity() == null ? new byte[0] : toByteArray(request.getEntity());
            if (request.getEntity() != null) {
                headers.put("content-type", request.getEntity().getContentType());
            }
            Request arrived = new Request(
                    request.getMethod(),
                    parts[0].substring(name.length() + 1),
                    parts.length > 1 ? parts[1] : "",
                    target,
                    headers,
                    body,
                    time.instant(),
                    Set.of());
            Answer answer = simulator.answer(arrived);
            String counted = naver ? simulator.operation(arrived) : "vendor";
            judge.arrived(counted, answer.status(), left);
            time.sleep(way());
            if (answer.status() == 429) {
                judge.told(counted);
            }
            Map<String, String> back = new HashMap<>();
            answer.headers().forEach((key, value) -> back.put(key.toLowerCase(Locale.ROOT), value));
            return new Incoming(answer.status(), back, answer.body(), null, answer.body().length, Duration.ZERO);
        }

        private long way() {
            return random.nextInt(100) == 0 ? 150 : 5 + random.nextInt(40);
        }

        @Override
        public PartnerClock heard() {
            return heard;
        }
    }

    private Authentication authentication() {
        if (naver) {
            return call -> call.header("Authorization", "Bearer " + token());
        }
        return new AuthSchemes()
                .coupangHmac(time)
                .of(
                        settings,
                        new Http(settings.http(), "day", org.apache.hc.client5.http.SystemDefaultDnsResolver.INSTANCE));
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** How a token is bought is not looked at here. */
    private String token() {
        Instant now = time.instant();
        if (now.toEpochMilli() >= tokenUntil) {
            String id = settings.reveal("client-id");
            String body = "client_id=" + id + "&timestamp=" + now.toEpochMilli() + "&client_secret_sign="
                    + form(NaverSecret.sign(id, Secret.of(settings.reveal("client-secret")), now))
                    + "&grant_type=client_credentials&type=SELF";
            Answer answer = simulator.answer(new Request(
                    "POST",
                    "/v1/oauth2/token",
                    "",
                    "/naver/v1/oauth2/token",
                    Map.of("content-type", "application/x-www-form-urlencoded"),
                    body.getBytes(StandardCharsets.UTF_8),
                    now,
                    Set.of()));
            try {
                token = JSON.readTree(answer.body()).path("access_token").asText();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            tokenUntil = now.toEpochMilli() + 9_600_000;
        }
        return token;
    }

    /** As the hub wires it. */
    private AnswerWatch watch(CallBudgets own) {
        return new AnswerWatch() {
            @Override
            public void limited(String partner, String operation, Duration retryAfter, String why) {
                own.pause(partner, operation, time.instant().plus(retryAfter), why);
            }

            @Override
            public Duration limited(String partner, String operation, String why) {
                return own.backOff(partner, operation, why);
            }

            @Override
            public Duration tooMany(String partner, String operation, String why) {
                return own.tooMany(partner, operation, why);
            }

            @Override
            public Duration emptied(String partner, String operation, Duration refill, String why) {
                return own.emptied(partner, operation, refill, why);
            }

            @Override
            public Duration leaving(String partner, String operation) {
                return own.depart(partner, operation);
            }

            @Override
            public void back(String partner, String operation) {
                own.answered(partner, operation);
            }

            @Override
            public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {
                own.learn(partner, operation, perSecond, burst, remaining);
            }
        };
    }

    private boolean report(long seconds) {
        Collections.sort(orderWaits);
        long p99 = orderWaits.get((int) (orderWaits.size() * 0.99));
        double used = judge.print(naver ? List.of("search-products", "list-addresses") : List.of("vendor"));
        System.out.printf(
                "%s, %d h of %d min in %d s: refused (429) %d, of them within a block %d, other errors %d, used %.2f %% of what was"
                        + " allowed; %d orders waited p50 %d ms, p99 %d ms, at most %d ms%n",
                name,
                hours,
                hour / 60_000,
                seconds,
                judge.refused(),
                judge.repeated(),
                judge.errors(),
                used * 100,
                orderWaits.size(),
                orderWaits.get(orderWaits.size() / 2),
                p99,
                orderWaits.get(orderWaits.size() - 1));
        System.out.println("longest wait of an order by hour, ms: " + worstOrder);
        boolean ok = judge.repeated() == 0 && judge.errors() == 0 && used >= 0.97 && p99 < 1_000;
        System.out.println(ok ? "met" : "MISSED");
        return ok;
    }
}
