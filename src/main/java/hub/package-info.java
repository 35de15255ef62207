/** The integration hub: one process between suppliers and marketplaces. */
@NullMarked
package hub;

import org.jspecify.annotations.NullMarked;
