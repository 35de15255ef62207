package hub.catalog;

/** Which process of the hub reads a partner: one at a time, so that an older page is never stored over a newer one. */
public interface Leadership {

    /** Whether it is this process, which takes the lead where no other has it; asked before each reading. */
    boolean isOurs(String partner);

    /**
     * Whether this process read the partner and must not any more: another may have begun. False for a partner that was
     * never asked for.
     */
    boolean isLost(String partner);
}
