package hub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps to the next moment at which somebody has something to do.
 *
 * <p>Each worker is a thread, and only one of them runs at a time: the others sleep. Milliseconds.
 */
public final class VirtualTime extends Clock {

    private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
    private final Semaphore over = new Semaphore(0);
    private final long end;
    private volatile long now;
    private volatile @Nullable Throwable failure;
    private long turns;

    public VirtualTime(Instant start, Duration length) {
        this.now = start.toEpochMilli();
        this.end = now + length.toMillis();
    }

    /** What one worker does, to the end of time. */
    public interface Work {
        void run() throws Exception;
    }

    /** A worker that begins at once, and whose work never returns. */
    public void worker(Work work) {
        Sleeper first = sleeper(now);
        Thread thread = new Thread(() -> {
            first.turn.acquireUninterruptibly();
            try {
                work.run();
                throw new IllegalStateException("a worker went home");
            } catch (Throwable e) {
                failure = e;
                over.release();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What is done once, so long after the worker begins. */
    public void at(Duration after, Runnable work) {
        worker(() -> {
            sleep(after.toMillis());
            work.run();
            sleep(Duration.ofDays(1).toMillis());
        });
    }

    /** Lets the workers work until the end. */
    public void run() {
        next();
        over.acquireUninterruptibly();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** For the worker that runs: others work meanwhile. */
    public void sleep(long millis) {
        Sleeper mine = sleeper(now + Math.max(0, millis));
        next();
        mine.turn.acquireUninterruptibly();
    }

    private Sleeper sleeper(long at) {
        Sleeper sleeper = new Sleeper(at, turns++, new Semaphore(0));
        sleepers.add(sleeper);
        return sleeper;
    }

    private void next() {
        Sleeper next = sleepers.remove();
        if (next.at > end) {
            over.release();
            return;
        }
        now = next.at;
        next.turn.release();
    }

    private record Sleeper(long at, long number, Semaphore turn) implements Comparable<Sleeper> {
        @Override
        public int compareTo(Sleeper other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
