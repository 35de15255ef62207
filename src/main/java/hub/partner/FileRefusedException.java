package hub.partner;

import java.io.IOException;

/** Final: a file of the open internet that is not there, too large, or lies where none is fetched. */
public final class FileRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    FileRefusedException(String message) {
        super(message);
    }
}
