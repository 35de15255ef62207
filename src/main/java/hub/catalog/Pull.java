package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.backfill.PullRange;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a supplier's catalogue, page by page.
 *
 * <p>A page is asked for with a state: {@code since} (ISO, null for a whole pull), {@code next} (what the page before
 * gave, null on the first), {@code page} (from 1), {@code startedAt}, and {@code until} (ISO) where a range has an end.
 * Pages follow one another, unless the supplier says how many there are ({@code pages}): then each is asked for by its
 * number, several at once. Or all of them come in one answer, which the hub cuts itself. A range of pages begins with
 * its first as {@code next}. Thread-safe.
 */
public final class Pull {

    private final String supplier;
    private final @Nullable Instant since;
    private final Instant startedAt;
    private Believed believed;
    private final SeenSkus seen = new SeenSkus();
    private final List<String> repeated = new ArrayList<>();
    private final Set<String> ledTo = new HashSet<>();
    private boolean fromStart;
    private final @Nullable PullRange range;
    /** Pages that are stored, from bit 0; only numbered pages leave gaps. */
    private final BitSet stored = new BitSet();

    private JsonNode next;
    private int pages;
    private int prefix;
    private long items;
    private long rejected;
    private boolean more = true;
    private @Nullable Instant finishedAt;
    private String failure = "";
    private boolean anew;
    private boolean inOneAnswer;

    Pull(
            String supplier,
            @Nullable Instant since,
            Instant startedAt,
            Believed believed,
            JsonNode next,
            int page,
            int pages) {
        this.supplier = supplier;
        this.since = since;
        this.startedAt = startedAt;
        this.believed = believed;
        this.next = next;
        this.prefix = page;
        this.pages = pages;
        this.fromStart = page == 0;
        this.range = null;
        stored.set(0, page);
    }

    /**
     * A range.
     *
     * @param place what the one before, which was killed, went on with; null for a new one
     */
    Pull(String supplier, PullRange range, Instant now, Believed believed, @Nullable JsonNode place) {
        this.supplier = supplier;
        this.since = range.since();
        this.range = range;
        this.believed = believed;
        this.fromStart = false;
        this.startedAt =
                place == null ? now : Instant.parse(place.path("startedAt").asText());
        this.next = place == null ? begin(range) : place.path("next");
        this.prefix = place == null ? range.firstPage() - 1 : place.path("page").asInt() - 1;
        this.pages = place == null ? 0 : place.path("pages").asInt(0);
        stored.set(0, prefix);
    }

    private static JsonNode begin(PullRange range) {
        return range.since() == null ? IntNode.valueOf(range.firstPage()) : NullNode.getInstance();
    }

    /** What the killed pull had read already. */
    synchronized void count(long itemsBefore, long rejectedBefore) {
        items += itemsBefore;
        rejected += rejectedBefore;
    }

    public synchronized boolean isMore() {
        return more && failure.isEmpty();
    }

    public boolean isWhole() {
        return since == null && range == null;
    }

    /** Null for a usual pull. */
    @Nullable
    PullRange range() {
        return range;
    }

    /** Whether this process has seen every page of a whole pull: only then is a missing product really missing. */
    synchronized boolean sawEverything() {
        return isWhole() && fromStart && !more;
    }

    /** Whether every page is stored. */
    synchronized boolean isRead() {
        return !more;
    }

    synchronized void finish(Instant at) {
        finishedAt = at;
    }

    /** Asks for no more pages; those that are on their way are still stored. */
    synchronized void breakOff(String why) {
        failure = failure.isEmpty() ? why : failure;
    }

    synchronized PullProgress progress() {
        return new PullProgress(
                supplier,
                finishedAt == null && failure.isEmpty(),
                isWhole(),
                range == null ? null : range.from(),
                range == null ? null : range.to(),
                startedAt,
                finishedAt,
                stored.cardinality() - before(),
                ofPages(),
                items,
                rejected,
                failure);
    }

