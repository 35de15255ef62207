/** What markets should show: desired state of every listing, the gate before it, and its proof by reading back. */
@NullMarked
package hub.listing;

import org.jspecify.annotations.NullMarked;
