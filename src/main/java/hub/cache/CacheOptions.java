package hub.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How answers are kept.
 *
 * @param localTtl how long a process keeps one in its memory
 * @param localEntries how many of a kind a process keeps at most
 * @param localSize how much memory those of a kind take at most
 * @param largest a larger answer is not kept
 * @param compressAbove a larger answer is compressed in Redis, when that makes it smaller
 * @param recheck how old a process's knowledge of what was invalidated may be, 10ms to 1s
 * @param alone how old an answer may be while Redis is away and nobody tells what changed
 * @param kinds by kind
 * @param outdatedBy by tag, the tags whose outdating outdates it, too, over any number of steps; a kind is a tag
 */
@ConfigurationProperties(prefix = "hub.cache", ignoreUnknownFields = false)
public record CacheOptions(
        @DefaultValue("5m") Duration localTtl,
        @DefaultValue("1000") int localEntries,
        @DefaultValue("8MB") DataSize localSize,
        @DefaultValue("512KB") DataSize largest,
        @DefaultValue("1KB") DataSize compressAbove,
        @DefaultValue("500ms") Duration recheck,
        @DefaultValue("5s") Duration alone,
        @DefaultValue Map<String, Kind> kinds,
        @DefaultValue Map<String, List<String>> outdatedBy) {

    private static final long SECOND = 1_000;
    private static final long SHORTEST = 10;

    public CacheOptions {
        if (recheck.toMillis() < SHORTEST || recheck.toMillis() > SECOND) {
            throw new IllegalArgumentException("hub.cache.recheck=" + recheck + "; allowed are 10ms to 1s");
        }
        if (localEntries < 1 || largest.toBytes() < 1 || localSize.compareTo(largest) < 0) {
            throw new IllegalArgumentException("hub.cache: local-entries=" + localEntries + ", local-size=" + localSize
                    + ", largest=" + largest + "; each must be 1 or more, and local-size not below largest");
        }
        if (isNone(localTtl) || alone.isNegative() || compressAbove.isNegative()) {
            throw new IllegalArgumentException("hub.cache: local-ttl=" + localTtl + ", alone=" + alone
                    + ", compress-above=" + compressAbove + "; local-ttl must be above 0, the others not below");
        }
    }

    Kind kind(String name) {
        Kind kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "hub.cache.kinds." + name + " is missing; give it a ttl and nothing-ttl");
        }
        return kind;
    }

    private static boolean isNone(Duration time) {
        return time.isZero() || time.isNegative();
    }

    /**
     * One kind of answers.
     *
     * @param ttl how long one counts
     * @param nothingTtl how long one counts that has nothing in it
     * @param stale how old one may be that is given because no other can be loaded; 0s: never
     * @param meanwhile how long after its time one is given yet, while one process loads another; 0s: never
     */
    public record Kind(
            Duration ttl,
            Duration nothingTtl,
            Duration stale,
            @DefaultValue("0s") Duration meanwhile) {

        private static final Duration LONGEST = Duration.ofHours(24);

        public Kind {
            if (ttl.plus(meanwhile).compareTo(LONGEST) > 0 || stale.compareTo(LONGEST) > 0 || meanwhile.isNegative()) {
                throw new IllegalArgumentException("hub.cache.kinds: ttl=" + ttl + ", meanwhile=" + meanwhile
                        + ", stale=" + stale + "; ttl and meanwhile together, and stale, are at most 24h");
            }
            if (isNone(ttl) || isNone(nothingTtl) || nothingTtl.compareTo(ttl) > 0 || stale.isNegative()) {
                throw new IllegalArgumentException("hub.cache.kinds: ttl=" + ttl + ", nothing-ttl=" + nothingTtl
                        + ", stale=" + stale + "; ttl and nothing-ttl must be above 0, nothing-ttl not above ttl");
            }
        }

        /** How old one gets that is still given while another is loaded. */
        Duration longest() {
            return ttl.plus(meanwhile);
        }
    }
}
