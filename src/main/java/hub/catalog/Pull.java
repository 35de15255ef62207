package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.guard.Accepted;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Set<String> ledTo = new HashSet<>();
    private final boolean fromStart;
    private JsonNode next;
    private int page;
    private long items;
    private boolean more = true;

    /** What the last whole pull held; 0 when there was none. */
    record Usual(long total, int pageSize, Accepted accepted) {

        /** The total and the size of a page, or what a person accepted instead. */
        static Usual of(long total, int pageSize, Accepted accepted) {
            long lower = accepted.least(FeedGuard.TOTAL, accepted.least(FeedGuard.ENDS_EARLY, total));
            return new Usual(lower, (int) accepted.least(FeedGuard.PAGE_SIZE, pageSize), accepted);
        }
    }

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
        doubtIf(
                !last && ledTo.contains(answer.path("next").toString()),
                FeedGuard.LOOP,
                page + 1,
                0,
                "it leads back to a page that was read (" + answer.path("next") + ")");
        refuseIf(!last && list.isEmpty(), "it is empty and says that more follow");
        doubtIf(
                isWhole() && page == 0 && list.isEmpty(),
                FeedGuard.EMPTY,
                0,
                1,
                "the catalogue is empty, which is never believed");
        if (isWhole()) {
            believe(list.size(), last, answer.path("total"));
        }
        return list;
    }

    private void believe(int size, boolean last, JsonNode total) {
        long enough = (long) (usual.total() * believableShare);
        doubtIf(
                total.isNumber() && total.asLong() < enough,
                FeedGuard.TOTAL,
                total.asLong(),
                enough,
                "the supplier declares " + total.asLong() + " products, last time it had " + usual.total());
        doubtIf(
                !last && size < usual.pageSize() * believableShare,
                FeedGuard.PAGE_SIZE,
                size,
                (long) (usual.pageSize() * believableShare),
                "it has " + size + " items, such a page usually has " + usual.pageSize());
        if (last && fromStart) {
            believeAll(items + size, enough, total);
        }
    }

    private void believeAll(long came, long enough, JsonNode total) {
        doubtIf(
                came < enough,
                FeedGuard.ENDS_EARLY,
                came,
                enough,
                "the catalogue ends after " + came + " products, last time it had " + usual.total());
        long declared = (long) (total.asLong(0) * believableShare);
        doubtIf(
                came < usual.accepted().least(FeedGuard.INCOMPLETE, declared),
                FeedGuard.INCOMPLETE,
                came,
                declared,
                "only " + came + " of " + total.asLong(0) + " declared products came");
    }

    /**
     * Looks at what became of a page before it is stored.
     *
     * @param size items of the page
     * @param unmappable items that cannot become a product
     * @param most as many may be unmappable
     * @param skus of the others
     * @param repeats as many may have come before
     * @throws PageRefusedException if the page cannot be believed
     */
    void judge(int size, long unmappable, long most, List<String> skus, long repeats) {
        long accepted = usual.accepted().most(FeedGuard.REQUIRED, most);
        doubtIf(
                unmappable > accepted,
                FeedGuard.REQUIRED,
                unmappable,
                accepted,
                unmappable + " of its " + size
                        + " items are without what a product needs (table product_reject), or product.jq leaves them out");
        long repeated = skus.stream().filter(seen::contains).count()
                + skus.size()
                - skus.stream().distinct().count();
        doubtIf(
                repeated > repeats,
                FeedGuard.REPEATED,
                repeated,
                repeats,
                repeated + " of its " + size + " items came before in the same pull");
    }

    /** Moves on behind a page that is stored. */
    void advance(JsonNode answer, List<JsonNode> list, List<String> skus) {
        items += list.size();
        skus.forEach(seen::add);
        page++;
        next = answer.path("next");
        ledTo.add(next.toString());
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

    /** The size of a page, or what a person accepted instead. */
    int usualPageSize() {
        return usual.pageSize();
    }

    private void refuseIf(boolean refused, String why) {
        if (refused) {
            throw refused(why, null);
        }
    }

    private void doubtIf(boolean doubted, FeedGuard guard, long measured, long expected, String why) {
        if (doubted) {
            throw refused(why, new FeedDoubt(guard, measured, expected, "page " + (page + 1) + ": " + why));
        }
    }

    private PageRefusedException refused(String why, @Nullable FeedDoubt doubt) {
        return new PageRefusedException(
                supplier + " page " + (page + 1) + " is not believed: " + why
                        + "; nothing of it was stored, the next pull reads it again",
                doubt);
    }

    private static String cut(JsonNode answer) {
        String text = answer.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
