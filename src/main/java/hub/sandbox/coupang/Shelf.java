package hub.sandbox.coupang;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.sandbox.SandboxStore;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All things of one kind, by id, kept over restarts; and which of them are due.
 *
 * <p>A thing that was changed is kept only once it is put back. Not thread-safe.
 */
final class Shelf<T extends Shelf.Thing> {

    /** What a shelf holds; its fields are what is kept. */
    interface Thing {
        long id();

        /** When something happens to it, in epoch milliseconds; 0 when nothing is planned. */
        long dueAt();
    }

    private record Due(long at, long id) {}

    private static final ObjectMapper JSON = new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

    private final SandboxStore store;
    private final String kind;
    private final NavigableMap<Long, T> things = new TreeMap<>();
    private final TreeSet<Due> agenda =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::id));

    Shelf(SandboxStore store, String kind, Class<T> type) {
        this.store = store;
        this.kind = kind;
        for (JsonNode document : store.all(kind)) {
            place(read(document, type));
        }
    }

    Optional<T> find(long id) {
        return Optional.ofNullable(things.get(id));
    }

    /** By id, oldest first. */
    Collection<T> all() {
        return Collections.unmodifiableCollection(things.values());
    }

    void put(T thing) {
        place(thing);
        store.put(kind, Long.toString(thing.id()), JSON.valueToTree(thing));
    }

    /** What is due by now; each is handed out once for each time it was planned. */
    List<T> due(Instant now) {
        List<T> due = new ArrayList<>();
        while (!agenda.isEmpty() && agenda.first().at() <= now.toEpochMilli()) {
            Due next = agenda.first();
            agenda.remove(next);
            T thing = things.get(next.id());
            // Planned anew in the meantime: the later entry counts.
            if (thing != null && thing.dueAt() == next.at()) {
                due.add(thing);
            }
        }
        return due;
    }

    private void place(T thing) {
        things.put(thing.id(), thing);
        Due due = new Due(thing.dueAt(), thing.id());
        if (due.at() > 0) {
            agenda.add(due);
        }
    }

    private static <T> T read(JsonNode document, Class<T> type) {
        try {
            return JSON.treeToValue(document, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("sandbox state of coupang is not readable; delete it to start anew", e);
        }
    }
}
