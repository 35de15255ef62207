package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.backfill.PullRange;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a supplier's catalogue a pull is: the pages that are stored, and what the next is asked for with.
 * Thread-safe.
 */
final class Place {

    private final @Nullable Instant since;
    private final Instant startedAt;
    private final @Nullable PullRange range;
    /** Pages that are stored, from bit 0; only numbered pages leave gaps. */
    private final BitSet stored = new BitSet();

    private final Set<String> ledTo = new HashSet<>();
    private JsonNode next;
    private int pages;
    private int prefix;
    private boolean more = true;
    private boolean resting;

    /**
     * Of a usual pull.
     *
     * @param page pages that are stored already
     * @param pages how many there are; 0 where the supplier does not say
     */
    Place(@Nullable Instant since, Instant startedAt, JsonNode next, int page, int pages) {
        this.since = since;
        this.startedAt = startedAt;
        this.range = null;
        this.next = next;
        this.prefix = page;
        this.pages = pages;
        stored.set(0, page);
    }

    /**
     * Of a range.
     *
     * @param before what the one before, which was killed, went on with; null for a new one
     */
    Place(PullRange range, Instant now, @Nullable JsonNode before) {
        this.since = range.since();
        this.startedAt =
                before == null ? now : Instant.parse(before.path("startedAt").asText());
        this.range = range;
        this.next = before == null ? begin(range) : before.path("next");
        this.prefix =
                before == null ? range.firstPage() - 1 : before.path("page").asInt() - 1;
        this.pages = before == null ? 0 : before.path("pages").asInt(0);
        stored.set(0, prefix);
    }

    private static JsonNode begin(PullRange range) {
        return range.since() == null ? IntNode.valueOf(range.firstPage()) : NullNode.getInstance();
    }

    boolean isWhole() {
        return since == null && range == null;
    }

    /** Null for a usual pull. */
    @Nullable
    PullRange range() {
        return range;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Whether a page is not stored yet. */
    synchronized boolean isMore() {
        return more;
    }

    /** No more pages are asked for until it goes on; those that are on their way are still stored. */
    synchronized void rest() {
        resting = true;
    }

    synchronized void goOn() {
        resting = false;
    }

    synchronized boolean isResting() {
        return resting;
    }

    /** Pages that are stored without a gap. */
    synchronized int page() {
        return prefix;
    }

    /** How many pages there are; 0 where the supplier does not say. */
    synchronized int pages() {
        return pages;
    }

    /** Pages that were asked for and are stored. */
    synchronized int read() {
        return stored.cardinality() - before();
    }

    /** As {@link #read} will be at the end; null where that is not known. */
    synchronized @Nullable Integer ofPages() {
        Integer last = range == null ? null : range.lastPage();
        int known = pages == 0 && last != null ? last : pages;
        return known == 0 ? null : Integer.valueOf(known - before());
    }

    /** Pages before the range, which nobody asks for. */
    private int before() {
        return range == null ? 0 : range.firstPage() - 1;
    }

    private int lastPage() {
        Integer last = range == null ? null : range.lastPage();
        return last == null ? Integer.MAX_VALUE : last;
    }

    /** Goes back to the first page. */
    synchronized void restart() {
        stored.clear();
        prefix = 0;
        pages = 0;
        next = NullNode.getInstance();
    }

    /** Whether a page leads to one that was read before. */
    synchronized boolean hasLedTo(JsonNode asked, JsonNode then) {
        return then.equals(asked.path("next")) || ledTo.contains(then.toString());
    }

    /** Moves on behind a page that is stored. */
    synchronized void advance(JsonNode asked, JsonNode answer) {
        stored.set(asked.path("page").asInt() - 1);
        prefix = stored.nextClearBit(0);
        if (isNumbered(answer)) {
            pages = Math.min(answer.path("pages").asInt(), lastPage());
            more = prefix < pages;
        } else {
            next = answer.path("next");
            ledTo.add(next.toString());
            more = !isNothing(next) && prefix < lastPage();
            next = more ? next : NullNode.getInstance();
        }
    }

    /** What the next page is asked for with. */
    synchronized JsonNode state() {
        return state(prefix + 1);
    }

    private JsonNode state(int page) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("since", since == null ? null : since.toString());
        state.put("startedAt", startedAt.toString());
        state.put("page", page);
        if (range != null && range.until() != null) {
            state.put("until", range.until().toString());
        }
        if (pages > 0) {
            state.put("next", page);
            state.put("pages", pages);
        } else {
            state.set("next", next);
        }
        return state;
    }

    /** The states of the pages that may be asked for at once, made one by one, for one thread. */
    synchronized Iterator<JsonNode> ahead() {
        return pages == 0 ? List.of(state()).iterator() : new Numbered(prefix);
    }

    private final class Numbered implements Iterator<JsonNode> {

        private int page;

        /** A page that was promised comes: a split for which it does not ends at once, whatever is on its way. */
        private boolean promised;

        Numbered(int page) {
            this.page = page;
        }

        @Override
        public boolean hasNext() {
            synchronized (Place.this) {
                promised |= !resting && stored.nextClearBit(page) < pages;
                return promised;
            }
        }

        @Override
        public JsonNode next() {
            synchronized (Place.this) {
                promised = false;
                page = stored.nextClearBit(page) + 1;
                return state(page);
            }
        }
    }

    static boolean isLast(int page, JsonNode answer) {
        return isNumbered(answer) ? page >= answer.path("pages").asInt() : isNothing(answer.path("next"));
    }

    /** Whether a page says how many there are. */
    static boolean isNumbered(JsonNode answer) {
        return answer.path("pages").isIntegralNumber();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }
}
