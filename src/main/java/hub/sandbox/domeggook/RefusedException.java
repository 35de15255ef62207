package hub.sandbox.domeggook;

/** Final: Domeggook refused the call, and nothing was changed. The message never repeats what the caller sent. */
final class RefusedException extends RuntimeException {

    private final String code;

    RefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
