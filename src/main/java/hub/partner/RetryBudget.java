package hub.partner;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The extra calls that one operation of a partner still has, beside its first calls; of one process.
 *
 * <p>Every process keeps to its own part, so all of them together do, with nothing to ask anybody; each has a
 * {@link RetryOptions#spare()} call. The window slides in steps of a sixtieth. Thread-safe.
 *
 * <p>Units: calls, and milliseconds of a monotonic clock. Source: the retry budget of Finagle, with the share of the
 * SRE book.
 */
final class RetryBudget {

    private static final int STEPS = 60;

    /** Spare calls in a window while all of them fail. */
    private static final int SPARES = 6;

    private final RetryOptions options;
    private final LongSupplier clock;
    private final long step;
    private final long[] firsts = new long[STEPS];
    private final long[] extras = new long[STEPS];
    private long newest;
    private long lastExtra;
    private long rest;
    private long waiting;

    RetryBudget(RetryOptions options, LongSupplier clock) {
        this.options = options;
        this.clock = clock;
        this.step = Math.max(1, options.window().toMillis() / STEPS);
        this.newest = clock.getAsLong() / step;
        this.rest = options.spare().toMillis();
        this.lastExtra = clock.getAsLong() - rest;
    }

    /** A call for work that did not fail before. */
    synchronized void first() {
        forget();
        firsts[place(newest)]++;
    }

    /**
     * A call for work that failed before.
     *
     * @return how long it has to wait, nothing is spent then; zero: it is spent, go
     */
    synchronized Duration extra() {
        Duration wait = extraLater();
        if (wait.isZero()) {
            extras[place(newest)]++;
            lastExtra = clock.getAsLong();
            waiting = 0;
        }
        return wait;
    }

    /**
     * How long {@link #extra} would have to wait, for work that then does. Where much waits it comes back spread over
     * the time that all of it takes, one step of the window to the whole of it.
     */
    synchronized Duration extraLater() {
        forget();
        long spareIn = lastExtra + rest - clock.getAsLong();
        if (spareIn <= 0 || sum(extras) + 1 <= options.share() * sum(firsts)) {
            return Duration.ZERO;
        }
        waiting++;
        long spread =
                Math.min(options.window().toMillis(), waiting * options.spare().toMillis());
        return Duration.ofMillis(spareIn + ThreadLocalRandom.current().nextLong(spread));
    }

    /** An extra call failed too: the spare one comes twice as late, at most six of them in the window. */
    synchronized void failed() {
        rest = Math.max(rest, Math.min(2 * rest, options.window().toMillis() / SPARES));
    }

    /** A call was taken: what waits may follow at the full pace. */
    synchronized void taken() {
        rest = options.spare().toMillis();
    }

    /** Such as {@code 3 extra calls beside 21 first ones within PT10M}. */
    synchronized String text() {
        forget();
        return sum(extras) + " extra calls beside " + sum(firsts) + " first ones in "
                + options.window().toSeconds() + " s";
    }

    private void forget() {
        long now = clock.getAsLong() / step;
        for (long old = Math.max(newest + 1, now - STEPS + 1); old <= now; old++) {
            firsts[place(old)] = 0;
            extras[place(old)] = 0;
        }
        newest = now;
    }

    private static int place(long step) {
        return (int) Math.floorMod(step, (long) STEPS);
    }

    private static long sum(long[] calls) {
        long sum = 0;
        for (long some : calls) {
            sum += some;
        }
        return sum;
    }
}
