/**
 * Answers that are kept: in the process, then in Redis, then loaded again. Never asked for stock or price when an order
 * is placed.
 */
@NullMarked
package hub.cache;

import org.jspecify.annotations.NullMarked;
