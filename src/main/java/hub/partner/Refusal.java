package hub.partner;

/**
 * A refusal that repeating makes worse.
 *
 * @param subject what was refused: empty for credentials, or {@link Stops#IN_WORDS}, a digest of the request, or the
 *     operation of a reading
 * @param credentials a digest of those the partner was called with
 */
public record Refusal(
        String partner, String operation, Stop.Kind kind, String subject, String credentials, String why) {}
