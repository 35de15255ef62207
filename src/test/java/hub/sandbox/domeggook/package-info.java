@NullMarked
package hub.sandbox.domeggook;

import org.jspecify.annotations.NullMarked;
