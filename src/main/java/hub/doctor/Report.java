package hub.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one examination found, by partner and check.
 *
 * @param at when it began
 */
public record Report(Instant at, Duration took, List<Finding> findings) {

    /** Whether nothing is bad. */
    public boolean healthy() {
        return count(Level.BAD) == 0;
    }

    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
