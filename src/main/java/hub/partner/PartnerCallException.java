package hub.partner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Retryable or unclear: a call that did not succeed. Carries what is known about it; never a credential nor a URL.
 *
 * <p>{@code retry}: certainly not accepted. {@code unknown}: may have been accepted, read back before sending again.
 */
public final class PartnerCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String outcome;
    private final int status;
    private final Duration retryAfter;
    private final boolean heldBack;

    PartnerCallException(String outcome, int status, String reason, Duration retryAfter, @Nullable Throwable cause) {
        this(outcome, status, reason, retryAfter, cause, false);
    }

    private PartnerCallException(
            String outcome,
            int status,
            String reason,
            Duration retryAfter,
            @Nullable Throwable cause,
            boolean heldBack) {
        super(reason, cause);
        this.outcome = outcome;
        this.status = status;
        this.retryAfter = retryAfter;
        this.heldBack = heldBack;
    }

    /** A call that we did not make: stopped, paused, too late, one too many in flight, or a repeat too many. */
    static PartnerCallException heldBack(String reason, Duration retryAfter) {
        return new PartnerCallException("retry", 0, reason, retryAfter, null, true);
    }

    /** One that we could not make, because of what is ours. */
    static PartnerCallException heldBack(String reason, Throwable cause) {
        return new PartnerCallException("retry", 0, reason, Outgoing.RETRY, cause, true);
    }

    /** One that was answered 401, and that we did not make again with a new token. */
    static PartnerCallException notAgain(String reason, Duration retryAfter) {
        return new PartnerCallException("retry", 401, reason, retryAfter, null);
    }

    static PartnerCallException notSent(String reason, @Nullable Throwable cause) {
        return new PartnerCallException("retry", 0, reason, Outgoing.RETRY, cause);
    }

    /** A call for a token that was answered, with no token. */
    static PartnerCallException refused(Incoming answer, String reason) {
        Duration asked = RetryAfter.of(answer.header("retry-after"), answer.header("date"), Outgoing.RETRY);
        return new PartnerCallException("retry", answer.status(), reason, asked, null);
    }

    /** {@code retry} or {@code unknown}. */
    public String outcome() {
        return outcome;
    }

    /** The HTTP status, 0 when there was none. */
    public int status() {
        return status;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether nothing went out because we kept it, which says nothing of the partner. */
    boolean isHeldBack() {
        return heldBack;
    }
}
