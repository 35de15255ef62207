package hub.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once an hour that a long limit, such as that of a day, is used up; refused calls come far more often.
 * Thread-safe.
 */
final class HardStops {

    private static final Logger LOG = LoggerFactory.getLogger(HardStops.class);
    private static final long SAY_AGAIN = Duration.ofHours(1).toMillis();
    private static final long LOOK_AGAIN = 10_000;
    private static final DateTimeFormatter SEOUL =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.of("Asia/Seoul"));

    private final Supplier<List<BudgetView>> views;
    private final Clock clock;
    private final Map<String, Long> lookAt = new ConcurrentHashMap<>();

    HardStops(Supplier<List<BudgetView>> views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    /** A call was refused by the limits of a key; maybe a pause did it, or a short limit. */
    void refused(Account account, OperationLimits limits, Grant grant) {
        boolean isLong =
                limits.all().stream().anyMatch(limit -> limit.scope().equals(grant.key()) && !limit.countsAsFull());
        String name = account.partner() + "/" + grant.key();
        long now = clock.millis();
        if (isLong && isDue(name, now)) {
            views.get().stream()
                    .filter(view -> view.partner().equals(account.partner())
                            && view.key().equals(grant.key())
                            && view.stopped().isPresent())
                    .forEach(view -> say(name, view, now, grant.delay()));
        }
    }

    private boolean isDue(String name, long now) {
        boolean[] due = new boolean[1];
        lookAt.compute(name, (key, at) -> {
            due[0] = at == null || now >= at;
            return due[0] ? Long.valueOf(now + LOOK_AGAIN) : at;
        });
        return due[0];
    }

    private void say(String name, BudgetView view, long now, long wait) {
        lookAt.put(name, now + SAY_AGAIN);
        LOG.warn(
                "{}: {} of {} calls in {} are used, so {} until {} KST; if the partner allows more, raise calls in"
                        + " hub.partners.{}.budget",
                name,
                view.used(),
                view.limit(),
                text(view.window()),
                view.stopped().filter("all"::equals).isPresent()
                        ? "all calls wait, orders too,"
                        : "the catalogue's wait and orders go on (" + view.left() + " left)",
                SEOUL.format(clock.instant().plusMillis(wait)),
                view.partner());
    }

    private static String text(Duration window) {
        return window.toMinutes() % 60 == 0 ? window.toHours() + " h" : window.toMinutes() + " min";
    }
}
