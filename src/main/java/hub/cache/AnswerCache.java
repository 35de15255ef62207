package hub.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hub.cache.Cached.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The answers of one kind.
 *
 * <p>However many ask for one key, one of a process loads it. What is asked after an invalidation never gets what was
 * loaded before it. What is merely too old is given for a while yet, and one process of all loads another meanwhile.
 * Where nothing can be loaded, an outdated answer is given while it is not too old, and said to be so. Thread-safe.
 */
public final class AnswerCache {

    private static final String METER = "hub.cache.answers";

    private final String kind;
    private final CacheOptions.Kind times;
    private final CacheOptions options;
    private final SharedLayer shared;
    private final TagVersions versions;
    private final Dependencies dependencies;
    private final Reloads reloads;
    private final Packing packing;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Cache<String, Entry> local;
    private final Flights flights = new Flights();

    AnswerCache(
            String kind,
            CacheOptions options,
            SharedLayer shared,
            TagVersions versions,
            Reloads reloads,
            Clock clock,
            MeterRegistry meters) {
        this.kind = kind;
        this.times = options.kind(kind);
        this.options = options;
        this.shared = shared;
        this.versions = versions;
        this.dependencies = new Dependencies(options.outdatedBy());
        this.reloads = reloads;
        this.clock = clock;
        this.meters = meters;
        this.packing = new Packing(
                (int) options.compressAbove().toBytes(), (int) options.largest().toBytes());
        long share = Math.max(1, options.localSize().toBytes() / options.localEntries());
        // An entry weighs its share at least, so that one figure bounds their number and their bytes.
        this.local = Caffeine.newBuilder()
                .maximumWeight(share * options.localEntries())
                .weigher((String key, Entry entry) -> (int) Math.max(share, entry.body().length))
                .expireAfterWrite(options.localTtl())
                .build();
        meters.gauge("hub.cache.local", Tags.of("kind", kind), local, Cache::estimatedSize);
    }

    /**
     * The answer to {@code key}.
     *
     * @param tags what the answer depends on besides its kind; what outdates those ({@code hub.cache.outdated-by})
     *     outdates it too
     * @param loader finds it, maybe in another thread; whatever it throws reaches everybody who waits for it
     */
    public Cached get(String key, List<String> tags, Supplier<Answer> loader) {
        List<String> all = dependencies.of(kind, tags);
        String stamp = versions.stamp(all);
        Cached cached =
                local(key, stamp).orElseGet(() -> flights.join(stamp + ' ' + key, () -> find(key, all, stamp, loader)));
        count(cached.source());
        return cached;
    }

    private Cached find(String key, List<String> tags, String stamp, Supplier<Answer> loader) {
        // Whoever was first may have finished in between.
        Optional<Cached> here = local(key, stamp);
        if (here.isPresent()) {
            return here.get();
        }
        Optional<Entry> kept = shared.read(sharedKey(key)).flatMap(bytes -> packing.unpack(bytes, stamp));
        Optional<Entry> fresh = kept.filter(this::counts);
        if (fresh.isPresent()) {
            local.put(key, fresh.get());
            return cached(fresh.get(), Source.SHARED);
        }
        return kept.filter(this::countsMeanwhile)
                .map(old -> meanwhile(key, tags, old, loader))
                .orElseGet(() -> load(key, stamp, kept, loader));
    }

    private Optional<Cached> local(String key, String stamp) {
        return Optional.ofNullable(local.getIfPresent(key))
                .filter(entry -> entry.stamp().equals(stamp) && counts(entry))
                .map(entry -> cached(entry, Source.LOCAL));
    }

    /** The old answer; the first of all processes to come has another loaded. */
    private Cached meanwhile(String key, List<String> tags, Entry old, Supplier<Answer> loader) {
        reloads.once(kind, sharedKey(key), times.ttl(), () -> {
            String stamp = versions.stamp(tags);
            long loadedAt = clock.millis();
            keep(key, entry(loader.get(), stamp, loadedAt));
        });
        return cached(old, Source.REFRESHING);
    }

    private Cached load(String key, String stamp, Optional<Entry> kept, Supplier<Answer> loader) {
        long loadedAt = clock.millis();
        try {
            Entry entry = entry(loader.get(), stamp, loadedAt);
            keep(key, entry);
            return cached(entry, Source.LOADED);
        } catch (RuntimeException e) {
            return Optional.ofNullable(local.getIfPresent(key))
                    .or(() -> kept)
                    .filter(old -> age(old).compareTo(times.stale()) <= 0)
                    .map(old -> cached(old, Source.STALE))
                    .orElseThrow(() -> e);
        }
    }

    private static Entry entry(Answer answer, String stamp, long loadedAt) {
        return new Entry(answer.body(), answer.nothing(), stamp, loadedAt);
    }

    private void keep(String key, Entry entry) {
        if (entry.body().length <= options.largest().toBytes()) {
            local.put(key, entry);
            shared.write(sharedKey(key), packing.pack(entry), kept(entry));
        }
    }

    private boolean counts(Entry entry) {
        Duration age = age(entry);
        return age.compareTo(ttl(entry)) < 0 && (shared.isThere() || age.compareTo(options.alone()) < 0);
    }

    /** Not while Redis is away: nobody tells then what was outdated. */
    private boolean countsMeanwhile(Entry entry) {
        return !entry.nothing() && shared.isThere() && age(entry).compareTo(times.longest()) < 0;
    }

    private Duration ttl(Entry entry) {
        return entry.nothing() ? times.nothingTtl() : times.ttl();
    }

    /** How long Redis keeps it: as long as it may be given for want of another. */
    private Duration kept(Entry entry) {
        if (entry.nothing()) {
            return times.nothingTtl();
        }
        return times.longest().compareTo(times.stale()) > 0 ? times.longest() : times.stale();
    }

    private Cached cached(Entry entry, Source source) {
        return new Cached(entry.body(), age(entry), source);
    }

    /** Never below 0, though the clock of the process that loaded it may be ahead. */
    private Duration age(Entry entry) {
        return Duration.ofMillis(Math.max(0, clock.millis() - entry.loadedAt()));
    }

    /** The versions lie in the value: what is outdated is overwritten, and never piles up. */
    private String sharedKey(String key) {
        return "hub:cache:" + kind + ":" + DigestUtils.sha256Hex(key);
    }

    private void count(Source source) {
        meters.counter(METER, "kind", kind, "source", source.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    CacheView view() {
        return CacheView.of(
                kind,
                times.ttl(),
                local.estimatedSize(),
                source -> meters.counter(
                                METER, "kind", kind, "source", source.name().toLowerCase(Locale.ROOT))
                        .count());
    }
}
