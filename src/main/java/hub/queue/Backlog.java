package hub.queue;

/**
 * What is waiting at one priority.
 *
 * @param ready jobs nobody works on, due or not
 * @param oldestSeconds how long the oldest due job has waited; 0 when none is due
 */
public record Backlog(long ready, long running, long oldestSeconds) {

    static final Backlog NONE = new Backlog(0, 0, 0);
}
