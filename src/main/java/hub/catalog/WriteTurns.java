package hub.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Batches that come while another of their supplier is written wait for it, and are then written together: pages that
 * are read at once cost one commit, not one each.
 *
 * <p>At most {@link #WRITERS} writes of a kind at a time. A caller writes with the first others that wait, or finds its
 * own written. No sku stands twice in a write. Thread-safe.
 */
final class WriteTurns {

    /** One that Postgres is busy with, and one that is sent meanwhile. */
    private static final int WRITERS = 2;

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final int most;

    /** Turns that write up to {@code most} products together, more where one batch has more. */
    WriteTurns(int most) {
        this.most = most;
    }

    private record Waiting(List<Product> batch, CompletableFuture<Written> written) {}

    private static final class Turn {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int writers;
    }

    /**
     * Writes a batch with {@code write}, alone or with others.
     *
     * @param kind batches of one kind may be written together
     */
    Written write(String kind, List<Product> batch, Function<List<Product>, Written> write) {
        Turn turn = turns.computeIfAbsent(kind, k -> new Turn());
        Waiting mine = new Waiting(batch, new CompletableFuture<>());
        boolean lead;
        synchronized (turn) {
            turn.waiting.add(mine);
            lead = turn.writers < WRITERS;
            turn.writers += lead ? 1 : 0;
        }
        if (lead) {
            writeAll(turn, write);
        }
        try {
            return mine.written().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void writeAll(Turn turn, Function<List<Product>, Written> write) {
        for (List<Waiting> group = next(turn); !group.isEmpty(); group = next(turn)) {
            write(group, write);
        }
    }

    private static void write(List<Waiting> group, Function<List<Product>, Written> write) {
        try {
            List<Product> products = new ArrayList<>();
            group.forEach(waiting -> products.addAll(waiting.batch()));
            Written written = write.apply(products);
            group.forEach(waiting -> waiting.written().complete(written));
        } catch (RuntimeException | Error e) {
            group.forEach(waiting -> waiting.written().completeExceptionally(e));
        }
    }

    /** The first that wait, as many as go together; none ends the turn of who leads. */
    private List<Waiting> next(Turn turn) {
        List<Waiting> group = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        synchronized (turn) {
            while (!turn.waiting.isEmpty() && fits(turn.waiting.peek().batch(), skus)) {
                Waiting waiting = turn.waiting.remove();
                waiting.batch().forEach(product -> skus.add(product.sku()));
                group.add(waiting);
            }
            turn.writers -= group.isEmpty() ? 1 : 0;
        }
        return group;
    }

    private boolean fits(List<Product> batch, Set<String> skus) {
        boolean small = skus.size() + batch.size() <= most;
        return skus.isEmpty() || (small && batch.stream().noneMatch(product -> skus.contains(product.sku())));
    }
}
