package hub.cache;

import hub.cache.Cached.Source;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * What a kind of answers did in this process since it started.
 *
 * @param entries in its memory
 * @param joined waited for a load of somebody else
 * @param refreshing were given though too old, while another was loaded
 * @param stale were given outdated, because loading failed
 * @param hitRatio of all answers, how many needed no load of their own; 0 to 1
 */
public record CacheView(
        String kind,
        Duration ttl,
        long entries,
        long local,
        long shared,
        long loaded,
        long joined,
        long refreshing,
        long stale,
        double hitRatio) {

    static CacheView of(String kind, Duration ttl, long entries, ToDoubleFunction<Source> counted) {
        long local = (long) counted.applyAsDouble(Source.LOCAL);
        long shared = (long) counted.applyAsDouble(Source.SHARED);
        long loaded = (long) counted.applyAsDouble(Source.LOADED);
        long joined = (long) counted.applyAsDouble(Source.JOINED);
        long refreshing = (long) counted.applyAsDouble(Source.REFRESHING);
        long stale = (long) counted.applyAsDouble(Source.STALE);
        long all = local + shared + loaded + joined + refreshing + stale;
        double ratio = all == 0 ? 0 : (double) (local + shared + joined + refreshing) / all;
        return new CacheView(kind, ttl, entries, local, shared, loaded, joined, refreshing, stale, ratio);
    }
}
