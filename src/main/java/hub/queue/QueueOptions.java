package hub.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a job may be worked on, and how often it may be lost.
 *
 * @param lease after this a claimed job is taken to be lost; longer than the longest call to a partner (30 s)
 * @param maxLost a job whose lease has run out more often than this becomes a dead letter
 */
@ConfigurationProperties(prefix = "hub.queue", ignoreUnknownFields = false)
public record QueueOptions(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("8") int maxLost) {

    public QueueOptions {
        if (lease.toMillis() < 1 || maxLost < 0) {
            throw new IllegalArgumentException("hub.queue: lease=" + lease + ", max-lost=" + maxLost
                    + "; the lease must be positive, max-lost may not be negative");
        }
    }
}
