package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One reading of what happened at a partner in a window of time, page by page; used by one thread.
 *
 * <p>{@link #state()} is what a request is made from: {@code since}, {@code until} (ISO), {@code next} (what the page
 * before gave, null on the first), {@code page} (from 1).
 */
public final class Poll {

    /** A partner that never ends its pages is not read for ever. */
    private static final int MAX_PAGES = 1000;

    private final String partner;
    private final String name;
    private final Instant since;
    private final Instant until;
    private JsonNode next = NullNode.getInstance();
    private int page;
    private boolean more = true;

    Poll(String partner, String name, Instant since, Instant until) {
        this.partner = partner;
        this.name = name;
        this.since = since;
        this.until = until;
    }

    public boolean isMore() {
        return more;
    }

    public JsonNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("since", since.toString());
        state.put("until", until.toString());
        state.put("page", page + 1);
        state.set("next", next);
        return state;
    }

    /** Goes on to the page that {@code after} names, or ends. */
    void advance(JsonNode after) {
        page++;
        boolean last = after.isNull() || after.isMissingNode();
        if (!last && (after.equals(next) || page >= MAX_PAGES)) {
            throw new PollFailedException(
                    partner + " " + name + ": page " + page + " names itself as the next, or pages do not end");
        }
        next = last ? NullNode.getInstance() : after;
        more = !last;
    }

    String partner() {
        return partner;
    }

    String name() {
        return name;
    }

    Instant until() {
        return until;
    }
}
