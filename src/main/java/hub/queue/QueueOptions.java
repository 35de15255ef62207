package hub.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a job may be worked on, and how often it may be lost.
 *
 * @param lease after this a claimed job is taken to be lost; longer than the longest call to a partner (30 s)
 * @param maxLost a job whose lease has run out more often than this becomes a dead letter
 * @param patience how long after the first route took jobs one that took none is taken not to be there; longer than the
 *     routes need to start
 */
@ConfigurationProperties(prefix = "hub.queue", ignoreUnknownFields = false)
public record QueueOptions(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("8") int maxLost,
        @DefaultValue("2m") Duration patience) {

    public QueueOptions {
        if (lease.toMillis() < 1 || maxLost < 0 || patience.isNegative()) {
            throw new IllegalArgumentException("hub.queue: lease=" + lease + ", max-lost=" + maxLost + ", patience="
                    + patience + "; the lease must be positive, the others may not be negative");
        }
    }
}
