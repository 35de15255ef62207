package hub.partner;

/** Retryable: a reading that got no page; what was read before is kept, the next reading covers the same time again. */
public final class PollFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PollFailedException(String message) {
        super(message);
    }
}
