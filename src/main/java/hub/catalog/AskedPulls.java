package hub.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Pulls that are wanted before their time, here or in the process that reads the supplier. Thread-safe. */
final class AskedPulls {

    /** Under this name a process asks the one that reads a supplier for a pull. */
    private static final String NAME = "asked";

    private final Cursors cursors;
    private final Timetable times;
    private final Leadership leadership;
    private final Set<String> whole = ConcurrentHashMap.newKeySet();

    AskedPulls(Cursors cursors, Timetable times, Leadership leadership) {
        this.cursors = cursors;
        this.times = times;
        this.leadership = leadership;
    }

    boolean isElsewhere(String supplier) {
        return times.has(supplier) && !leadership.leads(supplier);
    }

    void ask(String supplier, boolean wholly) {
        if (isElsewhere(supplier)) {
            cursors.write(supplier, NAME, JsonNodeFactory.instance.objectNode().put("whole", wholly));
        } else if (times.has(supplier)) {
            askHere(supplier, wholly);
        }
    }

    /** The next look at the clock finds it due. */
    void askHere(String supplier, boolean wholly) {
        if (wholly) {
            whole.add(supplier);
        }
        times.bringForward(supplier);
    }

    /** Takes what other processes ask of this one. */
    void take() {
        List<String> ours = times.suppliers().stream().filter(leadership::leads).toList();
        cursors.take(NAME, ours)
                .forEach((supplier, asked) ->
                        askHere(supplier, asked.path("whole").asBoolean()));
    }

    /** Whether the whole catalogue is wanted, whatever was read before. */
    boolean isWhole(String supplier) {
        return whole.contains(supplier);
    }

    /** The same, of the pull that begins: it is wanted no more. */
    boolean takeWhole(String supplier) {
        return whole.remove(supplier);
    }
}
