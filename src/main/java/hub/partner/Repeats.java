package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Calls for work that failed before, whoever makes it again: the queue, a timer, a reading that begins anew, a new
 * token. They are at most {@link RetryOptions#share()} of the first calls of their partner and operation.
 *
 * <p>The same work is the same request; where a request names the time or is never quite the same, the route says with
 * {@code work} what stays. {@code hub.partner.retries} counts what was granted and refused. Thread-safe.
 */
@Component
public class Repeats {

    private static final Set<String> COME_AGAIN = Set.of("retry", "unknown", CredentialWords.CREDENTIALS);

    private final RetryOptions options;
    private final StringRedisTemplate redis;
    private final Clock clock;
    private final LongSupplier monotonic;
    private final MeterRegistry meters;
    private final AtomicLong awayUntil = new AtomicLong();
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    private record Endpoint(RetryBudget budget, FailedWork failed, Counter granted, Counter refused) {}

    @Autowired
    Repeats(RetryOptions options, StringRedisTemplate redis, Clock clock, MeterRegistry meters) {
        this(options, redis, clock, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), meters);
    }

    Repeats(
            RetryOptions options,
            StringRedisTemplate redis,
            Clock clock,
            LongSupplier monotonic,
            MeterRegistry meters) {
        this.options = options;
        this.redis = redis;
        this.clock = clock;
        this.monotonic = monotonic;
        this.meters = meters;
    }

    /**
     * Sends work back before a call is booked for it, if it is a repeat and there is none left.
     *
     * @param work what of it stays the same, or null: the request
     * @throws PartnerCallException with the time
     */
    public void check(String partner, String operation, JsonNode request, @Nullable JsonNode work) {
        Endpoint endpoint = of(partner, operation);
        if (endpoint.failed().knows(() -> digest(request, work))) {
            Duration wait = endpoint.budget().extraLater();
            if (!wait.isZero()) {
                endpoint.refused().increment();
                throw refusal(partner, operation, wait);
            }
        }
    }

    /**
     * Remembers work whose answer was fine by its status and says in words that it has to come again.
     *
     * @param mapped what the route made of the answer, with an {@code outcome} if it is not ok
     */
    public void answered(
            String partner, String operation, JsonNode request, @Nullable JsonNode work, @Nullable Object mapped) {
        if (mapped instanceof JsonNode result
                && COME_AGAIN.contains(result.path("outcome").asText())) {
            of(partner, operation).failed().add(digest(request, work));
        }
    }

    /**
     * Whether work failed before, in any process.
     *
     * @param work its digest
     */
    public boolean failedBefore(String partner, String operation, Supplier<String> work) {
        return of(partner, operation).failed().knows(work);
    }

    /**
     * Counts a call that leaves now; asks nobody.
     *
     * @return how long it must not, because it is a repeat and there is none left; zero: go
     */
    public Duration leaving(String partner, String operation, boolean repeat) {
        if (repeat) {
            return again(partner, operation);
        }
        of(partner, operation).budget().first();
        return Duration.ZERO;
    }

    /**
     * Counts a call that is certainly a repeat.
     *
     * @return how long it must not leave; zero: go
     */
    public Duration again(String partner, String operation) {
        Endpoint endpoint = of(partner, operation);
        Duration wait = endpoint.budget().extra();
        (wait.isZero() ? endpoint.granted() : endpoint.refused()).increment();
        return wait;
    }

    /** How a call ended that left: whether its work will come again. */
    public void ended(String partner, String operation, Supplier<String> work, boolean comesAgain) {
        Endpoint endpoint = of(partner, operation);
        if (!comesAgain) {
            endpoint.budget().taken();
            endpoint.failed().remove(work);
            return;
        }
        if (endpoint.failed().knows(work)) {
            endpoint.budget().failed();
        }
        endpoint.failed().add(work.get());
    }

    /** Says why a repeat is not sent now, and what to do. */
    private PartnerCallException refusal(String partner, String operation, Duration wait) {
        return PartnerCallException.heldBack(why(partner, operation, wait), wait);
    }

    /** In words, for whoever asked. */
    public String why(String partner, String operation, Duration wait) {
        return partner + "/" + operation + " was not sent again: the same failed before, and repeats are used up ("
                + of(partner, operation).budget().text() + "). It waits "
                + wait.toSeconds() + " s; look why the partner fails, hub.retry.share is what it may cost";
    }

    /** What tells a piece of work from others; see {@link #check}. */
    static String digest(JsonNode request, @Nullable JsonNode work) {
        JsonNode same = work == null || work.isNull() || work.isMissingNode() ? request : work;
        return DigestUtils.sha256Hex(same.toString()).substring(0, 16);
    }

    private Endpoint of(String partner, String operation) {
        return endpoints.computeIfAbsent(
                partner + "/" + operation,
                name -> new Endpoint(
                        new RetryBudget(options, monotonic),
                        new FailedWork(name, redis, clock::millis, awayUntil),
                        counter(partner, operation, "granted"),
                        counter(partner, operation, "refused")));
    }

    private Counter counter(String partner, String operation, String result) {
        return meters.counter("hub.partner.retries", "partner", partner, "operation", operation, "result", result);
    }
}
