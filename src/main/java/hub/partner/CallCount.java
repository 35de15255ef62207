package hub.partner;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Tells what went out to one partner and how it ended, in {@link OperationMeters} and to {@link AnswerWatch#made}.
 * Thread-safe.
 */
final class CallCount {

    private final PartnerSettings settings;
    private final AnswerWatch watch;
    private final MeterRegistry meters;
    private final Map<String, OperationMeters> operations = new ConcurrentHashMap<>();

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

    /** A call that came to its end, whether or not it left. */
    void ended(String operation, String outcome, long begun) {
        of(operation).ended(outcome, System.nanoTime() - begun);
    }

    /** A call that failed, perhaps because its answer passed a limit of ours, such as {@code max-answer}. */
    void refused(String operation, @Nullable Throwable cause) {
        if (cause instanceof AnswerRefusedException refused) {
            of(operation).refused(refused.limit());
        }
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
        of(operation).made(made);
        watch.made(made);
    }

    private OperationMeters of(String operation) {
        return operations.computeIfAbsent(operation, name -> new OperationMeters(meters, settings.name(), name));
    }
}
