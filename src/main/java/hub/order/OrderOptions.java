package hub.order;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a line is bought, and how long is waited before anything unclear is touched again.
 *
 * @param minMarginWon unit price less unit cost may not be below this, else the line waits for a person; whole won
 * @param sendDeadline how long one send to a supplier may take, from the commit of the attempt on; the same as the
 *     deadline of a whole call
 * @param settle how long after an unclear answer the supplier may still accept it: send deadline 30 s + lease of the
 *     job 60 s. The safety of orders hangs on it: too short a time doubled 32 of 800 in a trial. Add what a supplier
 *     needs longer; never below the send deadline
 * @param lookupSpacing between the two look-ups that must both find nothing before a line is sent again; longer than
 *     the supplier needs to show a new order
 * @param maxUnclear sends of one purchase order that may end unclear before a person decides
 * @param holdRepeats whether a second order of one buyer for the same goods and quantity within {@code repeatWithin}
 *     waits for a person
 * @param repeatWithin see {@code holdRepeats}
 * @param retryAfter wait before a call is repeated when its answer names no time; doubled with each attempt
 * @param maxRetryAfter the longest of these waits
 * @param reviewOwner who looks at lines in REVIEW
 * @param reviewWithin by when; the markets count a late shipment from the second working day on
 * @param boxPatience how long a parcel of a shipment box waits until every line of the box has its number, before a
 *     person decides
 * @param boxSpacing between two looks at a parcel that waits for others of its box
 */
@ConfigurationProperties(prefix = "hub.order", ignoreUnknownFields = false)
public record OrderOptions(
        @DefaultValue("0") long minMarginWon,
        @DefaultValue("30s") Duration sendDeadline,
        @DefaultValue("90s") Duration settle,
        @DefaultValue("60s") Duration lookupSpacing,
        @DefaultValue("3") int maxUnclear,
        @DefaultValue("false") boolean holdRepeats,
        @DefaultValue("10m") Duration repeatWithin,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("15m") Duration maxRetryAfter,
        @DefaultValue("operator") String reviewOwner,
        @DefaultValue("4h") Duration reviewWithin,
        @DefaultValue("24h") Duration boxPatience,
        @DefaultValue("1m") Duration boxSpacing) {

    public OrderOptions {
        if (!isPositive(sendDeadline) || settle.compareTo(sendDeadline) < 0) {
            throw new IllegalArgumentException("hub.order: send-deadline=" + sendDeadline + ", settle=" + settle
                    + "; the deadline must be positive and settle not below it");
        }
        if (lookupSpacing.isNegative() || !isPositive(retryAfter) || maxRetryAfter.compareTo(retryAfter) < 0) {
            throw new IllegalArgumentException("hub.order: lookup-spacing=" + lookupSpacing + ", retry-after="
                    + retryAfter + ", max-retry-after=" + maxRetryAfter
                    + "; waits are positive and the longest is not below the first");
        }
        if (!isPositive(boxSpacing) || boxPatience.compareTo(boxSpacing) < 0) {
            throw new IllegalArgumentException("hub.order: box-patience=" + boxPatience + ", box-spacing=" + boxSpacing
                    + "; the spacing must be positive and the patience not below it");
        }
        if (maxUnclear < 1 || reviewOwner.isBlank() || !isPositive(reviewWithin) || !isPositive(repeatWithin)) {
            throw new IllegalArgumentException("hub.order: max-unclear=" + maxUnclear + ", review-owner=" + reviewOwner
                    + ", review-within=" + reviewWithin + ", repeat-within=" + repeatWithin
                    + "; at least one send, an owner, and positive times");
        }
    }

    private static boolean isPositive(Duration time) {
        return time.compareTo(Duration.ZERO) > 0;
    }

    /** When a call is repeated after its nth attempt, from 1 on. */
    Instant backoff(Instant now, int attempt) {
        Duration wait = retryAfter.multipliedBy(1L << Math.min(Math.max(attempt, 1) - 1, 20));
        return now.plus(wait.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : wait);
    }
}
