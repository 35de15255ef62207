package hub.cache;

import hub.cache.Cached.Source;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The loads of a process that are under way: who asks for the same meanwhile waits for it. Thread-safe. */
final class Flights {

    /** Longer than any load takes; one that waits for itself ends then. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ConcurrentMap<String, CompletableFuture<Cached>> loading = new ConcurrentHashMap<>();

    Cached join(String flight, Supplier<Cached> load) {
        CompletableFuture<Cached> mine = new CompletableFuture<>();
        CompletableFuture<Cached> first = loading.putIfAbsent(flight, mine);
        if (first != null) {
            return joined(first);
        }
        try {
            Cached found = load.get();
            mine.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(flight, mine);
        }
    }

    private static Cached joined(CompletableFuture<Cached> first) {
        try {
            Cached found = first.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            return found.source() == Source.LOADED ? new Cached(found.body(), found.age(), Source.JOINED) : found;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("loading an answer to keep failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("loading an answer to keep takes longer than " + LONGEST.toSeconds()
                    + " s; a route that asks for its own answer waits for itself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the hub stops while an answer is loaded", e);
        }
    }
}