    /**
     * Takes pages that all come in one answer, such as a catalogue in one document. A place in it means nothing to the
     * next answer: a pull that is broken off, or went on with another, begins at the first page. How many items such a
     * page has is our choice and says nothing of the supplier.
     */
    synchronized void takeInOneAnswer() {
        inOneAnswer = true;
        believed = believed.ofAnySize();
        if (items == 0) {
            stored.clear();
            prefix = 0;
            pages = 0;
            next = NullNode.getInstance();
            fromStart = true;
        }
    }

    synchronized boolean isInOneAnswer() {
        return inOneAnswer;
    }

    /** Pages before the range, which nobody asks for. */
    private int before() {
        return range == null ? 0 : range.firstPage() - 1;
    }

    private @Nullable Integer ofPages() {
        Integer last = range == null ? null : range.lastPage();
        int known = pages == 0 && last != null ? last : pages;
        return known == 0 ? null : Integer.valueOf(known - before());
    }

    /** What the next page is asked for with, and what a killed hub goes on with. */
    public synchronized JsonNode state() {
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

    /**
     * The states of the pages that may be asked for at once: the next one, or all the others when they are numbered.
     * Made one by one, for one thread.
     */
    public synchronized Iterator<JsonNode> ahead() {
        return pages == 0 ? List.of(state()).iterator() : new Numbered(prefix);
    }

    private final class Numbered implements Iterator<JsonNode> {

        private int page;

        Numbered(int page) {
            this.page = page;
        }

        @Override
        public boolean hasNext() {
            synchronized (Pull.this) {
                return stored.nextClearBit(page) < pages;
            }
        }

        @Override
        public JsonNode next() {
            synchronized (Pull.this) {
                page = stored.nextClearBit(page) + 1;
                return state(page);
            }
        }
    }

    /**
     * Looks at a page before anything of it is used.
     *
     * @param asked the state that it was asked for with
     * @param answer {@code {"items": […], "next": … or null, "page": its number or null, "pages": how many or null,
     *     "total": n or null, "error": text or null}}
     * @return its items
     * @throws PageRefusedException if it cannot be believed
     */
    public List<JsonNode> items(JsonNode asked, JsonNode answer) {
        int page = asked.path("page").asInt();
        refuseIf(
                answer.hasNonNull("error"),
                page,
                "the partner says: " + answer.path("error").asText());
        if (!answer.path("items").isArray()) {
            throw refused(page, "it has no items: " + cut(answer), null);
        }
        List<JsonNode> list = new ArrayList<>(answer.path("items").size());
        answer.path("items").forEach(list::add);
        refuseIf(
                answer.path("page").isIntegralNumber() && answer.path("page").asInt() != page,
                page,
                "it says that it is page " + answer.path("page"));
        refuseIf(pages() > 0 && !isNumbered(answer), page, "it does not say how many pages there are, others did");
        boolean last = isLast(page, answer);
        doubtIf(
                !last && !isNumbered(answer) && hasLedTo(asked, answer.path("next")),
                page,
                FeedGuard.LOOP,
                page,
                0,
                "it leads back to a page that was read (" + answer.path("next") + ")");
        refuseIf(!last && list.isEmpty(), page, "it is empty and says that more follow");
        boolean byNumber = range != null && range.since() == null;
        refuseIf(byNumber && list.isEmpty(), page, "it is empty: the catalogue ends before it");
        doubtIf(
                isWhole() && page == 1 && list.isEmpty(),
                page,
                FeedGuard.EMPTY,
                0,
                1,
                "the catalogue is empty, which is never believed");
        if (isWhole()) {
            believe(page, list.size(), last, answer);
        }
        return list;
    }

    private void believe(int page, int size, boolean last, JsonNode answer) {
        JsonNode total = answer.path("total");
        long before = isNumbered(answer) ? 0 : itemCount();
        doubt(page, believed.doubt(size, last, total));
        if (last && fromStart && (!isNumbered(answer) || page == 1)) {
            doubt(page, believed.doubtOfAll(before + size, total.asLong(0)));
        }
    }

    private synchronized boolean hasLedTo(JsonNode asked, JsonNode next) {
        return next.equals(asked.path("next")) || ledTo.contains(next.toString());
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
    void judge(JsonNode asked, int size, long unmappable, long most, List<String> skus, long repeats) {
        int page = asked.path("page").asInt();
        long accepted = believed.accepted().most(FeedGuard.REQUIRED, most);
        String missing = unmappable + " of its " + size
                + " items are without what a product needs (table product_reject), or product.jq leaves them out";
        doubtIf(unmappable > accepted, page, FeedGuard.REQUIRED, unmappable, accepted, missing);
        long came = repeats(skus);
        String twice = came + " of its " + size + " items came before in the same pull";
        doubtIf(came > repeats, page, FeedGuard.REPEATED, came, repeats, twice);
    }

    private synchronized long repeats(List<String> skus) {
        long before = skus.stream().filter(seen::contains).count();
        return before + skus.size() - new HashSet<>(skus).size();
    }

    /** Moves on behind a page that is stored. */
    synchronized void advance(JsonNode asked, JsonNode answer, int size, Iterable<String> skus) {
        items += size;
        rejected += size;
        skus.forEach(sku -> {
            rejected--;
            if (!seen.add(sku)) {
                repeated.add(sku);
            }
        });
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

    private int lastPage() {
        Integer last = range == null ? null : range.lastPage();
        return last == null ? Integer.MAX_VALUE : last;
    }

    /**
     * Looks at numbered pages when all are stored, for none of them could know that it was the last.
     *
     * @throws PageRefusedException if they are too few to be the catalogue
     */
    synchronized void believeAll(JsonNode answer) {
        if (pages > 1 && sawEverything()) {
            doubt(pages, believed.doubtOfAll(items, answer.path("total").asLong(0)));
        }
    }

    private static boolean isLast(int page, JsonNode answer) {
        return isNumbered(answer) ? page >= answer.path("pages").asInt() : isNothing(answer.path("next"));
    }

    private static boolean isNumbered(JsonNode answer) {
        return answer.path("pages").isIntegralNumber();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    String supplier() {
        return supplier;
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized long itemCount() {
        return items;
    }

    /** Pages that are stored without a gap. */
    synchronized int page() {
        return prefix;
    }

    /** How many pages there are; 0 where the supplier does not say. */
    synchronized int pages() {
        return pages;
    }

    SeenSkus seen() {
        return seen;
    }

    /** Skus that came more than once: which of two came last is not known when pages are read at once. */
    synchronized List<String> repeated() {
        return List.copyOf(repeated);
    }

    private void refuseIf(boolean refused, int page, String why) {
        if (refused) {
            throw refused(page, why, null);
        }
    }

    private void doubtIf(boolean doubted, int page, FeedGuard guard, long measured, long expected, String why) {
        doubt(page, doubted ? Optional.of(new FeedDoubt(guard, measured, expected, why)) : Optional.empty());
    }

    private void doubt(int page, Optional<FeedDoubt> found) {
        if (found.isPresent()) {
            FeedDoubt doubt = found.get();
            String where = "page " + page + ": " + doubt.reason();
            throw refused(
                    page, doubt.reason(), new FeedDoubt(doubt.guard(), doubt.measured(), doubt.expected(), where));
        }
    }

    private PageRefusedException refused(int page, String why, @Nullable FeedDoubt doubt) {
        return new PageRefusedException(
                supplier + " page " + page + " is not believed: " + why
                        + "; nothing of it was stored, the next pull reads it again",
                doubt);
    }

    /** Makes the next pull begin at the first page. */
    synchronized void beginAnew() {
        anew = true;
    }

    synchronized boolean isToBeginAnew() {
        return anew || !more || inOneAnswer;
    }

    /** The size of a page, or what a person accepted instead. */
    synchronized int usualPageSize() {
        return believed.pageSize();
    }

    private static String cut(JsonNode answer) {
        String text = answer.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
