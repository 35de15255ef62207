package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.ToLongFunction;

/**
 * All items: the goods on sale and, behind them, a few that were ended or sold out before the hub came, which no list
 * shows and only getItemView knows. Drawn when asked for, with what has changed since kept in the store, so that a
 * million of them cost little memory. Thread-safe.
 */
final class Catalogue {

    private static final String KIND = "ware";
    private static final int SEARCHES_KEPT = 8;
    private static final int GONE = 40;

    private final long seed;
    private final int size;
    private final SandboxStore store;
    private final Map<Search, Shelf> shelves = new LinkedHashMap<>(16, 0.75f, true);

    Catalogue(long seed, int size, SandboxStore store) {
        this.seed = seed;
        this.size = size;
        this.store = store;
    }

    /** How many goods are on sale until something changes. */
    int size() {
        return size;
    }

    Optional<Ware> find(String no) {
        if (!no.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(no) - Ware.FIRST;
        return number < 0 || number >= size + GONE ? Optional.empty() : Optional.of(ware((int) number));
    }

    Ware ware(int number) {
        Ware drawn = number < size ? Ware.drawn(seed, number) : Ware.gone(seed, number);
        return store.get(KIND, Long.toString(drawn.no())).map(drawn::with).orElse(drawn);
    }

    /**
     * Replaces an item.
     *
     * @param status what getAllSupplyChk calls the change; empty for one that it does not tell, which leaves the last
     */
    synchronized void save(Ware ware, String status, Instant at) {
        String id = Long.toString(ware.no());
        ObjectNode changes = ware.changes();
        if (status.isEmpty()) {
            JsonNode before = store.get(KIND, id).orElse(Loose.object());
            changes.put("status", before.path("status").asText());
            changes.put("at", before.path("at").asLong());
        } else {
            changes.put("status", status).put("at", at.toEpochMilli());
        }
        store.put(KIND, id, changes.put("no", ware.no()));
        shelves.forEach((search, shelf) -> shelf.put(ware.goods().number(), search.finds(ware)));
    }

    /** What changed, as {@link #save} wrote it, by item number; the last change of each item only. */
    List<JsonNode> changes() {
        return store.all(KIND);
    }

    /** How many goods on sale a search finds. */
    synchronized int count(Search search) {
        return shelf(search).size();
    }

    /**
     * The goods at the given positions of a search's result.
     *
     * @param order the {@code so} of the contract
     */
    synchronized List<Ware> at(Search search, String order, int[] positions) {
        Shelf shelf = shelf(search);
        return switch (order) {
            case "", "rd", "se", "ha" -> pick(positions, shelf::at);
            case "da" -> pick(positions, position -> shelf.at(shelf.size() - 1 - position));
            case "aa" -> pick(positions, sorted(shelf, Ware::won));
            case "ad" -> pick(positions, sorted(shelf, ware -> -ware.won()));
            case "sd" -> pick(positions, sorted(shelf, ware -> ware.traits().vendor()));
            case "qa" -> pick(positions, sorted(shelf, ware -> ware.traits().unit()));
            case "qd" -> pick(positions, sorted(shelf, ware -> -ware.traits().unit()));
            default -> throw Parameters.invalid("so");
        };
    }

    private List<Ware> pick(int[] positions, IntUnaryOperator numberAt) {
        return Arrays.stream(positions).map(numberAt).mapToObj(this::ware).toList();
    }

    private IntUnaryOperator sorted(Shelf shelf, ToLongFunction<Ware> by) {
        long[] keyed = shelf.numbers()
                .mapToLong(number -> (by.applyAsLong(ware(number)) << 32) + number)
                .sorted()
                .toArray();
        return position -> (int) keyed[position];
    }

    private Shelf shelf(Search search) {
        Shelf known = shelves.get(search);
        if (known != null) {
            return known;
        }
        Shelf shelf = new Shelf(size);
        for (int number = 0; number < size; number++) {
            shelf.put(number, search.finds(ware(number)));
        }
        if (shelves.size() >= SEARCHES_KEPT) {
            shelves.remove(shelves.keySet().iterator().next());
        }
        shelves.put(search, shelf);
        return shelf;
    }
}
