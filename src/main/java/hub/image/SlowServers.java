package hub.image;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Servers of pictures that let us wait for nothing. Listings are made one after the other: if each picture of such a
 * server were waited for, the listings of all other suppliers would stand still, and their jobs would lose their lease.
 * So it is left alone for a minute, and longer each time that it hangs again. Thread-safe.
 */
final class SlowServers {

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Suppliers name few; beyond, all are forgotten. */
    private static final int MOST = 1000;

    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(long until, Duration length) {

        static Pause of(Duration length) {
            return new Pause(System.nanoTime() + length.toNanos(), length);
        }

        long left() {
            return until - System.nanoTime();
        }

        /** Of several that waited at once, the first makes it longer. */
        Pause again() {
            Duration twice = length.multipliedBy(2);
            return left() > 0 ? this : of(twice.compareTo(LONGEST) < 0 ? twice : LONGEST);
        }
    }

    /** @throws IOException retryable: it is left alone for now */
    void check(String url) throws IOException {
        Pause pause = pauses.get(server(url));
        if (pause != null && pause.left() > 0) {
            throw new IOException("its server let us wait for nothing and is asked again in "
                    + Duration.ofNanos(pause.left()).plusSeconds(1).toSeconds() + " s");
        }
    }

    /** It gave something, or said at once why not. */
    void answered(String url) {
        pauses.remove(server(url));
    }

    /** It gave nothing in that time. */
    void failed(String url, Duration after) {
        if (after.compareTo(SLOW) < 0) {
            answered(url);
            return;
        }
        if (pauses.size() >= MOST) {
            pauses.clear();
        }
        pauses.compute(server(url), (server, before) -> before == null ? Pause.of(FIRST) : before.again());
    }

    private static String server(String url) {
        int scheme = url.indexOf("//");
        int from = scheme < 0 ? 0 : scheme + 2; // a supplier may name none, or nothing at all
        int to = url.indexOf('/', from);
        return to < 0 ? url.substring(from) : url.substring(from, to);
    }
}
