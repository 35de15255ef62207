package hub.partner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What is measured of the calls of one operation, each meter looked up once. Thread-safe. */
final class OperationMeters {

    private static final double MILLI = 1_000;

    private final MeterRegistry registry;
    private final String partner;
    private final String operation;
    private final Counter cost;
    private final Counter bytesOut;
    private final Counter bytesIn;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    OperationMeters(MeterRegistry registry, String partner, String operation) {
        this.registry = registry;
        this.partner = partner;
        this.operation = operation;
        this.cost = Counter.builder("hub.partner.cost")
                .baseUnit("won")
                .description("What the calls cost by cost-per-call")
                .tags("partner", partner, "operation", operation)
                .register(registry);
        this.bytesOut = bytes("out");
        this.bytesIn = bytes("in");
    }

    private Counter bytes(String direction) {
        return Counter.builder("hub.partner.bytes")
                .description("Bodies as they are on the wire")
                .tags("partner", partner, "operation", operation, "direction", direction)
                .register(registry);
    }

    /** A call that left. */
    void made(CallMade call) {
        bytesOut.increment((double) call.bytesOut());
        bytesIn.increment((double) call.bytesIn());
        cost.increment(call.costMilliWon() / MILLI);
    }

    /** A call that ended, whether or not it left. */
    void ended(String outcome, long nanos) {
        calls.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An answer that passed a limit of ours. */
    void refused(String limit) {
        refusals.computeIfAbsent(limit, this::refusal).increment();
    }

    private Counter refusal(String limit) {
        return registry.counter(
                "hub.partner.answers.refused", "partner", partner, "operation", operation, "limit", limit);
    }

    private Timer timer(String outcome) {
        return registry.timer("hub.partner.calls", "partner", partner, "operation", operation, "outcome", outcome);
    }
}
