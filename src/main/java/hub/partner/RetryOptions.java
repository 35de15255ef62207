package hub.partner;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the same work may be tried again, by partner and operation.
 *
 * @param share extra calls at most, as a part of the first calls within {@code window}: 0.1 is 10 %. Source: the retry
 *     budget of the SRE book, "Handling Overload" (10 % per client)
 * @param window the time that is looked back over; 1 minute to 1 day. It has to be longer than work waits between two
 *     tries
 * @param spare one extra call in this time is allowed whatever the share says, so that a quiet partner is tried again;
 *     1 second to {@code window}. It comes twice as late each time it fails, to six in {@code window}, until a call is
 *     taken
 */
@ConfigurationProperties(prefix = "hub.retry", ignoreUnknownFields = false)
public record RetryOptions(
        @DefaultValue("0.1") double share,
        @DefaultValue("10m") Duration window,
        @DefaultValue("10s") Duration spare) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public RetryOptions {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("hub.retry.share=" + share + ", it must be between 0 and 1 (0.1: 10 %)");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("hub.retry.window=" + window + ", it must be between 1m and 1d");
        }
        if (spare.compareTo(Duration.ofSeconds(1)) < 0 || spare.compareTo(window) > 0) {
            throw new IllegalArgumentException(
                    "hub.retry.spare=" + spare + ", it must be between 1s and window=" + window);
        }
    }
}
