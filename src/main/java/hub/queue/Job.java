package hub.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A job somebody has claimed.
 *
 * @param fence proves the claim: an answer with an older fence comes from a process that lost its lease, and is refused
 * @param until when the lease ends, by the clock of this process from before the claim: never too late
 * @param attempt how often the job has been claimed, this time included; starts at 1
 */
public record Job(
        long id,
        long fence,
        Instant until,
        int attempt,
        String kind,
        String partner,
        String dedupeKey,
        Priority priority,
        JsonNode payload) {}
