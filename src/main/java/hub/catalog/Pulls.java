package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.guard.Accepted;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.GuardOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The readings of suppliers' catalogues: where one starts, what each page did, what is missing at the end.
 *
 * <p>The place is committed behind every page, so that a killed hub goes on with the page it was at. A product is ended
 * when two whole pulls in a row did not have it.
 */
@Component
public class Pulls {

    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

    private final Cursors cursors;
    private final PullOptions options;
    private final Details details;
    private final FeedJudge judge;
    private final KnownProducts known;
    private final Vanished vanished;
    private final FeedGuards feeds;
    private final GrowthGuard growth;
    private final Ranges ranges;
    private final SupplierClocks clocks;
    private final Leadership leadership;
    private final Clock clock;
    private final Timetable times;
    private final Map<String, Reading> latest = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<PullProgress>> ends = new ConcurrentHashMap<>();
    private final AskedPulls asked;
    private final Rests rests = new Rests();

    Pulls(
            Cursors cursors,
            PullOptions options,
            ProductStore products,
            KnownProducts known,
            Vanished vanished,
            FeedGuards feeds,
            GuardOptions bounds,
            GrowthGuard growth,
            Ranges ranges,
            SupplierClocks clocks,
            Leadership leadership,
            Clock clock) {
        this.cursors = cursors;
        this.options = options;
        this.details = new Details(products, cursors);
        this.judge = new FeedJudge(feeds, growth, bounds, cursors);
        this.known = known;
        this.vanished = vanished;
        this.feeds = feeds;
        this.growth = growth;
        this.ranges = ranges;
        this.clocks = clocks;
        this.leadership = leadership;
        this.clock = clock;
        this.times = new Timetable(options.retryAfter(), clock);
        this.asked = new AskedPulls(cursors, times, leadership);
    }

    /** How long ago each supplier that is read here was read last: a page of it, or the end of a pull. */
    Map<String, Duration> ages() {
        Map<String, Duration> ages = Bookmark.ages(cursors);
        ages.keySet().retainAll(times.suppliers());
        return ages;
    }

    /**
     * Whether it is time for a pull: at the start, {@code every} after the last one began, soon after one that failed.
     *
     * @param every such as {@code 10m}
     */
    public boolean due(String supplier, String every) {
        return due(supplier, every, "");
    }

    /**
     * Whether it is time for a pull, or a range waits to be read. It never is while another process reads the supplier.
     *
     * @param every such as {@code 10m}
     * @param range what a range of this supplier is asked for by: {@code time}, {@code pages}, or empty for nothing
     */
    public boolean due(String supplier, String every, String range) {
        ranges.reads(supplier, range);
        times.enter(supplier, every);
        if (!leadership.isOurs(supplier)) {
            rests.forget(supplier);
            times.bringForward(supplier); // whoever read it may leave a pull half done
            return false;
        }
        // A range leaves the time of the usual pull as it is; one that gave way is not due before that.
        return ranges.isDue(supplier) || times.due(supplier, every);
    }

    /**
     * Begins a pull, or goes on with one that was broken off.
     *
     * @param incremental whether the supplier can be asked for changes only
     */
    public Pull begin(String supplier, boolean incremental) {
        known.dropIfSetBack(supplier);
        int setBacks = known.setBacks(supplier);
        Bookmark kept = Bookmark.of(supplier, cursors);
        Accepted accepted = feeds.accepted(supplier);
        boolean first = kept.wholeAt().isEmpty();
        growth.begin(supplier, first, accepted);
        Believed believed = kept.believed(options.believableShare(), accepted, growth.bounds(supplier));
        Function<Pull, Reading> reads = pull -> new Reading(pull, growth.of(supplier, first, accepted), setBacks);
        Reading reading = ranges.begin(supplier, believed)
                .map(reads)
                .or(() -> rested(supplier))
                .orElseGet(() -> reads.apply(usual(supplier, incremental, kept, believed)));
        latest.put(supplier, reading);
        return reading.pull();
    }

