package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.backfill.PullRange;
import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

    /** A million products, one a page; beyond, a supplier makes pages up. */
    private static final int MOST_PAGES = 1_000_000;

    private final String supplier;
    private final Place place;
    private final SeenSkus seen = new SeenSkus();
    private final List<String> repeated = new ArrayList<>();
    private Believed believed;
    private boolean fromStart;
    private long items;
    private long rejected;
    private long itemsBefore;
    private long leftOut;
    private @Nullable Instant finishedAt;
    private String failure = "";
    private boolean anew;
    private boolean inOneAnswer;

    /** A usual one, which begins at the first page or goes on at another. */
    Pull(String supplier, Place place, Believed believed) {
        this.supplier = supplier;
        this.place = place;
        this.believed = believed;
        this.fromStart = place.range() == null && place.page() == 0;
    }

    /** What the killed pull had read already. */
    synchronized void count(long itemsBefore, long rejectedBefore) {
        items += itemsBefore;
        rejected += rejectedBefore;
    }

    /** Items that other processes read of it. */
    synchronized void goOnBehind(long itemsOfOthers) {
        itemsBefore = itemsOfOthers;
    }

    /** Items of it, those that other processes read included. */
    synchronized long allItems() {
        return itemsBefore + items;
    }

    /** Whether a page may be asked for now. */
    public synchronized boolean isMore() {
        return place.isMore() && !place.isResting() && failure.isEmpty();
    }

    /** Whether it is a range that can be left and gone on with: not one answer, which is cut to its end. */
    synchronized boolean canRest() {
        return place.range() != null && place.isMore() && !inOneAnswer && failure.isEmpty();
    }

    /** Gives way to another pull: see {@link Place#rest}. */
    void rest() {
        place.rest();
    }

    void goOn() {
        place.goOn();
    }

    boolean isResting() {
        return place.isResting();
    }

    public boolean isWhole() {
        return place.isWhole();
    }

    /** Null for a usual pull. */
    @Nullable
    PullRange range() {
        return place.range();
    }

    /** Whether this process has seen every page of a whole pull: only then is a missing product really missing. */
    synchronized boolean sawEverything() {
        return isWhole() && fromStart && !place.isMore();
    }

    /** Whether every page is stored. */
    synchronized boolean isRead() {
        return !place.isMore();
    }

    synchronized void finish(Instant at) {
        finishedAt = at;
    }

    /**
     * Asks for no more pages; those that are on their way are still stored.
     *
     * @return whether it was not broken off before
     */
    synchronized boolean breakOff(String why) {
        boolean isFirst = failure.isEmpty();
        failure = isFirst ? why : failure;
        return isFirst;
    }

    synchronized PullProgress progress() {
        PullRange range = place.range();
        return new PullProgress(
                supplier,
                finishedAt == null && failure.isEmpty(),
                isWhole(),
                range == null ? null : range.from(),
                range == null ? null : range.to(),
                place.startedAt(),
                finishedAt,
                place.read(),
                place.ofPages(),
                items,
                rejected,
                leftOut,
                failure,
                null);
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
            place.restart();
            itemsBefore = 0;
            fromStart = true;
        }
    }

    synchronized boolean isInOneAnswer() {
        return inOneAnswer;
    }

    /** What the next page is asked for with, and what a killed hub goes on with. */
    public synchronized JsonNode state() {
        return place.state();
    }

    /**
     * The states of the pages that may be asked for at once: the next one, or all the others when they are numbered.
     * Made one by one, for one thread.
     */
    public synchronized Iterator<JsonNode> ahead() {
        return place.ahead();
    }

    /**
     * Looks at a page before anything of it is used.
     *
     * @param asked the state that it was asked for with
     * @param answer {@code {"items": […], "next": … or null, "page": its number or null, "pages": how many or null,
     *     "total": n or null, "error": text or null}}
     * @param refusal how the partner refused the call (a status of 400 and above), empty when it did not
     * @return its items
     * @throws PageRefusedException if it cannot be believed
     */
    public List<JsonNode> items(JsonNode asked, JsonNode answer, String refusal) {
        Page page = page(asked);
        page.refuseIf(answer.hasNonNull("error"), "the partner says: " + said(answer.path("error")));
        // Without items it would be a catalogue without changes.
        page.refuseIf(!refusal.isEmpty(), refusal);
        if (!answer.path("items").isArray()) {
            throw page.refused("it has no items: " + cut(answer));
        }
        List<JsonNode> list = new ArrayList<>(answer.path("items").size());
        answer.path("items").forEach(list::add);
        refuseCount(page, answer.path("pages"), list.isEmpty());
        refuseTotal(page, answer);
        boolean last = Place.isLast(page.number(), answer);
        refuseDisorder(page, asked, answer, last);
        refuseNothing(page, list.isEmpty(), last);
        page.doubt(believed.doubtOfMore(allItems() + list.size(), answer.path("total")));
        if (isWhole()) {
            believe(page, list.size(), last, answer);
        }
        return list;
    }

    private Page page(JsonNode asked) {
        return new Page(supplier, asked.path("page").asInt());
    }

    /** A number of pages that is none would make the first page the whole catalogue. */
    private void refuseCount(Page page, JsonNode pages, boolean empty) {
        boolean stated = !pages.isNull() && !pages.isMissingNode();
        boolean whole = pages.isIntegralNumber() && pages.canConvertToInt();
        int count = whole ? pages.asInt() : -1;
        page.refuseIf(
                stated && (count < (empty ? 0 : 1) || count > MOST_PAGES),
                "it says that there are " + pages + " pages: a whole number from 1 to " + MOST_PAGES
                        + " is required, not a text");
        page.refuseIf(page.number() > MOST_PAGES, "more than " + MOST_PAGES + " pages are no catalogue");
    }

    /** A total that is none would be no bound, and the catalogue could be twice as large. */
    private static void refuseTotal(Page page, JsonNode answer) {
        JsonNode total = answer.path("total");
        page.refuseIf(
                answer.hasNonNull("total")
                        && !(total.isNumber() && total.canConvertToExactIntegral() && total.asLong() >= 0),
                "it says that there are " + total + " products: a whole number is required, not a text; null where the"
                        + " supplier does not say");
    }

    private void refuseDisorder(Page page, JsonNode asked, JsonNode answer, boolean last) {
        boolean numbered = Place.isNumbered(answer);
        JsonNode number = answer.path("page");
        page.refuseIf(
                number.isIntegralNumber() && number.asInt() != page.number(), "it says that it is page " + number);
        page.refuseIf(place.pages() > 0 && !numbered, "it does not say how many pages there are, others did");
        page.doubtIf(
                !last && !numbered && place.hasLedTo(asked, answer.path("next")),
                FeedGuard.LOOP,
                page.number(),
                0,
                "it leads back to a page that was read (" + answer.path("next") + ")");
    }

    private void refuseNothing(Page page, boolean empty, boolean last) {
        PullRange range = place.range();
        page.refuseIf(!last && empty, "it is empty and says that more follow");
        boolean byNumber = range != null && range.since() == null;
        page.refuseIf(byNumber && empty, "it is empty: the catalogue ends before it");
        page.doubtIf(
                isWhole() && page.number() == 1 && empty,
                FeedGuard.EMPTY,
                0,
                1,
                "the catalogue is empty, which is never believed");
    }

    private void believe(Page page, int size, boolean last, JsonNode answer) {
        JsonNode total = answer.path("total");
        boolean numbered = Place.isNumbered(answer);
        long before = numbered ? 0 : itemCount();
        page.doubt(believed.doubt(size, last, total));
        if (last && fromStart && (!numbered || page.number() == 1)) {
            page.doubt(believed.doubtOfAll(before + size, total.asLong(0)));
        }
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
        Page page = page(asked);
        long accepted = believed.accepted().most(FeedGuard.REQUIRED, most);
        String missing = unmappable + " of its " + size
                + " items are without what a product needs (table product_reject), or product.jq leaves them out";
        page.doubtIf(unmappable > accepted, FeedGuard.REQUIRED, unmappable, accepted, missing);
        long came = repeats(skus);
        String twice = came + " of its " + size + " items came before in the same pull";
        page.doubtIf(came > repeats, FeedGuard.REPEATED, came, repeats, twice);
    }

    private synchronized long repeats(List<String> skus) {
        long before = skus.stream().filter(seen::contains).count();
        return before + skus.size() - new HashSet<>(skus).size();
    }

    /** @throws PageRefusedException if there is a doubt that ends the pull behind a page that was stored */
    void doubt(JsonNode asked, Optional<FeedDoubt> found) {
        page(asked).doubt(found);
    }

    /**
     * Moves on behind a page that is stored.
     *
     * @param out new products of it that were left out
     */
    synchronized void advance(JsonNode asked, JsonNode answer, int size, Iterable<String> skus, int out) {
        leftOut += out;
        items += size;
        rejected += size;
        skus.forEach(sku -> {
            rejected--;
            if (!seen.add(sku)) {
                repeated.add(sku);
            }
        });
        place.advance(asked, answer);
    }

    /**
     * Looks at numbered pages when all are stored, for none of them could know that it was the last.
     *
     * @throws PageRefusedException if they are too few to be the catalogue
     */
    synchronized void believeAll(JsonNode answer) {
        if (place.pages() > 1 && sawEverything()) {
            new Page(supplier, place.pages())
                    .doubt(believed.doubtOfAll(items, answer.path("total").asLong(0)));
        }
    }

    String supplier() {
        return supplier;
    }

    Instant startedAt() {
        return place.startedAt();
    }

    synchronized long itemCount() {
        return items;
    }

    /** Pages that are stored without a gap. */
    synchronized int page() {
        return place.page();
    }

    /** How many pages there are; 0 where the supplier does not say. */
    synchronized int pages() {
        return place.pages();
    }

    SeenSkus seen() {
        return seen;
    }

    /** Skus that came more than once: which of two came last is not known when pages are read at once. */
    synchronized List<String> repeated() {
        return List.copyOf(repeated);
    }

    /**
     * Whether it goes on where another was broken off, and has not come further: suppliers forget the places in a
     * catalogue that they name, some at each restart, and refuse such a one from then on.
     */
    synchronized boolean isWhereItWentOn() {
        return place.range() == null && !fromStart && items == 0;
    }

    /** Makes the next pull begin at the first page. */
    synchronized void beginAnew() {
        anew = true;
    }

    synchronized boolean isToBeginAnew() {
        return anew || !place.isMore() || inOneAnswer;
    }

    /** The size of a page, or what a person accepted instead. */
    synchronized int usualPageSize() {
        return believed.pageSize();
    }

    private static String said(JsonNode error) {
        return error.isContainerNode() ? cut(error) : error.asText();
    }

    private static String cut(JsonNode answer) {
        String text = answer.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
