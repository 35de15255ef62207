package hub.budget;

import org.springframework.dao.QueryTimeoutException;

/** Retryable: Redis did not answer, or not as it should; the command may have been carried out. */
final class RedisAwayException extends RuntimeException {

    RedisAwayException(Throwable cause) {
        super(cause);
    }

    /** Whether no answer came in time, which says little: Redis may be busy. */
    boolean isLate() {
        return getCause() instanceof QueryTimeoutException;
    }
}
