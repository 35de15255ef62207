/**
 * A simulator of every partner, with a journal of what it accepted and faults on demand.
 *
 * <p>Written from the partners' contracts alone: it imports nothing of the hub, because a simulator that verifies with
 * the code under test proves nothing.
 */
@NullMarked
package hub.sandbox;

import org.jspecify.annotations.NullMarked;
