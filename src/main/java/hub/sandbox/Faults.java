package hub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The faults that are on. Forgotten at a restart. Thread-safe. */
final class Faults {

    /**
     * What hits one call.
     *
     * @param wire at most one, the oldest; the others wait for another call
     * @param content names for the simulator
     */
    record Hit(Optional<Fault> wire, Set<String> content) {

        /** For the journal; empty when nothing hit. */
        String names() {
            Set<String> names = new TreeSet<>(content);
            wire.ifPresent(fault -> names.add(fault.name()));
            return String.join(",", names);
        }
    }

    private final TreeMap<Long, Fault> faults = new TreeMap<>();
    private final Collection<Simulator> simulators;
    private final Random random;
    private long last;

    Faults(Collection<Simulator> simulators, long seed) {
        this.simulators = simulators;
        this.random = new Random(seed);
    }

    /** @throws IllegalArgumentException when nobody could play it; nothing is added */
    synchronized Fault add(JsonNode wish) {
        Fault fault = Fault.of(last + 1, wish);
        Set<String> known = new TreeSet<>(Fault.WIRE);
        boolean partnerKnown = fault.partner().isEmpty();
        for (Simulator simulator : simulators) {
            if (fault.partner().isEmpty() || fault.partner().equals(simulator.partner())) {
                known.addAll(simulator.contentFaults());
                partnerKnown = true;
            }
        }
        if (!partnerKnown || !known.contains(fault.name())) {
            throw new IllegalArgumentException("fault \"" + fault.name() + "\" of partner \"" + fault.partner()
                    + "\" is unknown; known are " + (partnerKnown ? known : partners()));
        }
        last = fault.id();
        faults.put(fault.id(), fault);
        return fault;
    }

    synchronized Collection<Fault> all() {
        return Set.copyOf(faults.values()).stream()
                .sorted((one, two) -> Long.compare(one.id(), two.id()))
                .toList();
    }

    synchronized boolean remove(long id) {
        return faults.remove(id) != null;
    }

    synchronized void clear() {
        faults.clear();
    }

    /** Draws the faults of one call and counts them down. */
    synchronized Hit hit(String partner, String operation) {
        Optional<Fault> wire = Optional.empty();
        Set<String> content = new TreeSet<>();
        for (Fault fault : all()) {
            boolean taken = fault.ofTheWire() && wire.isPresent();
            if (taken || !fault.concerns(partner, operation) || random.nextDouble() >= fault.share()) {
                continue;
            }
            if (fault.ofTheWire()) {
                wire = Optional.of(fault);
            } else {
                content.add(fault.name());
            }
            spend(fault);
        }
        return new Hit(wire, content);
    }

    private void spend(Fault fault) {
        Fault left = fault.spent();
        if (left.count() == 0) {
            faults.remove(fault.id());
        } else {
            faults.put(fault.id(), left);
        }
    }

    private Set<String> partners() {
        Set<String> partners = new TreeSet<>();
        simulators.forEach(simulator -> partners.add(simulator.partner()));
        return partners;
    }
}
