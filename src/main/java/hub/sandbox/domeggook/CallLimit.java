package hub.sandbox.domeggook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ten calls in any second; the call beyond is refused once and empties the count, so that a client that slows down is
 * served. Thread-safe.
 */
final class CallLimit {

    private static final int CALLS = 10;

    private final Deque<Instant> served = new ArrayDeque<>();

    /** @throws RefusedException when this call is one too many */
    synchronized void count(Instant at) {
        while (!served.isEmpty() && served.getFirst().isBefore(at.minusSeconds(1))) {
            served.removeFirst();
        }
        if (served.size() == CALLS) {
            served.clear();
            throw new RefusedException("CALL_LIMIT", "호출 제한을 초과하였습니다. 잠시 후 다시 시도해 주세요.");
        }
        served.addLast(at);
    }
}
