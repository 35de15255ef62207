package hub.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer that is costly to count, counted ahead so that nobody waits for it.
 *
 * <p>Guarantee: one count at a time, at least {@link #PAUSE} apart, and in the long run at most a hundredth of the time
 * is spent on counting, as long as that is once a minute: where it takes 100 ms, it is made every 10 s. However many
 * ask, the database is asked no more often.
 */
final class Counted<T> {

    static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int IDLE_SHARE = 100;
    private static final Duration BELIEVED = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Counted.class);

    private final String what;
    private final Supplier<T> source;
    private final Clock clock;
    private final CountDownLatch first = new CountDownLatch(1);
    private Duration costBefore = Duration.ZERO;
    private volatile @Nullable Count<T> last;
    private volatile @Nullable RuntimeException failure;

    private record Count<T>(T value, Instant at) {}

    Counted(String what, Supplier<T> source, Clock clock) {
        this.what = what;
        this.source = source;
        this.clock = clock;
    }

    /** Counts from now on, until the executor is shut down. */
    void keepOn(ExecutorService executor, Consumer<T> seen) {
        Duration pause = PAUSE;
        try {
            pause = count(seen);
        } finally {
            if (!executor.isShutdown()) {
                CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, executor)
                        .execute(() -> keepOn(executor, seen));
            }
        }
    }

    /**
     * Counts once.
     *
     * @return how long to leave the source alone now
     */
    Duration count(Consumer<T> seen) {
        long begun = System.nanoTime();
        try {
            T value = source.get();
            last = new Count<>(value, clock.instant());
            failure = null;
            seen.accept(value);
        } catch (RuntimeException e) {
            if (failure == null) {
                LOG.warn("{} cannot be counted: {}", what, e.getMessage());
            }
            failure = e;
        }
        first.countDown();
        return pause(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Follows the lower of the last two costs: a single slow one, such as the first, is an accident. */
    Duration pause(Duration cost) {
        Duration usual = cost.compareTo(costBefore) < 0 ? cost : costBefore;
        costBefore = cost;
        Duration pause = usual.multipliedBy(IDLE_SHARE);
        if (pause.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return pause.compareTo(PAUSE) > 0 ? pause : PAUSE;
    }

    /**
     * The last count; waits for the very first one.
     *
     * @throws NotCountedException when there is none, or counting fails for longer than 10 s
     */
    T value() {
        return known().value();
    }

    /** When {@link #value()} was counted. */
    Instant at() {
        return known().at();
    }

    private Count<T> known() {
        awaitFirst();
        Count<T> count = last;
        RuntimeException cause = failure;
        if (count == null || (cause != null && count.at().plus(BELIEVED).isBefore(clock.instant()))) {
            throw new NotCountedException(what, cause);
        }
        return count;
    }

    private void awaitFirst() {
        try {
            if (!first.await(FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NotCountedException(what, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotCountedException(what, e);
        }
    }
}
