package hub.queue;

/**
 * A claim on a job.
 *
 * @param id of the job
 * @param fence see {@link Job#fence()}
 */
public record Lease(long id, long fence) {}
