@NullMarked
package hub.logging;

import org.jspecify.annotations.NullMarked;
