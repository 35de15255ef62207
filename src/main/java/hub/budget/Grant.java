package hub.budget;

/**
 * What was decided on one call, or on several at once.
 *
 * @param delay in milliseconds from now on
 * @param key the one that made it wait, or the first that counts the call
 * @param at when, by the clock that decided; 0 when refused
 * @param calls how many were booked; 0: refused, and nothing changed
 * @param epoch of the shared budget that booked it; 0 when that was not asked
 */
record Grant(long delay, String key, long at, int calls, long epoch) {

    static Grant refused(long delay, String key) {
        return new Grant(delay, key, 0, 0, 0);
    }

    boolean booked() {
        return calls > 0;
    }
}
