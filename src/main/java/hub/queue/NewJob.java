package hub.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to be done.
 *
 * @param kind such as {@code create-listing}
 * @param partner the market or supplier that will be called
 * @param dedupeKey what it is about; there is one job at a time of a (kind, partner, dedupeKey)
 * @param runAt not before this instant; null is now, by the clock of Postgres
 * @param payload what whoever does it has to know; {@code supplier} in it, if any, says whose turn the job takes
 */
public record NewJob(
        String kind,
        String partner,
        String dedupeKey,
        Priority priority,
        @Nullable Instant runAt,
        JsonNode payload) {}
