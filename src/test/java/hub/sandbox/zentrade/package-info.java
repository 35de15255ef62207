@NullMarked
package hub.sandbox.zentrade;

import org.jspecify.annotations.NullMarked;
