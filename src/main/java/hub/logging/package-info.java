/** Keeps secrets out of log lines. */
@NullMarked
package hub.logging;

import org.jspecify.annotations.NullMarked;
