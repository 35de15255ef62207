package hub.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A job that was given up, and why.
 *
 * @param attempts how often it had been claimed
 */
public record DeadLetter(
        long id,
        String kind,
        String partner,
        String dedupeKey,
        Priority priority,
        JsonNode payload,
        int attempts,
        String cause,
        Instant diedAt) {}