    private Pull usual(String supplier, boolean incremental, Bookmark kept, Believed believed) {
        Place place = place(supplier, incremental, kept);
        Pull pull = new Pull(supplier, place, believed);
        if (place.page() > 0) {
            pull.goOnBehind(kept.items());
        }
        return pull;
    }

    private Optional<Reading> rested(String supplier) {
        Optional<Reading> rested = rests.end(supplier, now()).filter(reading -> !asked.isWhole(supplier));
        rested.ifPresent(reading -> reading.pull().goOn());
        return rested;
    }

    private Place place(String supplier, boolean incremental, Bookmark kept) {
        Instant old = now().minus(options.fullEvery());
        return asked.takeWhole(supplier)
                ? Bookmark.first(null, now())
                : kept.open(old).orElseGet(() -> Bookmark.first(incremental ? since(kept, old) : null, now()));
    }

    /** From when on changes are asked for; null where a whole pull is due. */
    private @Nullable Instant since(Bookmark kept, Instant old) {
        return kept.wholeAt()
                .filter(whole -> whole.isAfter(old))
                .flatMap(whole -> kept.readTo())
                .map(readTo -> readTo.minus(options.overlap()))
                .orElse(null);
    }

    /**
     * Makes a pull begin at the next look at the clock.
     *
     * @param whole whether the whole catalogue is read from its first page, whatever was read before
     * @return what becomes of it; empty where no supplier of that name is read here, or one is being read now
     */
    public Optional<CompletableFuture<PullProgress>> start(String supplier, boolean whole) {
        Reading before = latest.get(supplier);
        // A range that runs is none: it gives way.
        boolean running = before != null
                && before.pull().range() == null
                && before.pull().progress().running();
        if (running || !times.has(supplier)) {
            return Optional.empty();
        }
        CompletableFuture<PullProgress> end = ends.computeIfAbsent(supplier, s -> new CompletableFuture<>());
        asked.ask(supplier, whole);
        return Optional.of(end);
    }

    /** Whether another process reads a supplier; it takes within a second what is asked for here. */
    public boolean isReadElsewhere(String supplier) {
        return asked.isElsewhere(supplier);
    }

    /**
     * Makes a pull begin at the next look at the clock, in whichever process reads the supplier. To be called where
     * what kept a pull from its end was decided, too.
     *
     * @param whole whether the whole catalogue is read from its first page, whatever was read before
     */
    public void ask(String supplier, boolean whole) {
        asked.ask(supplier, whole);
    }

    /** Begins the pulls that other processes asked for, of the suppliers that this one reads. */
    public void takeAsked() {
        asked.take();
    }

    /** How far the readings of this process are, by supplier; of each the last. */
    public List<PullProgress> progress() {
        return times.suppliers().stream()
                .map(latest::get)
                .filter(Objects::nonNull)
                .map(reading -> progress(reading.pull()))
                .toList();
    }

    private PullProgress progress(Pull pull) {
        PullProgress progress = pull.progress();
        boolean comesAgain = !progress.failure().isEmpty() && pull.range() == null;
        return comesAgain ? progress.triedAgain(times.next(pull.supplier())) : progress;
    }

    /** Whether a supplier is read by this process at all. */
    public boolean reads(String supplier) {
        return times.has(supplier);
    }

    /** Ends a pull that cannot go on; the next one goes on where it was, later each time it comes no further. */
    public void breakOff(@Nullable Pull pull, String why) {
        if (pull != null) {
            end(pull, why, true);
        }
    }

    private void end(Pull pull, String why, boolean failed) {
        Reading reading = latest.get(pull.supplier());
        boolean isFirst = pull.breakOff(why);
        boolean isSetBack = reading != null && reading.pull() == pull && isSetBack(reading);
        if (leadership.isLost(pull.supplier()) || (isSetBack && pull.range() != null)) {
            ranges.leave(pull); // its place is another process's, or the one that Postgres was set back to
            ended(pull);
        } else if (reading != null && reading.pull() == pull && pull.range() != null) {
            ranges.failed(pull, why);
        } else if (reading != null && reading.pull() == pull) {
            synchronized (pull) {
                if (isSetBack) {
                    pull.beginAnew();
                }
                leave(pull, failed && isFirst);
            }
            if (isFirst) {
                times.failed(pull.supplier(), pull.page());
            }
            ended(pull);
        }
    }

