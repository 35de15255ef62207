package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.FeedGuards.Gone;
import hub.catalog.guard.GuardOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.jdbc.core.JdbcTemplate;
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
    private static final String CURSOR = "products";

    private final Cursors cursors;
    private final PullOptions options;
    private final ProductStore products;
    private final KnownProducts known;
    private final FeedGuards feeds;
    private final GuardOptions bounds;
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<String, Instant> nextAt = new ConcurrentHashMap<>();
    private final Map<String, Duration> periods = new ConcurrentHashMap<>();

    Pulls(
            Cursors cursors,
            PullOptions options,
            ProductStore products,
            KnownProducts known,
            FeedGuards feeds,
            GuardOptions bounds,
            JdbcTemplate jdbc,
            Clock clock) {
        this.cursors = cursors;
        this.options = options;
        this.products = products;
        this.known = known;
        this.feeds = feeds;
        this.bounds = bounds;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Whether it is time for a pull: at the start, {@code every} after the last one began, soon after one that failed.
     *
     * @param every such as {@code 10m}
     */
    public boolean due(String supplier, String every) {
        Instant now = now();
        if (now.isBefore(nextAt.getOrDefault(supplier, Instant.EPOCH))) {
            return false;
        }
        Duration period = DurationStyle.detectAndParse(every);
        periods.put(supplier, period);
        Duration soon = options.retryAfter().compareTo(period) < 0 ? options.retryAfter() : period;
        nextAt.put(supplier, now.plus(soon));
        return true;
    }

    /**
     * Begins a pull, or goes on with one that was broken off.
     *
     * @param incremental whether the supplier can be asked for changes only
     */
    public Pull begin(String supplier, boolean incremental) {
        JsonNode cursor = cursors.read(supplier, CURSOR).orElse(JsonNodeFactory.instance.objectNode());
        Pull.Usual usual = Pull.Usual.of(
                cursor.path("total").asLong(0), cursor.path("pageSize").asInt(0), feeds.accepted(supplier));
        JsonNode open = cursor.path("open");
        if (isGoingOn(open)) {
            return new Pull(
                    supplier,
                    instant(open, "since"),
                    Instant.parse(open.path("startedAt").asText()),
                    usual,
                    options.believableShare(),
                    open.path("next"),
                    open.path("page").asInt());
        }
        return new Pull(
                supplier,
                since(cursor, incremental),
                now(),
                usual,
                options.believableShare(),
                NullNode.getInstance(),
                0);
    }

    /** One that is older is begun anew: the place it was at may mean nothing to the supplier by now. */
    private boolean isGoingOn(JsonNode open) {
        Instant startedAt = instant(open, "startedAt");
        return startedAt != null && startedAt.plus(options.fullEvery()).isAfter(now());
    }

    private @Nullable Instant since(JsonNode cursor, boolean incremental) {
        Instant readTo = instant(cursor, "readTo");
        Instant whole = instant(cursor, "wholeAt");
        boolean fresh = whole != null && whole.plus(options.fullEvery()).isAfter(now());
        return incremental && fresh && readTo != null ? readTo.minus(options.overlap()) : null;
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
    public List<JsonNode> items(Pull pull, JsonNode answer) {
        return held(pull, () -> pull.items(answer));
    }

    /**
     * The products of a page that is believed still when its items are mapped; see {@link Pull#judge}. A feed that is
     * not believed is held.
     *
     * @param products what its items were mapped to
     */
    public List<Product> judge(Pull pull, JsonNode answer, List<Product> products) {
        int size = answer.path("items").size();
        List<String> skus = products.stream().map(Product::sku).toList();
        return held(pull, () -> {
            pull.judge(size, size - products.size(), bounds.unmappable(size), skus, bounds.repeated(size));
            return products;
        });
    }

    private <T> T held(Pull pull, Supplier<T> look) {
        try {
            return look.get();
        } catch (PageRefusedException e) {
            e.doubt().ifPresent(doubt -> {
                feeds.hold(pull.supplier(), doubt);
                if (doubt.guard().isOfTheWhole()) {
                    cursors.write(
                            pull.supplier(), CURSOR, cursor(pull.supplier()).without("open"));
                }
            });
            throw e;
        }
    }

    /** Commits that a page is stored, and says in one line what it was. */
    public void advance(Pull pull, JsonNode answer, List<Product> page, Upserted upserted) {
        List<JsonNode> items = pull.items(answer);
        pull.advance(answer, items, page.stream().map(Product::sku).toList());
        LOG.info(
                "{} page {}: {} items, {} unmappable, {} written ({} new, {} changed)",
                pull.supplier(),
                pull.page(),
                items.size(),
                items.size() - page.size(),
                upserted.written(),
                upserted.inserted(),
                upserted.updated());
        ObjectNode cursor = cursor(pull.supplier());
        if (pull.isMore()) {
            ObjectNode open = (ObjectNode) pull.state();
            open.put("page", pull.page());
            cursor.set("open", open);
        }
        if (pull.isWhole()) {
            int before = pull.page() == 1
                    ? pull.usualPageSize()
                    : cursor.path("pageSize").asInt(0);
            cursor.put("pageSize", Math.max(before, items.size()));
        }
        if (!pull.isMore()) {
            finish(pull, cursor);
        }
        cursors.write(pull.supplier(), CURSOR, cursor);
    }

    private void finish(Pull pull, ObjectNode cursor) {
        cursor.remove("open");
        Instant next = now().plus(periods.getOrDefault(pull.supplier(), Duration.ZERO));
        nextAt.put(pull.supplier(), next);
        cursor.put("readTo", pull.startedAt().toString());
        if (pull.isWhole()) {
            cursor.put("wholeAt", pull.startedAt().toString());
        }
        boolean shrunk = false;
        if (pull.sawEverything()) {
            cursor.put("total", pull.itemCount());
            shrunk = missing(pull);
        }
        feeds.healed(pull.supplier(), pull.isWhole(), pull.sawEverything(), shrunk);
        LOG.info(
                "{} {} pull done: {} items in {} s",
                pull.supplier(),
                pull.isWhole() ? "whole" : "incremental",
                pull.itemCount(),
                Duration.between(pull.startedAt(), now()).toSeconds());
    }

    /**
     * Ends what two whole pulls in a row did not have, unless so much is missing that the feed is not believed. An item
     * that was there and could not be mapped is not missing.
     *
     * @return whether so much is missing
     */
    private boolean missing(Pull pull) {
        List<String> missing = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        List<String> back = new ArrayList<>();
        int[] there = {0};
        jdbc.query(
                "select sku, missing_since is not null, state <> 'ended' from product p where supplier = ? and not exists"
                        + " (select 1 from product_reject r where r.supplier = p.supplier and r.sku = p.sku)",
                row -> {
                    there[0] += row.getBoolean(3) ? 1 : 0;
                    boolean seen = pull.seen().contains(row.getString(1));
                    if (seen && row.getBoolean(2)) {
                        back.add(row.getString(1));
                    } else if (!seen && row.getBoolean(3)) {
                        (row.getBoolean(2) ? twice : missing).add(row.getString(1));
                    }
                },
                pull.supplier());
        // Still marked though it was there: Redis took it for known when it came back, so the next pull stores it.
        known.forget(pull.supplier(), back);
        Gone gone = new Gone(missing, twice);
        Gone believed = feeds.believed(pull.supplier(), gone, mostMissing(there[0]), there[0]);
        jdbc.update(
                "update product set missing_since = now() where supplier = ? and sku = any (?)",
                pull.supplier(),
                believed.missing().toArray(String[]::new));
        products.end(pull.supplier(), believed.again());
        known.forget(pull.supplier(), believed.missing());
        known.forget(pull.supplier(), believed.again());
        return believed.size() < gone.size();
    }

    private long mostMissing(int there) {
        return (long) Math.min(options.maxVanished(), Math.max(1, there * options.maxVanishedShare()));
    }

    /** The next skus whose details have to be read one by one: what changed, then the whole catalogue in turn. */
    public List<String> details(String supplier, int atMost) {
        List<String> skus = new ArrayList<>(products.detailsDue(supplier, atMost));
        products.postpone(supplier, skus);
        if (skus.size() < atMost) {
            skus.addAll(inTurn(supplier, atMost - skus.size()));
        }
        return skus;
    }

    private List<String> inTurn(String supplier, int atMost) {
        String after = cursors.read(supplier, "details")
                .map(state -> state.path("after").asText())
                .orElse("");
        List<String> next = products.behind(supplier, after, atMost);
        String reached = next.size() < atMost ? "" : next.get(next.size() - 1);
        cursors.write(supplier, "details", JsonNodeFactory.instance.objectNode().put("after", reached));
        return next;
    }

    /** When the last pull of a supplier was finished. */
    public Optional<Instant> readTo(String supplier) {
        return cursors.read(supplier, CURSOR).map(cursor -> instant(cursor, "readTo"));
    }

    private ObjectNode cursor(String supplier) {
        return cursors.read(supplier, CURSOR)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static @Nullable Instant instant(JsonNode of, String field) {
        return of.hasNonNull(field) ? Instant.parse(of.path(field).asText()) : null;
    }

    private Instant now() {
        return clock.instant();
    }
}
