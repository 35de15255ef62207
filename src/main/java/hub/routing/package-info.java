/** Routes: reading their files, and what they need of Java between two steps. */
@NullMarked
package hub.routing;

import org.jspecify.annotations.NullMarked;