    /**
     * Lets a pull rest whose next page has to wait for its budget; what it read counts still. Nothing failed, and it is
     * tried again when the wait is over.
     *
     * @param millis from now on; beyond a minute a usual pull is broken off, and goes on where it was
     */
    public void putBack(@Nullable Pull pull, String why, long millis) {
        if (pull == null) {
            return;
        }
        Duration wait = Duration.ofMillis(millis);
        Reading reading = latest.get(pull.supplier());
        if (reading == null || reading.pull() != pull || !pull.progress().running()) {
            return;
        }
        if (pull.range() != null) {
            pull.rest();
        } else {
            if (wait.compareTo(Rests.LONGEST) <= 0) {
                rests.begin(reading, now().plus(wait));
            } else {
                end(pull, why, false);
            }
            times.again(pull.supplier(), wait);
        }
    }

    /** What was read to its end and is not believed is read again from its start. */
    private void leave(Pull pull, boolean failed) {
        Bookmark kept = Bookmark.of(pull.supplier(), cursors);
        if (failed && kept.failedOften(pull)) {
            pull.beginAnew();
        }
        (pull.isToBeginAnew() ? kept.closed() : kept.at(pull)).commit();
    }

    private void ended(Pull pull) {
        CompletableFuture<PullProgress> end = ends.remove(pull.supplier());
        if (end != null) {
            end.complete(pull.progress());
        }
    }

    /**
     * The pages of an answer, one by one.
     *
     * @param answer a page, or an iterator over those that one answer was cut into
     */
    public Iterator<?> pages(Pull pull, Object answer) {
        if (answer instanceof Iterator<?> pages) {
            pull.takeInOneAnswer();
            return pages;
        }
        return List.of(answer).iterator();
    }

    /** What a page was asked for with; of those of one answer only the first was asked for. */
    public JsonNode asked(Pull pull, JsonNode asked) {
        return pull.isInOneAnswer() ? pull.state() : asked;
    }

    /** The batches that a page is stored in. */
    public List<List<Product>> batches(List<Product> page) {
        List<List<Product>> batches = new ArrayList<>();
        for (int from = 0; from < page.size(); from += options.batch()) {
            batches.add(page.subList(from, Math.min(page.size(), from + options.batch())));
        }
        return batches;
    }

    /** What its batches wrote, or nothing when a page had none. */
    public Upserted total(Object batches) {
        return batches instanceof Upserted upserted ? upserted : Upserted.NOTHING;
    }

    /** The items of a page that is believed; see {@link Pull#items}. A feed that is not believed is held. */
    public List<JsonNode> items(Pull pull, JsonNode asked, JsonNode answer, @Nullable String refusal) {
        return judge.items(pull, asked, answer, refusal == null ? "" : refusal);
    }

    /**
     * The products of a page that is believed still when its items are mapped; see {@link Pull#judge}. A feed that is
     * not believed is held.
     *
     * @param same skus of items that were sent exactly as before
     * @param products what the others were mapped to
     */
    public List<Product> judge(Pull pull, JsonNode asked, JsonNode answer, List<String> same, List<Product> products) {
        return judge.mapped(pull, asked, answer, same, products);
    }

