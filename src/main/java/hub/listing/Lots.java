package hub.listing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What many threads bring one by one, taken many at once: whoever comes while a lot is taken waits, and is in the next.
 *
 * <p>Only behind a lot of many, others are let come for a moment: a lot costs a transaction, whatever its size.
 * {@link #take} returns when its item is taken and not before, so that nothing is lost with the process that was not
 * lost without lots. An item whose lot fails is taken alone: it fails for its own fault only. Thread-safe.
 */
final class Lots<T> {

    /** A lot behind which others are let come. */
    private static final int MANY = 8;

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(25);

    private final Consumer<List<T>> taker;
    private final int most;
    private final Queue<Item<T>> waiting = new ArrayDeque<>();
    private boolean busy;
    private int wanted = 1;

    /** Lots of at most {@code most} items. */
    Lots(int most, Consumer<List<T>> taker) {
        this.most = most;
        this.taker = taker;
    }

    /**
     * Returns when the item is taken.
     *
     * @throws RuntimeException what the taker threw for the item alone
     */
    void take(T content) {
        Item<T> item = new Item<>(content, new CompletableFuture<>());
        Turn turn = arrive(item) ? Turn.LEAD : item.turn.join();
        if (turn == Turn.LEAD) {
            turn = lead(item);
        }
        if (turn == Turn.ALONE) {
            taker.accept(List.of(content));
        }
    }

    /** Whether nobody is at it, so that the item's thread has to be. */
    private synchronized boolean arrive(Item<T> item) {
        if (busy) {
            waiting.add(item);
            if (waiting.size() == wanted - 1) {
                notifyAll(); // whoever leads has enough
            }
            return false;
        }
        busy = true;
        return true;
    }

    private Turn lead(Item<T> first) {
        List<Item<T>> lot = lot(first);
        Turn outcome = Turn.ALONE;
        try {
            taker.accept(lot.stream().map(Item::content).toList());
            outcome = Turn.TAKEN;
        } catch (RuntimeException e) {
            if (lot.size() == 1) {
                throw e;
            }
        } finally {
            next();
            for (Item<T> item : lot) {
                item.turn.complete(outcome);
            }
        }
        return outcome;
    }

    private synchronized List<Item<T>> lot(Item<T> first) {
        letOthersCome();
        List<Item<T>> lot = new ArrayList<>(List.of(first));
        while (lot.size() < most && !waiting.isEmpty()) {
            lot.add(waiting.remove());
        }
        wanted = lot.size() < MANY ? 1 : Math.min(most, 2 * lot.size());
        return lot;
    }

    private synchronized void letOthersCome() {
        long end = System.nanoTime() + MOMENT;
        try {
            for (long left = MOMENT; waiting.size() < wanted - 1 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next lot does not wait until everybody of this one was told. */
    private synchronized void next() {
        Item<T> next = waiting.poll();
        busy = next != null;
        if (next != null) {
            next.turn.complete(Turn.LEAD);
        }
    }

    private enum Turn {
        LEAD,
        TAKEN,
        ALONE
    }

    private record Item<T>(T content, CompletableFuture<Turn> turn) {}
}
