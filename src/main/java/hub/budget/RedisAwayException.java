package hub.budget;

/** Retryable: Redis did not answer, or not as it should; the command may have been carried out. */
final class RedisAwayException extends RuntimeException {

    RedisAwayException(Throwable cause) {
        super(cause);
    }
}
