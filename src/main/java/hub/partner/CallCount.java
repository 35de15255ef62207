package hub.partner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Tells what went out to one partner: {@code hub_partner_bytes_total} by direction, {@code hub_partner_cost_won_total},
 * and {@link AnswerWatch#made}. Thread-safe.
 */
final class CallCount {

    private static final double MILLI = 1_000;

    private final PartnerSettings settings;
    private final AnswerWatch watch;
    private final MeterRegistry meters;

    CallCount(PartnerSettings settings, AnswerWatch watch, MeterRegistry meters) {
        this.settings = settings;
        this.watch = watch;
        this.meters = meters;
    }

    /** A call that was answered. */
    void answered(String operation, String kind, boolean repeated, HttpUriRequestBase sent, Incoming answer) {
        made(operation, kind, repeated, sent, answer.bytes(), answer.took());
    }

    /** A call that left, and whose answer did not come whole. */
    void lost(String operation, String kind, boolean repeated, HttpUriRequestBase sent, long begun) {
        made(operation, kind, repeated, sent, 0, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** A call for a token. */
    void token(HttpUriRequestBase sent, int status, long bytes, Duration took) {
        made("token", status >= 200 && status < 300 ? "ok" : kind(status, "retry"), false, sent, bytes, took);
    }

    /** The class of an answer that is neither a yes nor a refusal of our data. */
    static String kind(int status, String otherwise) {
        return switch (status) {
            case 401, 403 -> "credentials";
            case 429 -> "limited";
            default -> otherwise;
        };
    }

    private void made(
            String operation, String kind, boolean repeated, HttpUriRequestBase sent, long bytesIn, Duration took) {
        HttpEntity body = sent.getEntity();
        CallMade made = new CallMade(
                settings.name(),
                operation,
                kind,
                repeated,
                body == null ? 0 : Math.max(0, body.getContentLength()),
                bytesIn,
                took,
                settings.costPerCall());
        bytes(operation, "out", made.bytesOut());
        bytes(operation, "in", bytesIn);
        Counter.builder("hub.partner.cost")
                .baseUnit("won")
                .description("What the calls cost by cost-per-call")
                .tags("partner", settings.name(), "operation", operation)
                .register(meters)
                .increment(made.costMilliWon() / MILLI);
        watch.made(made);
    }

    private void bytes(String operation, String direction, long count) {
        Counter.builder("hub.partner.bytes")
                .description("Bodies as they are on the wire")
                .tags("partner", settings.name(), "operation", operation, "direction", direction)
                .register(meters)
                .increment((double) count);
    }
}
