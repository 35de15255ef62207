package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.ownerclan.Catalog.Stamp;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code allItems}: filters and orders. By date it reads only the page; by name or price, the whole catalogue. */
final class ItemSearch {

    private static final int SEVENTH = 7;
    private static final List<String> NOT_PLAYED = List.of("vcode", "vprdcode", "shippingLocationType");

    private final Catalog catalog;
    private final ObjectNode arguments;
    private final boolean half;
    private final boolean shrunk;

    /** @param faults {@code half-catalogue} hides the second half of the numbers, {@code shrink} every seventh */
    ItemSearch(Catalog catalog, ObjectNode arguments, Set<String> faults) {
        this.catalog = catalog;
        this.arguments = arguments;
        this.half = faults.contains("half-catalogue");
        this.shrunk = faults.contains("shrink");
        for (String name : NOT_PLAYED) {
            if (arguments.hasNonNull(name)) {
                throw new GraphqlException("The sandbox does not filter by " + name + ".")
                        .about(name, arguments.get(name));
            }
        }
    }

    /** What follows the cursor. */
    Iterator<Item> items(Listing listing) {
        String sort = arguments.path("sortBy").asText("dateDesc");
        boolean ascending = sort.endsWith("Asc") != listing.backwards();
        if (sort.startsWith("date")) {
            return new Matching(catalog.behind(start(listing, ascending), ascending), ascending);
        }
        Comparator<Item> order = (sort.startsWith("name")
                        ? Comparator.comparing(Item::name)
                        : Comparator.comparingLong((Item item) -> item.now().won()))
                .thenComparing(Item::key);
        return best(listing, ascending ? order : order.reversed());
    }

    static String place(Item item) {
        return item.now().updatedAt() + ":" + item.goods().number();
    }

    private Stamp start(Listing listing, boolean ascending) {
        Stamp bound = ascending
                ? new Stamp(arguments.path("dateFrom").asLong(0), -1)
                : new Stamp(arguments.path("dateTo").asLong(Long.MAX_VALUE / 2), Integer.MAX_VALUE);
        if (listing.cursor().isEmpty()) {
            return bound;
        }
        Stamp cursor = stamp(listing.cursor());
        return ascending == (cursor.compareTo(bound) > 0) ? cursor : bound;
    }

    /** One more than the page, so that it can tell whether more follow. */
    private Iterator<Item> best(Listing listing, Comparator<Item> order) {
        @Nullable
        Item after = listing.cursor().isEmpty()
                ? null
                : catalog.item(stamp(listing.cursor()).number());
        PriorityQueue<Item> kept = new PriorityQueue<>(order.reversed());
        IntStream.range(0, catalog.size()).mapToObj(catalog::item).forEach(item -> {
            if (matches(item) && (after == null || order.compare(item, after) > 0)) {
                kept.add(item);
                if (kept.size() > listing.size() + 1) {
                    kept.remove();
                }
            }
        });
        return kept.stream().sorted(order).iterator();
    }

    private static Stamp stamp(String cursor) {
        String[] parts = cursor.split(":", -1);
        try {
            return new Stamp(Long.parseLong(parts[0]), Integer.parseInt(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            throw new GraphqlException("잘못된 커서입니다.");
        }
    }

    private boolean matches(Item item) {
        Change now = item.now();
        return !(half && item.goods().number() >= catalog.size() / 2)
                && !(shrunk && item.goods().number() % SEVENTH == 0)
                && now.updatedAt() >= arguments.path("dateFrom").asLong(0)
                && now.updatedAt() <= arguments.path("dateTo").asLong(Long.MAX_VALUE)
                && now.won() >= arguments.path("minPrice").asDouble(0)
                && now.won() <= arguments.path("maxPrice").asDouble(Double.MAX_VALUE)
                && item.name().contains(arguments.path("search").asText(""))
                && is("vendor", item.vendorKey())
                && is("status", now.status())
                && is("category", item.categoryKey())
                && is("grade", item.grade())
                && is("openmarketSellable", Boolean.toString(item.openmarketSellable()))
                && is("isUsed", "false")
                && hasAttributes(item);
    }

    private boolean is(String argument, String value) {
        return !arguments.hasNonNull(argument)
                || arguments.get(argument).asText().equals(value);
    }

    private boolean hasAttributes(Item item) {
        for (JsonNode wanted : arguments.path("attributes")) {
            if (!item.attributes().contains(wanted.asText())) {
                return false;
            }
        }
        return true;
    }

    /** Stops where the window of time ends, so that a small window of a large catalogue is cheap. */
    private final class Matching implements Iterator<Item> {

        private final Iterator<Stamp> stamps;
        private final long end;
        private final boolean ascending;
        private @Nullable Item next;

        Matching(Iterator<Stamp> stamps, boolean ascending) {
            this.stamps = stamps;
            this.ascending = ascending;
            this.end = ascending
                    ? arguments.path("dateTo").asLong(Long.MAX_VALUE)
                    : arguments.path("dateFrom").asLong(0);
            this.next = find();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Item next() {
            Item found = next;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = find();
            return found;
        }

        private @Nullable Item find() {
            while (stamps.hasNext()) {
                Stamp stamp = stamps.next();
                if (ascending ? stamp.updatedAt() > end : stamp.updatedAt() < end) {
                    return null;
                }
                Item item = catalog.item(stamp.number());
                if (matches(item)) {
                    return item;
                }
            }
            return null;
        }
    }
}
