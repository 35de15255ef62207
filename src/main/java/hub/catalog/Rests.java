package hub.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Usual pulls that wait a moment, such as for their budget, and go on as if nothing had been. Thread-safe. */
final class Rests {

    /** For a longer wait a pull is broken off. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<String, Rest> resting = new ConcurrentHashMap<>();

    private record Rest(Reading reading, Instant until) {}

    void forget(String supplier) {
        resting.remove(supplier);
    }

    void begin(Reading reading, Instant until) {
        reading.pull().rest();
        resting.put(reading.pull().supplier(), new Rest(reading, until));
    }

    /** What goes on, if anything does: what rested long ago may have been gone on with by another process. */
    Optional<Reading> end(String supplier, Instant now) {
        return Optional.ofNullable(resting.remove(supplier))
                .filter(rest -> now.isBefore(rest.until().plus(LONGEST)))
                .map(Rest::reading)
                .filter(reading -> reading.pull().progress().running());
    }
}
