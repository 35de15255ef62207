package hub.queue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which partners' jobs the routes of this process take: a route that takes them asks every second or so, whether there
 * are any or not. Who asked once counts for good, so that a route that is suspended is not taken for one that is not
 * there; nothing is said before {@link QueueOptions#patience()} has passed since the first route asked.
 *
 * <p>Knows this process only: all processes on one database are to run the same routes. Thread-safe.
 */
public final class Takers {

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Long> since = new AtomicReference<>();
    private final Duration patience;
    private final LongSupplier nanoClock;

    Takers(Duration patience, LongSupplier nanoClock) {
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    void asked(String partner, String kind) {
        if (taken.add(key(partner, kind))) {
            since.compareAndSet(null, nanoClock.getAsLong());
        }
    }

    /** Whether a route takes these jobs. */
    public boolean has(String partner, String kind) {
        return taken.contains(key(partner, kind));
    }

    /** Whether it is certain that no route takes these jobs; false as long as routes may still be starting. */
    public boolean lacks(String partner, String kind) {
        Long first = since.get();
        return first != null && nanoClock.getAsLong() - first >= patience.toNanos() && !has(partner, kind);
    }

    private static String key(String partner, String kind) {
        return partner + "/" + kind;
    }
}
