package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.sandbox.Goods;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All items. An unchanged one is made anew whenever it is asked for; only changes are kept, in the store.
 *
 * <p>Not thread-safe: the simulator holds its lock.
 */
final class Catalog {

    /** The place of an item in the order of modification. */
    record Stamp(long updatedAt, int number) implements Comparable<Stamp> {

        private static final Comparator<Stamp> ORDER =
                Comparator.comparingLong(Stamp::updatedAt).thenComparingInt(Stamp::number);

        @Override
        public int compareTo(Stamp other) {
            return ORDER.compare(this, other);
        }
    }

    private static final String KIND = "item";
    private static final long CREATED = 1_709_251_200_000L; // 2024-03-01
    private static final long UPDATED = 1_740_787_200_000L; // 2025-03-01, one item a second from then on
    private static final long STEP = 1000;

    private final SandboxOptions options;
    private final SandboxStore store;
    private final NavigableSet<Stamp> changed = new TreeSet<>();

    Catalog(SandboxOptions options, SandboxStore store) {
        this.options = options;
        this.store = store;
        for (JsonNode text : store.all(KIND)) {
            Change change = Change.of(text.asText());
            changed.add(new Stamp(change.updatedAt(), change.number()));
        }
    }

    static long createdAt(int number) {
        return CREATED + number * STEP;
    }

    int size() {
        return options.products();
    }

    /** @param number from 0 to {@link #size()} - 1 */
    Item item(int number) {
        Goods goods = Goods.of(options.seed(), "ownerclan", number);
        Change now = change(number).orElseGet(() -> Item.original(goods, UPDATED + number * STEP));
        return new Item(goods, now, options.imageUrl("ownerclan", number));
    }

    Optional<Item> item(String key) {
        int number = Item.number(key);
        return number >= 0 && number < size() ? Optional.of(item(number)) : Optional.empty();
    }

    void put(Change change) {
        change(change.number()).ifPresent(old -> changed.remove(new Stamp(old.updatedAt(), old.number())));
        changed.add(new Stamp(change.updatedAt(), change.number()));
        store.put(KIND, Item.key(change.number()), TextNode.valueOf(change.text()));
    }

    /** The items in the order of their last modification, from behind {@code after} on. */
    Iterator<Stamp> behind(Stamp after, boolean ascending) {
        return new Walk(after, ascending);
    }

    private Optional<Change> change(int number) {
        return store.get(KIND, Item.key(number)).map(text -> Change.of(text.asText()));
    }

    /** Merges the unchanged items, which lie one second apart, with the changed ones. */
    private final class Walk implements Iterator<Stamp> {

        private final boolean ascending;
        private final Iterator<Stamp> fresh;
        private @Nullable Stamp nextFresh;
        private @Nullable Stamp nextPlain;

        Walk(Stamp after, boolean ascending) {
            this.ascending = ascending;
            this.fresh = ascending
                    ? changed.tailSet(after, false).iterator()
                    : changed.headSet(after, false).descendingIterator();
            this.nextFresh = fresh.hasNext() ? fresh.next() : null;
            this.nextPlain = plain(first(after));
        }

        @Override
        public boolean hasNext() {
            return nextFresh != null || nextPlain != null;
        }

        @Override
        public Stamp next() {
            Stamp one = nextFresh;
            Stamp two = nextPlain;
            if (one != null && (two == null || ascending == (one.compareTo(two) < 0))) {
                nextFresh = fresh.hasNext() ? fresh.next() : null;
                return one;
            }
            if (two == null) {
                throw new NoSuchElementException();
            }
            nextPlain = plain(two.number() + (ascending ? 1 : -1));
            return two;
        }

        private int first(Stamp after) {
            int near = (int) Math.max(0, Math.min(size(), (after.updatedAt() - UPDATED) / STEP));
            int number = ascending ? near : Math.min(size() - 1, near + 1);
            while (number >= 0 && number < size() && !beyond(stamp(number), after)) {
                number += ascending ? 1 : -1;
            }
            return number;
        }

        private boolean beyond(Stamp stamp, Stamp after) {
            return ascending ? stamp.compareTo(after) > 0 : stamp.compareTo(after) < 0;
        }

        private @Nullable Stamp plain(int from) {
            int number = from;
            while (number >= 0
                    && number < size()
                    && store.get(KIND, Item.key(number)).isPresent()) {
                number += ascending ? 1 : -1;
            }
            return number >= 0 && number < size() ? stamp(number) : null;
        }

        private Stamp stamp(int number) {
            return new Stamp(UPDATED + number * STEP, number);
        }
    }
}
