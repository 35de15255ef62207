package hub.partner;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the files lie that calls attach; the feature that makes them knows. */
public interface Attachments {

    /** For calls that attach nothing. */
    Attachments NONE = key -> {
        throw new NoSuchFileException("this call attaches no file: " + key);
    };

    /**
     * The file of that key, to be read while the call goes out.
     *
     * @throws IOException retryable: it does not lie there, or not any more; nothing is sent then
     */
    Path file(String key) throws IOException;
}
