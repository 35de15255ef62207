package hub.budget;

/**
 * What was decided on one call.
 *
 * @param booked false: refused, and nothing changed
 * @param delay in milliseconds from now on
 * @param key the one that made it wait, or the first that counts the call
 * @param at when, by the clock that decided; 0 when refused
 */
record Grant(boolean booked, long delay, String key, long at) {}
