package hub.partner;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a place among calls: as long as others end and time is left. Thread-safe. */
final class Waiting {

    private final AtomicLong ended = new AtomicLong();

    /** A call has ended. */
    void ended() {
        ended.incrementAndGet();
    }

    /**
     * Tries until there is a place; empty when there was none.
     *
     * @param attempt waits for a while itself
     * @param hasTime whether there is reason to go on waiting while calls of others end
     */
    <T> Optional<T> until(Supplier<Optional<T>> attempt, BooleanSupplier hasTime) {
        long before;
        Optional<T> place;
        do {
            before = ended.get();
            place = attempt.get();
        } while (place.isEmpty() && ended.get() != before && hasTime.getAsBoolean());
        return place;
    }
}
