package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a supplier's catalogue, page by page; used by one thread.
 *
 * <p>{@link #state()} is what a request is made from: {@code since} (ISO, null for a whole pull), {@code next} (what
 * the page before gave, null on the first), {@code page} (from 1), {@code startedAt}.
 */
public final class Pull {

    private final String supplier;
    private final @Nullable Instant since;
    private final Instant startedAt;
    private final Usual usual;
    private final double believableShare;
    private final SeenSkus seen = new SeenSkus();
    private final boolean fromStart;
    private JsonNode next;
    private int page;
    private long items;
    private boolean more = true;

    /** What the last whole pull held; 0 when there was none. */
    record Usual(long total, int pageSize) {}

    Pull(
            String supplier,
            @Nullable Instant since,
            Instant startedAt,
            Usual usual,
            double believableShare,
            JsonNode next,
            int page) {
        this.supplier = supplier;
        this.since = since;
        this.startedAt = startedAt;
        this.usual = usual;
        this.believableShare = believableShare;
        this.next = next;
        this.page = page;
        this.fromStart = page == 0;
    }

    public boolean isMore() {
        return more;
    }

    public boolean isWhole() {
        return since == null;
    }

    /** Whether this process has seen every page of a whole pull: only then is a missing product really missing. */
    boolean sawEverything() {
        return isWhole() && fromStart && !more;
    }

    public JsonNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("since", since == null ? null : since.toString());
        state.put("startedAt", startedAt.toString());
        state.put("page", page + 1);
        state.set("next", next);
        return state;
    }

    /**
     * Looks at a page before anything of it is used.
     *
     * @param answer {@code {"items": […], "next": … or null, "total": n or null, "error": text or null}}
     * @return its items
     * @throws PageRefusedException if it cannot be believed
     */
    public List<JsonNode> items(JsonNode answer) {
        refuseIf(
                answer.hasNonNull("error"),
                "the partner says: " + answer.path("error").asText());
        refuseIf(!answer.path("items").isArray(), "it has no items: " + cut(answer));
        List<JsonNode> list = new java.util.ArrayList<>(answer.path("items").size());
        answer.path("items").forEach(list::add);
        boolean last = answer.path("next").isNull() || answer.path("next").isMissingNode();
        refuseIf(!last && answer.path("next").equals(next), "it names itself as its next page (" + next + ")");
        refuseIf(!last && list.isEmpty(), "it is empty and says that more follow");
        refuseIf(isWhole() && page == 0 && list.isEmpty(), "the catalogue is empty, which is never believed");
        if (isWhole()) {
            believe(list.size(), last, answer.path("total"));
        }
        return list;
    }

    private void believe(int size, boolean last, JsonNode total) {
        long enough = (long) (usual.total() * believableShare);
        refuseIf(
                total.isNumber() && total.asLong() < enough,
                "the supplier declares " + total.asLong() + " products, last time it had " + usual.total());
        refuseIf(
                !last && size < usual.pageSize() * believableShare,
                "it has " + size + " items, such a page usually has " + usual.pageSize());
        refuseIf(
                last && fromStart && items + size < enough,
                "the catalogue ends after " + (items + size) + " products, last time it had " + usual.total());
        refuseIf(
                last && fromStart && total.isNumber() && items + size < total.asLong() * believableShare,
                "only " + (items + size) + " of " + total.asLong() + " declared products came");
    }

    /** Moves on behind a page that is stored. */
    void advance(JsonNode answer, List<JsonNode> list, List<String> skus) {
        items += list.size();
        skus.forEach(seen::add);
        page++;
        next = answer.path("next");
        more = !(next.isNull() || next.isMissingNode());
        if (!more) {
            next = NullNode.getInstance();
        }
    }

    String supplier() {
        return supplier;
    }

    Instant startedAt() {
        return startedAt;
    }

    long itemCount() {
        return items;
    }

    int page() {
        return page;
    }

    SeenSkus seen() {
        return seen;
    }

    private void refuseIf(boolean refused, String why) {
        if (refused) {
            throw new PageRefusedException(supplier + " page " + (page + 1) + " is not believed: " + why
                    + "; nothing of it was stored, the next pull reads it again");
        }
    }

    private static String cut(JsonNode answer) {
        String text = answer.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
