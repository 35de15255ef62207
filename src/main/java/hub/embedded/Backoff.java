package hub.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wait that doubles each time, up to a limit; for one thread. */
final class Backoff {

    private final Duration first;
    private final Duration limit;
    private Duration next;

    Backoff(Duration first, Duration limit) {
        this.first = first;
        this.limit = limit;
        this.next = first;
    }

    /** How long to wait now. */
    Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(limit) > 0 ? limit : doubled;
        return now;
    }

    void pause() throws InterruptedException {
        boolean never = new CountDownLatch(1).await(next().toNanos(), TimeUnit.NANOSECONDS);
        assert !never;
    }

    void reset() {
        next = first;
    }
}
