package hub.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hub.cache.Cached.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one kind.
 *
 * <p>However many ask for one key, one of a process loads it. What is asked after an invalidation never gets what was
 * loaded before it. Where nothing can be loaded, an outdated answer is given while it is not too old, and said to be
 * so. Thread-safe.
 */
public final class AnswerCache {

    private static final String METER = "hub.cache.answers";

    private final String kind;
    private final CacheOptions.Kind times;
    private final CacheOptions options;
    private final SharedLayer shared;
    private final TagVersions versions;
    private final Packing packing;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Cache<String, Entry> local;
    private final ConcurrentMap<String, CompletableFuture<Cached>> loading = new ConcurrentHashMap<>();

    AnswerCache(
            String kind,
            CacheOptions options,
            SharedLayer shared,
            TagVersions versions,
            Clock clock,
            MeterRegistry meters) {
        this.kind = kind;
        this.times = options.kind(kind);
        this.options = options;
        this.shared = shared;
        this.versions = versions;
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
     * @param tags what the answer depends on
     * @param loader finds it; whatever it throws reaches everybody who waits for it
     */
    public Cached get(String key, List<String> tags, Supplier<Answer> loader) {
        String stamp = versions.stamp(tags);
        Cached cached = local(key, stamp).orElseGet(() -> loadOnce(key, stamp, loader));
        meters.counter(METER, "kind", kind, "source", cached.source().name().toLowerCase(Locale.ROOT))
                .increment();
        return cached;
    }

    private Cached loadOnce(String key, String stamp, Supplier<Answer> loader) {
        String flight = stamp + ' ' + key;
        CompletableFuture<Cached> mine = new CompletableFuture<>();
        CompletableFuture<Cached> first = loading.putIfAbsent(flight, mine);
        if (first != null) {
            return joined(first);
        }
        try {
            Cached found = find(key, stamp, loader);
            mine.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(flight, mine);
        }
    }

    private static Cached joined(CompletableFuture<Cached> first) {
        try {
            Cached found = first.join();
            return found.source() == Source.LOADED ? new Cached(found.body(), found.age(), Source.JOINED) : found;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Cached find(String key, String stamp, Supplier<Answer> loader) {
        // Whoever was first may have finished in between.
        return local(key, stamp).or(() -> shared(key, stamp)).orElseGet(() -> load(key, stamp, loader));
    }

    private Optional<Cached> local(String key, String stamp) {
        Entry entry = local.getIfPresent(key);
        return entry != null && entry.stamp().equals(stamp) && counts(entry)
                ? Optional.of(cached(entry, Source.LOCAL))
                : Optional.empty();
    }

    private Optional<Cached> shared(String key, String stamp) {
        return shared.read(sharedKey(key))
                .flatMap(bytes -> packing.unpack(bytes, stamp))
                .filter(this::counts)
                .map(entry -> {
                    local.put(key, entry);
                    return cached(entry, Source.SHARED);
                });
    }

    private Cached load(String key, String stamp, Supplier<Answer> loader) {
        long loadedAt = clock.millis();
        try {
            Answer answer = loader.get();
            Entry entry = new Entry(answer.body(), answer.nothing(), stamp, loadedAt);
            keep(key, entry);
            return cached(entry, Source.LOADED);
        } catch (RuntimeException e) {
            Entry old = local.getIfPresent(key);
            if (old == null || age(old).compareTo(times.stale()) > 0) {
                throw e;
            }
            return cached(old, Source.STALE);
        }
    }

    private void keep(String key, Entry entry) {
        if (entry.body().length <= options.largest().toBytes()) {
            local.put(key, entry);
            shared.write(sharedKey(key), packing.pack(entry), ttl(entry));
        }
    }

    private boolean counts(@Nullable Entry entry) {
        if (entry == null) {
            return false;
        }
        Duration age = age(entry);
        return age.compareTo(ttl(entry)) < 0 && (shared.isThere() || age.compareTo(options.alone()) < 0);
    }

    private Duration ttl(Entry entry) {
        return entry.nothing() ? times.nothingTtl() : times.ttl();
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
        return "hub:cache:" + kind + ":" + digest(key);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
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
