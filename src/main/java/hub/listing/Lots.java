package hub.listing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What many threads bring one by one, taken many at once: whoever comes while nobody takes does it, for all who come
 * meanwhile, who go on at once.
 *
 * <p>Only behind a lot of many, others are let come for a moment: a lot costs a transaction, whatever its size. An item
 * is as safe as the thread that takes it: what ends in order waits for that thread, and what a dead process had not
 * taken is not taken, whether its own thread waits or not. A lot that fails is halved until each item fails for its own
 * fault only. No more than {@link #FULL} lots wait; who comes then waits, too. Thread-safe.
 */
final class Lots<T> {

    /** A lot behind which others are let come. */
    private static final int MANY = 8;

    private static final int FULL = 4;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(50);

    private final Consumer<List<T>> taker;
    private final BiConsumer<T, RuntimeException> failed;
    private final int most;
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean busy;
    private int wanted;

    /** Lots of at most {@code most} items; {@code failed} hears of each that could not be taken. */
    Lots(int most, Consumer<List<T>> taker, BiConsumer<T, RuntimeException> failed) {
        this.most = most;
        this.taker = taker;
        this.failed = failed;
    }

    /** Returns when the item is taken or has failed, or when another thread is at it and will take it next. */
    void bring(T item) {
        if (arrive(item)) {
            takeAll();
        }
    }

    /** Whether nobody is at it, so that the item's thread has to be. */
    private synchronized boolean arrive(T item) {
        awaitPlace();
        waiting.add(item);
        if (busy) {
            if (waiting.size() == wanted) {
                notifyAll(); // whoever takes has enough
            }
            return false;
        }
        busy = true;
        return true;
    }

    private void awaitPlace() {
        boolean interrupted = false;
        while (busy && waiting.size() >= FULL * most) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // an answer is never dropped for it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAll() {
        boolean over = false;
        try {
            for (List<T> lot = lot(); !lot.isEmpty(); lot = lot()) {
                take(lot);
            }
            over = true;
        } finally {
            if (!over) {
                leave(); // an Error: the next who comes takes what is left
            }
        }
    }

    private void take(List<T> lot) {
        try {
            taker.accept(lot);
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            lot.forEach(item -> failed.accept(item, e)); // no item's fault: each would wait for the database alone
        } catch (RuntimeException e) {
            if (lot.size() == 1) {
                failed.accept(lot.get(0), e);
            } else {
                take(lot.subList(0, lot.size() / 2));
                take(lot.subList(lot.size() / 2, lot.size()));
            }
        }
    }

    /** The next lot; empty when nobody waits, and the next who comes has to take. */
    private synchronized List<T> lot() {
        letOthersCome();
        List<T> lot = new ArrayList<>(Math.min(most, waiting.size()));
        while (lot.size() < most && !waiting.isEmpty()) {
            lot.add(waiting.remove());
        }
        busy = !lot.isEmpty();
        wanted = lot.size() < MANY ? 0 : Math.min(most, 2 * lot.size());
        notifyAll();
        return lot;
    }

    private synchronized void leave() {
        busy = false;
        notifyAll();
    }

    private void letOthersCome() {
        long end = System.nanoTime() + MOMENT;
        try {
            for (long left = MOMENT; waiting.size() < wanted && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
