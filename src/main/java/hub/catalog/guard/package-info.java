/** What of a feed is not believed: held until a person says yes or no, or the supplier takes it back. */
@NullMarked
package hub.catalog.guard;

import org.jspecify.annotations.NullMarked;
