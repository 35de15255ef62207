package hub.load;

/** What the load is read from. */
interface Machine {

    /**
     * What was in use after the last collection of the part of the heap in which objects live long, in bytes: what is
     * really needed, without what a collection would free. 0 before the first.
     */
    long needed();

    /** What is in use of that part now, garbage included, in bytes. */
    long used();

    /** How large that part may become, in bytes. */
    long most();

    /** Share of the processors of the container, or the machine, in use since it was asked last, 0 to 1. */
    double cpu();
}
