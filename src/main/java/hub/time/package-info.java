/** The time people read: kept in UTC, shown and asked for in Korea's. */
@NullMarked
package hub.time;

import org.jspecify.annotations.NullMarked;
