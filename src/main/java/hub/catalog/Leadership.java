package hub.catalog;

/** Which process of the hub reads a partner: one at a time, so that an older page is never stored over a newer one. */
public interface Leadership {

    /**
     * Whether it is this process, which takes the lead where no other has it, and keeps it while it is asked so. For
     * routes, before each reading: a process whose route does not run leaves the partner to another.
     */
    boolean isOurs(String partner);

    /** Whether it is this process, as it stands: nothing is taken or kept by the question. */
    boolean leads(String partner);

    /**
     * Whether this process read the partner and must not any more: another may have begun. False for a partner that was
     * never asked for.
     */
    boolean isLost(String partner);
}
