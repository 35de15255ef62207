package hub.mapping;

/** Final: a jq program that does not compile, or that refused its input. */
public final class JqRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JqRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
