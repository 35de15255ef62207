package hub.load;

/** The work that goes first. */
interface Urgent {

    /** Whether some of it is due and nobody has begun with it. */
    boolean waits();
}
