package hub.image;

/** A picture that cannot be used. Final: the same bytes are refused again; another picture may pass. */
public final class ImageRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageRefusedException(String message) {
        super(message);
    }

    ImageRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
