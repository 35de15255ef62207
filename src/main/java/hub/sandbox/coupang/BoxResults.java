package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a call about several boxes: one entry a box, and what they come to. */
final class BoxResults {

    private final ArrayNode entries = Envelope.array();
    private final List<String> done = new ArrayList<>();

    void succeed(long boxId, String ref, @Nullable String message) {
        add(boxId, true, "OK", false, message);
        done.add(ref);
    }

    void fail(long boxId, String code, boolean retry, String message) {
        add(boxId, false, code, retry, message);
    }

    /** What the journal remembers the successes by. */
    String ref() {
        return String.join(",", done);
    }

    boolean nothingDone() {
        return done.isEmpty();
    }

    /** 0 all, 1 some, 99 none of them succeeded, -1 there were none. */
    int code() {
        if (entries.isEmpty()) {
            return -1;
        }
        if (done.isEmpty()) {
            return 99;
        }
        return done.size() < entries.size() ? 1 : 0;
    }

    ArrayNode entries() {
        return entries;
    }

    private void add(long boxId, boolean succeed, String code, boolean retry, @Nullable String message) {
        ObjectNode entry = entries.addObject();
        entry.put("shipmentBoxId", boxId)
                .put("succeed", succeed)
                .put("resultCode", code)
                .put("retryRequired", retry)
                .put("resultMessage", message);
    }
}
