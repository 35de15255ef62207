package hub.queue;

import java.time.Instant;

/**
 * A claimed job that goes back to its queue.
 *
 * @param runAt not before this instant
 * @param reason why it was not finished
 */
public record PutBack(Lease lease, Instant runAt, String reason) {}
