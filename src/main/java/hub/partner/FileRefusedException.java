package hub.partner;

import java.io.IOException;

/** Final: a file that a call was to attach cannot be used, today or tomorrow; the call goes without it. */
public final class FileRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why, with what to do. */
    public FileRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
