/** Whether this machine has room for reading catalogues now, or orders need it. */
@NullMarked
package hub.load;

import org.jspecify.annotations.NullMarked;
