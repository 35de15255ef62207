/** From the market's order to the uploaded tracking number, each line bought once. */
@NullMarked
package hub.order;

import org.jspecify.annotations.NullMarked;
