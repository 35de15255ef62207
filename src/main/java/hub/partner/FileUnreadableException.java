package hub.partner;

import java.io.IOException;

/** Retryable: a file that a call attaches could not be fetched; the call was not sent. */
final class FileUnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    FileUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
