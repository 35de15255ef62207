package hub.budget;

import java.time.Duration;

/**
 * Retryable: the next call of this budget is further away than a call may wait. Nothing was spent; the work goes back
 * to its queue for {@link #retryAfter()}.
 */
public final class BudgetSpentException extends RuntimeException {

    private final Duration retryAfter;

    BudgetSpentException(String partner, String operation, Duration retryAfter) {
        super("The budget of " + partner + " for " + operation + " is spent for another " + retryAfter.toMillis()
                + " ms");
        this.retryAfter = retryAfter;
    }

    /** From now on; above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
