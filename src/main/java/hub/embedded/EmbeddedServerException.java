package hub.embedded;

/**
 * Final: an embedded server cannot be used. The message says what failed, where and why; {@link #remedy()} what to do.
 */
public final class EmbeddedServerException extends RuntimeException {

    private final String remedy;

    EmbeddedServerException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    EmbeddedServerException(String message, String remedy, Throwable cause) {
        super(message + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")", cause);
        this.remedy = remedy;
    }

    /** What the operator can do about it, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
