@NullMarked
package hub.console;

import org.jspecify.annotations.NullMarked;
