package hub.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no rule counts, such as all calls of a partner with {@code budget: unlimited}: a pause that it asks for holds
 * all the same. Known to the process that was refused only, as nothing is shared that is not counted. Thread-safe; one
 * entry for each account, or for each operation where others are counted.
 */
final class Uncounted {

    private static final Logger LOG = LoggerFactory.getLogger(Uncounted.class);

    private final Map<String, Instant> ends = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    Uncounted(Clock clock) {
        this.clock = clock;
    }

    /**
     * Says once of each operation that the partner's rules count others and not it: whoever wrote them may not know.
     */
    void called(Account account, String operation) {
        if (!account.rules().isEmpty() && told.add(key(account, operation))) {
            LOG.warn(
                    "{}/{} is called without a limit: each rule of hub.partners.{}.budget names its operations, and none"
                            + " names this one. Add it to one of them, or a rule without operations",
                    account.partner(),
                    operation,
                    account.partner());
        }
    }

    void pause(Account account, String operation, Instant end, String why) {
        boolean begins = left(account, operation).isZero();
        ends.merge(key(account, operation), end, (a, b) -> a.isAfter(b) ? a : b);
        if (begins) {
            LOG.warn(
                    "Pause at {}, operation {}: {}. This process does not call it for {} s; no budget counts it, so others"
                            + " do until they are refused too. Nothing is lost: the work waits. State what it allows in"
                            + " hub.partners.{}.budget of application.yaml",
                    account.partner(),
                    operation,
                    why,
                    Math.max(1, Duration.between(clock.instant(), end).toSeconds()),
                    account.partner());
        }
    }

    /** How long a call has to wait; zero: go. */
    Duration left(Account account, String operation) {
        Instant end = ends.get(key(account, operation));
        Instant now = clock.instant();
        return end == null || !end.isAfter(now) ? Duration.ZERO : Duration.between(now, end);
    }

    private static String key(Account account, String operation) {
        return account.rules().isEmpty() ? account.key() : account.key() + "/" + operation;
    }
}
