/**
 * How often we may call: shared over all processes in Redis, with a local share while Redis is away.
 *
 * <p>No window of a partner's clock ever holds more calls than its rule allows, over processes, restarts and flushes,
 * as long as no call takes longer on its way than others by more than the rule's margin.
 */
@NullMarked
package hub.budget;

import org.jspecify.annotations.NullMarked;
