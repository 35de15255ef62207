package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.guard.Accepted;
import hub.catalog.guard.GrowthBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a supplier's pulls: when the last ones were done ({@code readTo}, {@code wholeAt}), how large the
 * catalogue and its pages were, and the place of the one that is under way ({@code open}). For one thread.
 */
final class Bookmark {

    private static final String CURSOR = "products";

    /**
     * Failures at the place where a pull went on until that is given up: the last ones are a quarter of an hour apart.
     */
    private static final int TRIES = 6;

    private final Cursors cursors;
    private final String supplier;
    private final ObjectNode kept;

    private Bookmark(Cursors cursors, String supplier, ObjectNode kept) {
        this.cursors = cursors;
        this.supplier = supplier;
        this.kept = kept;
    }

    static Bookmark of(String supplier, Cursors cursors) {
        ObjectNode kept = cursors.read(supplier, CURSOR)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        return new Bookmark(cursors, supplier, kept);
    }

    Believed believed(double share, Accepted accepted, GrowthBounds growth) {
        return Believed.of(kept.path("total").asLong(0), kept.path("pageSize").asInt(0), share, accepted, growth);
    }

    /** Items of the pull that is under way, in all processes that went on with it. */
    long items() {
        return kept.path("open").path("items").asLong(0);
    }

    /** When the last pull that was finished began, by the supplier's clock where that is behind. */
    Optional<Instant> readTo() {
        return Optional.ofNullable(instant(kept, "readTo"));
    }

    /** When the last whole pull that was finished began. */
    Optional<Instant> wholeAt() {
        return Optional.ofNullable(instant(kept, "wholeAt"));
    }

    /** Where a pull was broken off that began after that; an older place may mean nothing to the supplier by now. */
    Optional<Place> open(Instant after) {
        JsonNode open = kept.path("open");
        Instant startedAt = instant(open, "startedAt");
        return startedAt == null || !startedAt.isAfter(after)
                ? Optional.empty()
                : Optional.of(new Place(
                        instant(open, "since"),
                        startedAt,
                        open.path("next"),
                        open.path("page").asInt(),
                        open.path("pages").asInt(0)));
    }

    /** Where a new pull begins. */
    static Place first(@Nullable Instant since, Instant now) {
        return new Place(since, now, NullNode.getInstance(), 0, 0);
    }

    /** The place of a pull goes in. */
    Bookmark at(Pull pull) {
        ObjectNode open = (ObjectNode) pull.state();
        open.put("page", pull.page());
        open.put("items", pull.allItems());
        if (pull.isWhereItWentOn()) {
            open.put("tries", tries());
        }
        kept.set("open", open);
        return this;
    }

    /** Counts a pull that failed; whether so many did where it went on that the place may mean nothing any more. */
    boolean failedOften(Pull pull) {
        if (!pull.isWhereItWentOn()) {
            return false;
        }
        kept.withObject("/open").put("tries", tries() + 1);
        return tries() >= TRIES;
    }

    private int tries() {
        return kept.path("open").path("tries").asInt(0);
    }

    /** The place comes out: the next pull begins at the first page. */
    Bookmark closed() {
        kept.remove("open");
        return this;
    }

    /** How large the pages of a whole pull were at most. */
    Bookmark pages(Pull pull, int largest) {
        if (pull.isWhole()) {
            kept.put("pageSize", Math.max(pull.usualPageSize(), largest));
        }
        return this;
    }

    /**
     * A pull that is done.
     *
     * @param behind how far the supplier's clock, by which it is asked for changes since then, is behind ours
     * @param believed whether it had as many products as the supplier has
     */
    Bookmark done(Pull pull, Duration behind, boolean believed) {
        kept.put("readTo", pull.startedAt().minus(behind).toString());
        if (pull.isWhole()) {
            kept.put("wholeAt", pull.startedAt().toString());
        }
        if (pull.sawEverything() && believed) {
            kept.put("total", pull.itemCount());
        }
        return closed();
    }

    void commit() {
        cursors.write(supplier, CURSOR, kept);
    }

    private static @Nullable Instant instant(JsonNode of, String field) {
        return of.hasNonNull(field) ? Instant.parse(of.path(field).asText()) : null;
    }

    /** How long ago each was written last, by any process. */
    static Map<String, Duration> ages(Cursors cursors) {
        return cursors.ages(CURSOR);
    }
}
