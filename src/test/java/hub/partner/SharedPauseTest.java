package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hub.TestDatabase;
import hub.TestRedis;
import hub.budget.BudgetOptions;
import hub.budget.BudgetRule;
import hub.budget.BudgetSpentException;
import hub.budget.CallBudgets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two processes whose callers wait for their turn when the partner asks one of them for five seconds of peace. */
class SharedPauseTest {

    private static final JsonNode GET = PartnerRig.json("{\"path\": \"/goods\"}");
    private static final long FIVE_SECONDS = 5_000;

    /** A call that is on its way when the answer comes cannot be called back. */
    private static final long ON_THE_WAY = 300;

    private final StringRedisTemplate redis = TestRedis.fresh();
    private final DataSource database = TestDatabase.fresh();
    private final PartnerRig rig = new PartnerRig();
    private final ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicLong refusedAt = new AtomicLong();
    private volatile boolean stop;

    @Test
    void no_call_of_either_arrives_before_the_time_is_over() throws Exception {
        rig.server.on("/goods", (request, socket) -> {
            long now = System.currentTimeMillis();
            arrivals.add(now);
            boolean refuse = arrivals.size() > 25 && refusedAt.compareAndSet(0, now);
            (refuse ? RawPartner.answer(429, "{}", "Retry-After: 5") : RawPartner.answer(200, "{}"))
                    .play(request, socket);
        });
        List<Thread> callers = new ArrayList<>();
        for (CallBudgets process : List.of(budgets(), budgets())) {
            Partner partner = rig.partners(new Told(process)).get("acme");
            for (int caller = 0; caller < 8; caller++) {
                Thread thread = new Thread(() -> callOn(process, partner));
                thread.start();
                callers.add(thread);
            }
        }

        await().atMost(Duration.ofSeconds(40)).until(() -> refusedAt.get() > 0 && afterwards() > 10);
        stop = true;
        for (Thread caller : callers) {
            caller.join(10_000);
        }
        rig.close();

        long refused = refusedAt.get();
        assertThat(refused).isPositive();
        assertThat(arrivals)
                .filteredOn(at -> at > refused + ON_THE_WAY && at < refused + FIVE_SECONDS)
                .isEmpty();
    }

    /** Calls that arrived when the time was over: it goes on. */
    private long afterwards() {
        return arrivals.stream()
                .filter(at -> at >= refusedAt.get() + FIVE_SECONDS)
                .count();
    }

    private void callOn(CallBudgets process, Partner partner) {
        while (!stop) {
            try {
                Thread.sleep(process.spend("acme", "read", "catalogue"));
                partner.call("read", GET);
            } catch (BudgetSpentException | PartnerCallException e) {
                sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CallBudgets budgets() {
        return new CallBudgets(
                redis,
                database,
                Map.of(
                        "acme",
                        List.of(new BudgetRule("vendor", 10, Duration.ofSeconds(1), 0, 0, false, List.of(), null))),
                Map.of(),
                new BudgetOptions(Duration.ofSeconds(3), Duration.ofMillis(200)),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private record Told(CallBudgets budgets) implements AnswerWatch {
        @Override
        public void limited(String partner, String operation, Duration retryAfter, String why) {
            budgets.pause(partner, operation, Instant.now().plus(retryAfter), why);
        }

        @Override
        public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}

        @Override
        public Duration leaving(String partner, String operation) {
            return budgets.depart(partner, operation);
        }
    }
}
