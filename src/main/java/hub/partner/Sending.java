package hub.partner;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** The way on which a partner's calls go out, each once. Thread-safe. */
interface Sending {

    /**
     * Sends once, and reads the whole answer.
     *
     * @param onDisk whether the answer may be too large to be held
     * @param deadline when it is cut off
     * @throws IOException if no whole answer came
     */
    Incoming send(HttpUriRequestBase request, boolean onDisk, Deadline deadline) throws IOException;

    /** What the answers say of the partner's clock. */
    PartnerClock heard();
}
