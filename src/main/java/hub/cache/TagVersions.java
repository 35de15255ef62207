package hub.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The version of each tag; what was kept under another version is outdated. Invalidating costs one write, however much
 * is kept.
 *
 * <p>Every process reads the versions from Redis again when its own are older than {@code recheck}: no message can get
 * lost. A version is drawn, never counted, so that one that was lost with Redis never comes back. What could not be
 * told to Redis holds in this process at once, and is told later. Thread-safe.
 */
final class TagVersions {

    /** Longer than any entry is kept; a version that ends before its entries only costs a load. */
    private static final Duration KEPT = Duration.ofHours(25);

    /**
     * What everything depends on: outdated when a process starts, and when Redis comes back, which may be an older one.
     */
    private static final String ALL = "all";

    private static final int MOST = 10_000;
    private static final String PREFIX = "hub:cache:tag:";

    private final SharedLayer shared;
    private final LongSupplier nanoClock;
    private final long recheck;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    /** @param told whether it is Redis's; else it is this process's own until it can be told */
    private record Known(String version, long readAt, boolean told) {}

    TagVersions(SharedLayer shared, LongSupplier nanoClock, Duration recheck) {
        this.shared = shared;
        this.nanoClock = nanoClock;
        this.recheck = recheck.toNanos();
    }

    /** The versions of tags, at most {@code recheck} old while Redis is there. */
    String stamp(List<String> of) {
        List<String> tags = new ArrayList<>(of);
        tags.add(ALL);
        long now = nanoClock.getAsLong();
        if (tags.stream().anyMatch(tag -> isOld(known.getIfPresent(tag), now))) {
            refresh(tags, now);
        }
        return tags.stream().map(tag -> version(tag, now)).collect(Collectors.joining("."));
    }

    private boolean isOld(@Nullable Known version, long now) {
        return version == null || (version.told() && now - version.readAt() >= recheck);
    }

    private void refresh(List<String> tags, long now) {
        List<@Nullable Known> before = new ArrayList<>();
        tags.forEach(tag -> before.add(known.getIfPresent(tag)));
        List<String> keys = tags.stream().map(PREFIX::concat).toList();
        List<String> versions = shared.readOrCreate(keys, drawn(), KEPT).orElse(List.of());
        for (int i = 0; i < versions.size(); i++) {
            learn(tags.get(i), before.get(i), new Known(versions.get(i), now, true));
        }
    }

    /** What was invalidated here meanwhile stays so. */
    private void learn(String tag, @Nullable Known before, Known read) {
        if (before == null) {
            known.asMap().putIfAbsent(tag, read);
        } else if (before.told()) {
            known.asMap().replace(tag, before, read);
        }
    }

    private String version(String tag, long now) {
        return known.asMap()
                .computeIfAbsent(tag, absent -> new Known(drawn(), now - recheck, true))
                .version();
    }

    /** Outdates whatever carries the tag: here at once, elsewhere within {@code recheck} of {@link #tellUntold}. */
    void bump(String tag) {
        known.put(tag, new Known(drawn(), nanoClock.getAsLong(), false));
        untold.add(tag);
    }

    /** Outdates everything. */
    void bumpAll() {
        bump(ALL);
    }

    /** Tells Redis what it was not told yet; waits for it where it hangs. */
    void tellUntold() {
        if (shared.cameBack()) {
            bumpAll();
        }
        List.copyOf(untold).forEach(this::tell);
    }

    private void tell(String tag) {
        // Another version than the one that was used here alone: nobody has kept anything under it.
        Optional<Known> before = Optional.ofNullable(known.getIfPresent(tag));
        Known fresh = new Known(drawn(), nanoClock.getAsLong(), true);
        untold.remove(tag);
        if (shared.writeOrRemove(PREFIX + tag, fresh.version().getBytes(StandardCharsets.US_ASCII), KEPT)) {
            before.ifPresent(own -> known.asMap().replace(tag, own, fresh));
        } else {
            untold.add(tag);
        }
    }

    private static String drawn() {
        return UUID.randomUUID().toString();
    }
}
