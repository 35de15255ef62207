package hub.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever reads the log that a partner asked for a pause: one line a pause, however many calls it refused.
 *
 * <p>A pause that is prolonged by a minute or more is told again. Short ones that follow each other are told once a
 * minute, with their number. Knows the pauses that this process heard of. Thread-safe; one entry for each set of keys.
 */
final class PauseNotices {

    private static final Logger LOG = LoggerFactory.getLogger(PauseNotices.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final DateTimeFormatter SEOUL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Seoul"));

    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Clock clock;

    PauseNotices(Clock clock) {
        this.clock = clock;
    }

    /** @param keys what is paused, at least one */
    void paused(String partner, String operation, Collection<String> keys, Instant until, String why) {
        Instant now = clock.instant();
        Told latest = told.compute(partner + " " + keys, (key, before) -> Told.next(before, now, until));
        if (latest.isToTell()) {
            LOG.warn(
                    "Pause at {}, operation {}: {}. What is counted by {} is not called by any process until {} KST"
                            + " ({} s){}. Nothing is lost: the work waits in its queue. If this comes often, allow fewer"
                            + " calls in hub.partners.{}.budget of application.yaml, and see who else calls with this"
                            + " account",
                    partner,
                    operation,
                    why,
                    String.join(" and ", keys),
                    SEOUL.format(until),
                    Math.max(1, Duration.between(now, until).plusMillis(999).toSeconds()),
                    latest.untold() == 0 ? "" : "; " + latest.untold() + " more pauses since this was last told",
                    partner);
        }
    }

    /**
     * What was told last of some keys.
     *
     * @param end of the pause that was told
     * @param last end of the latest pause, told or not
     * @param untold pauses that were not told: before this one while it is to be told, since then afterwards
     */
    private record Told(Instant at, Instant end, Instant last, int untold, boolean isToTell) {

        static Told next(@Nullable Told before, Instant now, Instant until) {
            if (before == null) {
                return new Told(now, until, until, 0, true);
            }
            int untold = before.isToTell ? 0 : before.untold;
            boolean isNew = !now.isBefore(before.last);
            boolean isLonger = !until.isBefore(before.end.plus(QUIET));
            if (isLonger || (isNew && !now.isBefore(before.at.plus(QUIET)))) {
                return new Told(now, until, until, untold, true);
            }
            Instant last = until.isAfter(before.last) ? until : before.last;
            return new Told(before.at, before.end, last, untold + (isNew ? 1 : 0), false);
        }
    }
}
