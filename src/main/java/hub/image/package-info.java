/** Product pictures: what a market takes, and a supplier's picture made to fit it. */
@NullMarked
package hub.image;

import org.jspecify.annotations.NullMarked;
