package hub.queue;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job somebody has claimed.
 *
 * @param fence proves the claim: an answer with an older fence comes from a process that lost its lease, and is refused
 * @param attempt how often the job has been claimed, this time included; starts at 1
 */
public record Job(
        long id,
        long fence,
        int attempt,
        String kind,
        String partner,
        String dedupeKey,
        Priority priority,
        JsonNode payload) {}
