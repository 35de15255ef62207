package hub.queue;

/**
 * How urgent a job is, against other jobs of its partner and kind.
 *
 * <p>HIGH overtakes all others, however long these have waited and whosesoever they are, but for one job in
 * {@link Turns#ONE_IN}, so that bulk never starves. Among the jobs of one supplier that are not HIGH, a job gains one
 * minute of rank with each minute it waits: LOW passes a fresh MEDIUM after half an hour.
 */
public enum Priority {
    /** Somebody loses money while it waits: an order, a listing of something sold out. */
    HIGH(0),
    /** A changed price. */
    MEDIUM(30),
    /** Bulk, such as new listings. */
    LOW(60);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** The column {@code job.prio}. Unit: minutes that jobs of rank 0 are let pass. */
    int rank() {
        return rank;
    }

    static Priority ofRank(int rank) {
        for (Priority priority : values()) {
            if (priority.rank == rank) {
                return priority;
            }
        }
        throw new IllegalArgumentException("job.prio=" + rank);
    }
}
