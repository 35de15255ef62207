package hub.partner;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The connections to one partner: a tenth of them, one at least where there are several, is never the catalogue's, so
 * that an order finds one free however many of the partner's answers hang. Orders may have all. Who finds none waits as
 * long as others end and time is left. Thread-safe.
 */
final class Places {

    private static final int SHARE = 10;

    private final int all;
    private final int kept;
    private final Duration patience;
    private final Semaphore connections;
    private final Semaphore catalogue;
    private final Waiting waiting = new Waiting();

    /** @param patience how long a call waits for another one to end */
    Places(int connections, Duration patience) {
        this.all = connections;
        this.kept = connections == 1 ? 0 : Math.max(1, connections / SHARE);
        this.patience = patience;
        this.connections = new Semaphore(connections, true);
        this.catalogue = new Semaphore(connections - kept, true);
    }

    /** One connection of a call. */
    interface Place {
        /** Said once, when the call has ended. */
        void free();
    }

    /**
     * Waits for a place; empty when there was none in time.
     *
     * @param hasTime whether there is reason to go on waiting while calls of others end
     */
    Optional<Place> take(boolean order, BooleanSupplier hasTime) {
        if (!order && !enter(catalogue, hasTime)) {
            return Optional.empty();
        }
        if (!enter(connections, hasTime)) {
            leave(order);
            return Optional.empty();
        }
        return Optional.of(() -> {
            waiting.ended();
            connections.release();
            leave(order);
        });
    }

    private void leave(boolean order) {
        if (!order) {
            catalogue.release();
        }
    }

    private boolean enter(Semaphore places, BooleanSupplier hasTime) {
        return waiting.until(() -> attempt(places), hasTime).isPresent();
    }

    private Optional<Semaphore> attempt(Semaphore places) {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(places)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Why there is no place, and what to do. */
    String full() {
        return "none of its " + all + " connections (" + kept + " of them for orders only) became free within "
                + patience.toSeconds() + " s. It is made again; look whether the partner is slow, or raise"
                + " connections-per-host";
    }
}
