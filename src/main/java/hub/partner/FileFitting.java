package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Makes the files that calls attach fit what each partner takes. Thread-safe. */
public interface FileFitting {

    /** Files go as they are, where nobody attaches any. */
    FileFitting NONE = new FileFitting() {
        @Override
        public Fitted fit(String partner, byte[] file) {
            return new Fitted(file, "application/octet-stream", "bin");
        }

        @Override
        public void leftOut(String partner, JsonNode file, String why) {}
    };

    /**
     * A file as it is sent.
     *
     * @param mediaType such as {@code image/png}
     * @param extension what its name ends with, such as {@code png}
     */
    record Fitted(byte[] bytes, String mediaType, String extension) {}

    /**
     * Makes it fit.
     *
     * @throws FileRefusedException if it cannot be made to
     * @throws IOException if it cannot be made to now
     */
    Fitted fit(String partner, byte[] file) throws IOException;

    /**
     * A file is left out of a call.
     *
     * @param file as the route named it, with whatever says whose it is
     */
    void leftOut(String partner, JsonNode file, String why);
}