    /**
     * Moves on behind a page that is stored. The place is committed behind every page; of numbered pages, which come by
     * the dozen, once a second; of pages that came in one answer never.
     *
     * @param same skus of items that were sent exactly as before
     * @param page what the others were mapped to
     */
    public void advance(
            Pull pull, JsonNode asked, JsonNode answer, List<String> same, List<Product> page, Upserted upserted) {
        int size = answer.path("items").size();
        ReadElsewhereException.check(leadership, pull.supplier());
        Reading reading = latest.get(pull.supplier());
        List<String> skus = new ArrayList<>(same);
        page.stream()
                .map(Product::sku)
                .filter(sku -> !upserted.refused().contains(sku))
                .forEach(skus::add);
        synchronized (pull) {
            pull.advance(asked, answer, size, skus, upserted.leftOut().size());
            if (reading == null || reading.pull() != pull) {
                return; // a page of a pull that was broken off, and that another one reads again
            }
            refuseIfSetBack(pull, reading);
            reading.add(size, same.size(), page.size(), upserted);
            growth.look(pull, reading.growth());
            if (pull.isRead()) {
                judge.all(pull, answer);
                reading.say();
                if (pull.range() == null) {
                    finish(pull, reading);
                } else {
                    known.forget(pull.supplier(), pull.repeated());
                    growth.release(pull, growth.settle(pull, reading.growth()), false);
                    pull.finish(now());
                    ranges.done(pull);
                }
                return;
            }
            judge.more(pull, asked, reading.growth());
            if (givesWay(pull)) {
                commit(pull, reading);
                ranges.giveWay(pull);
            } else if (reading.isCommitDue() || (!pull.isInOneAnswer() && (pull.pages() == 0 || pull.isResting()))) {
                commit(pull, reading);
            }
        }
    }

    /** Looks before the place is written: it would stand for pages whose products are lost. */
    private void refuseIfSetBack(Pull pull, Reading reading) {
        if (pull.isRead() || pull.pages() == 0 || reading.isCommitDue() || isSetBack(reading)) {
            known.refuseIfSetBack(pull.supplier(), reading.setBacks());
        }
    }

    private boolean isSetBack(Reading reading) {
        return known.setBacks(reading.pull().supplier()) != reading.setBacks();
    }

    /** Once it does, it does behind each page that was on its way, too: all of them are committed. */
    private boolean givesWay(Pull pull) {
        return pull.canRest() && (ranges.hasGivenWay(pull.supplier()) || times.isDue(pull.supplier()));
    }

    private void commit(Pull pull, Reading reading) {
        reading.committed();
        if (pull.range() != null) {
            ranges.place(pull);
        } else if (!pull.isToBeginAnew()) {
            Bookmark.of(pull.supplier(), cursors)
                    .pages(pull, reading.largest())
                    .at(pull)
                    .commit();
        }
        reading.say();
    }

    private void finish(Pull pull, Reading reading) {
        GrowthGuard.End end = growth.settle(pull, reading.growth());
        Bookmark kept = Bookmark.of(pull.supplier(), cursors)
                .pages(pull, reading.largest())
                .done(pull, clocks.behind(pull.supplier()), end != GrowthGuard.End.HELD);
        times.done(pull.supplier());
        known.forget(pull.supplier(), pull.repeated());
        boolean shrunk = pull.sawEverything() && !vanished.after(pull);
        growth.release(pull, end, shrunk);
        vanished.unmappable(pull.supplier());
        feeds.healed(pull.supplier(), pull.isWhole(), pull.sawEverything(), shrunk, end != GrowthGuard.End.BELIEVED);
        if (end != GrowthGuard.End.HELD && reading.growth().leftOut() > 0) {
            asked.askHere(pull.supplier(), true); // what was left out while its growth was doubted is taken now
        }
        kept.commit();
        pull.finish(now());
        LOG.info(
                "{} {} pull done: {} items, {} written, in {} s",
                pull.supplier(),
                pull.isWhole() ? "whole" : "incremental",
                pull.itemCount(),
                reading.written(),
                Duration.between(pull.startedAt(), now()).toSeconds());
        ended(pull);
    }

    /**
     * The next skus whose details have to be read one by one: what changed, then the whole catalogue in turn; none
     * while another process reads the supplier.
     */
    public List<String> details(String supplier, int atMost) {
        return leadership.isOurs(supplier) ? details.next(supplier, atMost) : List.of();
    }

    /** When the last pull of a supplier that was finished began, by the supplier's clock where that is behind. */
    public Optional<Instant> readTo(String supplier) {
        return Bookmark.of(supplier, cursors).readTo();
    }

    private Instant now() {
        return clock.instant();
    }
}
